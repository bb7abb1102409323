//! Catalogues and custom fields as the faces show them.

use kith_api::view::{CatalogueView, CodeView, CustomFieldView, InstallmentView, Page, TermsView};
use kith_domain::organisation::{Catalogue, CustomField, Terms, in_order};

use crate::directory::custom_field_id;
use crate::engine::Engine;

fn catalogue(kind: &str, catalogue: &Catalogue) -> CatalogueView {
    let codes = catalogue.order.iter().filter_map(|code| catalogue.entries.get_key_value(code));
    CatalogueView {
        kind: kind.to_owned(),
        label: catalogue.label.clone(),
        dimension: catalogue.dimension,
        mandatory: catalogue.mandatory,
        default_code: catalogue.default_code.clone(),
        codes: codes
            .map(|(code, entry)| CodeView {
                code: code.clone(),
                label: entry.label.clone(),
                parent: entry.parent.clone(),
                retired: entry.retired,
                terms: entry.terms.as_ref().map(terms),
            })
            .collect(),
    }
}

fn terms(terms: &Terms) -> TermsView {
    let part = |part: &kith_domain::organisation::Installment| InstallmentView {
        percent: part.percent.to_string(),
        days: part.days.into(),
    };
    TermsView {
        baseline: Some(terms.baseline.as_str().to_owned()),
        net_days: Some(terms.net_days.into()),
        discount_pct: terms.discount_pct.map(|percent| percent.to_string()),
        discount_days: terms.discount_days.map(Into::into),
        day_of_month: terms.day_of_month.and_then(|day| u32::try_from(day).ok()),
        months_ahead: terms.months_ahead.map(Into::into),
        installments: terms.installments.iter().map(part).collect(),
        holiday_shift: Some(terms.holiday_shift.as_str().to_owned()),
    }
}

fn custom_field(name: &str, field: &CustomField) -> CustomFieldView {
    CustomFieldView {
        name: name.to_owned(),
        label: field.label.clone(),
        kind: field.kind.as_str().to_owned(),
        options: field.options.clone(),
        required: field.required,
        personal: field.personal,
        entity: field.entity.as_ref().map(ToString::to_string),
        help: field.help.clone(),
        min: field.min.clone(),
        max: field.max.clone(),
        mask: field.mask.clone(),
        position: field.position,
        retired: field.retired,
        field: (!field.personal).then(|| custom_field_id(name)),
    }
}

fn page<T>(items: Vec<T>) -> Page<T> {
    Page { items, next_cursor: None, has_more: false }
}

impl Engine {
    /// All catalogues, sorted by kind.
    #[must_use]
    pub fn catalogues(&self) -> Page<CatalogueView> {
        page(self.organisation().catalogues.0.iter().map(|(kind, each)| catalogue(kind, each)).collect())
    }

    /// One catalogue.
    #[must_use]
    pub fn catalogue_view(&self, kind: &str) -> Option<CatalogueView> {
        self.organisation().catalogues.get(kind).map(|each| catalogue(kind, each))
    }

    /// All custom fields, in the order in which people see them.
    #[must_use]
    pub fn custom_fields(&self) -> Page<CustomFieldView> {
        let organisation = self.organisation();
        let fields = in_order(&organisation.custom_fields);
        page(fields.into_iter().map(|(name, field)| custom_field(name, field)).collect())
    }

    /// One custom field.
    #[must_use]
    pub fn custom_field(&self, name: &str) -> Option<CustomFieldView> {
        self.organisation().custom_fields.get(name).map(|field| custom_field(name, field))
    }
}
