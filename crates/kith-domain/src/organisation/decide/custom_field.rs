//! The rules of custom fields: what a field is like, and what its values are like.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::custom_field::CUSTOM_FIELDS_MAX;
use super::super::{CustomField, CustomFieldDraft, CustomKind, Event, Organisation, refusal};
use super::catalogue::{Decided, check_name};
use super::{checked_name, refuse};
use crate::refusal::FieldFault;
use crate::value::{EntityCode, line};

impl Organisation {
    pub(super) fn define_field(&self, name: &str, draft: &CustomFieldDraft) -> Decided {
        let mut faults = Vec::new();
        check_name(name, "/name", &mut faults);
        let kind = draft.kind.unwrap_or_default();
        let place = self.custom_fields.get(name).map_or(self.custom_fields.len(), |known| known.place);
        let label = name.to_owned();
        let position = u32::try_from(place).unwrap_or(u32::MAX);
        let personal = draft.personal;
        let fresh = CustomField { label, kind, place, position, personal, ..CustomField::default() };
        let field = self.checked_field(&fresh, draft, &mut faults);
        refuse(faults)?;
        match self.custom_fields.get(name) {
            Some(known) if *known == field => Ok(vec![]),
            Some(_) => Err(refusal::custom_field_taken()),
            None if self.custom_fields.len() >= CUSTOM_FIELDS_MAX => Err(refusal::too_many()),
            None => Ok(vec![Event::CustomFieldSet { name: name.to_owned(), field }]),
        }
    }

    pub(super) fn change_field(&self, name: &str, draft: &CustomFieldDraft) -> Decided {
        let now = self.custom_fields.get(name).ok_or_else(refusal::custom_field_unknown)?;
        let mut faults = Vec::new();
        if draft.kind.is_some_and(|kind| kind != now.kind) {
            faults.push(FieldFault::new("/type", "not_editable", "the type of a field never changes"));
        }
        if draft.personal && !now.personal {
            faults.push(FieldFault::new(
                "/personal",
                "not_editable",
                "what is personal is said when a field is made",
            ));
        }
        let gone =
            now.options.iter().find(|old| draft.options.as_ref().is_some_and(|new| !new.contains(old)));
        if let Some(gone) = gone {
            let message = format!("accounts may have {gone}: options are only ever added");
            faults.push(FieldFault::new("/options", "not_editable", message));
        }
        let field = self.checked_field(now, draft, &mut faults);
        refuse(faults)?;
        let event = Event::CustomFieldSet { name: name.to_owned(), field: field.clone() };
        Ok(if field == *now { vec![] } else { vec![event] })
    }

    fn checked_field(
        &self,
        now: &CustomField,
        draft: &CustomFieldDraft,
        faults: &mut Vec<FieldFault>,
    ) -> CustomField {
        let mut field = now.clone();
        if let Some(label) = &draft.label {
            field.label = checked_name(label, "/label", faults);
        }
        if let Some(options) = &draft.options {
            field.options = checked_options(options, faults);
        }
        if (field.kind == CustomKind::Enum) == field.options.is_empty() {
            let message = "an enum has options, and only an enum";
            faults.push(FieldFault::new("/options", "required", message));
        }
        field.required = draft.required.unwrap_or(field.required);
        field.retired = draft.retired.unwrap_or(field.retired);
        field.position = draft.position.unwrap_or(field.position);
        if let Some(help) = &draft.help {
            field.help = help.as_ref().map(|help| checked_name(help, "/help", faults));
        }
        checked_limits(&mut field, draft, faults);
        if let Some(entity) = &draft.entity {
            field.entity = entity.as_ref().and_then(|code| {
                let known = code.parse::<EntityCode>().ok().filter(|code| self.entity(code).is_some());
                if known.is_none() {
                    faults.push(FieldFault::new(
                        "/entity",
                        "entity_unknown",
                        "there is no such legal entity",
                    ));
                }
                known
            });
        }
        field
    }
}

/// Least, greatest and mask, where the kind of the field has them.
fn checked_limits(field: &mut CustomField, draft: &CustomFieldDraft, faults: &mut Vec<FieldFault>) {
    let has_limits = matches!(field.kind, CustomKind::Text | CustomKind::Number | CustomKind::Date);
    for (place, given, held) in [("/min", &draft.min, &mut field.min), ("/max", &draft.max, &mut field.max)] {
        let Some(given) = given else { continue };
        let text = given.as_deref().map(str::trim);
        if text.is_some() && !has_limits {
            faults.push(FieldFault::new(place, "not_allowed", "only texts, numbers and dates have limits"));
        } else if text.is_some_and(|text| !is_limit(field.kind, text)) {
            faults.push(FieldFault::new(place, "limit_invalid", limit_form(field.kind)));
        }
        *held = text.map(str::to_owned);
    }
    if let (Some(min), Some(max)) = (&field.min, &field.max)
        && is_above(field.kind, min, max)
    {
        faults.push(FieldFault::new("/max", "limits_crossed", "the greatest value is below the least"));
    }
    if let Some(mask) = &draft.mask {
        if mask.is_some() && field.kind != CustomKind::Text {
            faults.push(FieldFault::new("/mask", "not_allowed", "only texts have a mask"));
        }
        field.mask = mask.as_ref().map(|mask| match line(mask, 60) {
            Ok(mask) => mask,
            Err(error) => {
                faults.push(FieldFault::new("/mask", error.code(), error.to_string()));
                String::new()
            }
        });
    }
}

fn is_limit(kind: CustomKind, text: &str) -> bool {
    match kind {
        CustomKind::Text => text.parse::<u16>().is_ok(),
        CustomKind::Number => text.parse::<Decimal>().is_ok(),
        CustomKind::Date => text.parse::<Date>().is_ok(),
        _ => false,
    }
}

fn limit_form(kind: CustomKind) -> &'static str {
    match kind {
        CustomKind::Text => "expected a number of characters",
        CustomKind::Date => "expected a date such as 2026-01-31",
        _ => "expected a number such as 2.5",
    }
}

/// Whether one limit is above another; what is no limit is above none.
fn is_above(kind: CustomKind, one: &str, other: &str) -> bool {
    match kind {
        CustomKind::Date => {
            matches!((one.parse::<Date>(), other.parse::<Date>()), (Ok(one), Ok(other)) if one > other)
        }
        _ => {
            matches!((one.parse::<Decimal>(), other.parse::<Decimal>()), (Ok(one), Ok(other)) if one > other)
        }
    }
}

fn checked_options(options: &[String], faults: &mut Vec<FieldFault>) -> Vec<String> {
    if options.len() > 200 {
        faults.push(FieldFault::new("/options", "too_many", "more than 200 options"));
        return Vec::new();
    }
    let mut checked = Vec::new();
    for (index, option) in options.iter().enumerate() {
        let place = format!("/options/{index}");
        match line(option, 60) {
            Ok(option) if checked.contains(&option) => {
                faults.push(FieldFault::new(place, "duplicate", "the same option twice"));
            }
            Ok(option) => checked.push(option),
            Err(error) => faults.push(FieldFault::new(place, error.code(), error.to_string())),
        }
    }
    checked
}
