//! The rules of catalogues and custom fields.

use super::super::catalogue::{CODES_MAX, Catalogue, Entry, Named, PAYMENT_TERMS_KIND};
use super::super::custom_field::CUSTOM_FIELDS_MAX;
use super::super::{
    CatalogueDraft, CodeDraft, CustomField, CustomFieldDraft, CustomKind, Event, Facts, Organisation, Terms,
    refusal,
};
use super::{checked_name, refuse};
use crate::refusal::{FieldFault, Refusal};
use crate::value::{EntityCode, line};

type Decided = Result<Vec<Event>, Refusal>;

/// A name that programs use: small letters, digits, `_`.
fn is_name(text: &str) -> bool {
    let first = text.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    let rest = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    first && rest && text.len() <= 40
}

fn check_name(name: &str, place: &str, faults: &mut Vec<FieldFault>) {
    if !is_name(name) {
        let message = "expected 1 to 40 small letters, digits and _, a letter first";
        faults.push(FieldFault::new(place, "name_invalid", message));
    }
}

impl Organisation {
    /// A new kind of dimension.
    pub(super) fn add_catalogue(&self, kind: &str, draft: &CatalogueDraft) -> Decided {
        let mut faults = Vec::new();
        check_name(kind, "/kind", &mut faults);
        if self.catalogues.get(kind).is_some() {
            return Err(refusal::catalogue_taken());
        }
        let label = checked_name(draft.label.as_deref().unwrap_or(kind), "/label", &mut faults);
        if draft.default_code.is_some() {
            faults.push(FieldFault::new("/default_code", "unknown_code", "there are no codes yet"));
        }
        refuse(faults)?;
        let mandatory = draft.mandatory.unwrap_or_default();
        Ok(vec![Event::CatalogueSet {
            kind: kind.to_owned(),
            label,
            dimension: true,
            mandatory,
            default_code: None,
        }])
    }

    pub(super) fn change_catalogue(&self, kind: &str, draft: &CatalogueDraft) -> Decided {
        let catalogue = self.catalogues.get(kind).ok_or_else(refusal::catalogue_unknown)?;
        let mut faults = Vec::new();
        let label = match &draft.label {
            Some(label) => checked_name(label, "/label", &mut faults),
            None => catalogue.label.clone(),
        };
        let mandatory = draft.mandatory.unwrap_or(catalogue.mandatory);
        if mandatory && !catalogue.dimension {
            let message = "only kinds of dimensions can be mandatory";
            faults.push(FieldFault::new("/mandatory", "not_allowed", message));
        }
        let default_code = match &draft.default_code {
            None => catalogue.default_code.clone(),
            Some(None) => None,
            Some(Some(text)) => code_of(catalogue, text, "/default_code", &mut faults),
        };
        refuse(faults)?;
        let same = label == catalogue.label
            && mandatory == catalogue.mandatory
            && default_code == catalogue.default_code;
        let (kind, dimension) = (kind.to_owned(), catalogue.dimension);
        let event = Event::CatalogueSet { kind, label, dimension, mandatory, default_code };
        Ok(if same { vec![] } else { vec![event] })
    }

    pub(super) fn add_code(&self, kind: &str, code: &str, draft: &CodeDraft) -> Decided {
        let catalogue = self.catalogues.get(kind).ok_or_else(refusal::catalogue_unknown)?;
        let mut faults = Vec::new();
        let is_terms = kind == PAYMENT_TERMS_KIND;
        let code = match line(code, 64) {
            Ok(code) if is_terms => code.to_ascii_uppercase(),
            Ok(code) => code,
            Err(error) => {
                faults.push(FieldFault::new("/code", error.code(), error.to_string()));
                String::new()
            }
        };
        let fresh = Entry { terms: Terms::parse(&code).filter(|_| is_terms), ..Entry::default() };
        let entry = checked_entry(kind, &code, catalogue, &fresh, draft, &mut faults);
        refuse(faults)?;
        match catalogue.entries.get(&code) {
            Some(known) if *known == entry => Ok(vec![]),
            Some(_) => Err(refusal::code_taken()),
            None if catalogue.entries.len() >= CODES_MAX => Err(refusal::too_many()),
            None if !matches!(catalogue.find(&code), Named::Free | Named::Unknown(_)) => {
                Err(refusal::code_taken())
            }
            None => Ok(vec![Event::CodeSet { kind: kind.to_owned(), code, entry }]),
        }
    }

    pub(super) fn change_code(&self, kind: &str, code: &str, draft: &CodeDraft) -> Decided {
        let catalogue = self.catalogues.get(kind).ok_or_else(refusal::catalogue_unknown)?;
        let now = catalogue.entries.get(code).ok_or_else(refusal::code_unknown)?;
        let mut faults = Vec::new();
        let entry = checked_entry(kind, code, catalogue, now, draft, &mut faults);
        refuse(faults)?;
        let event = Event::CodeSet { kind: kind.to_owned(), code: code.to_owned(), entry: entry.clone() };
        Ok(if entry == *now { vec![] } else { vec![event] })
    }

    pub(super) fn delete_code(&self, kind: &str, code: &str, facts: &Facts) -> Decided {
        let catalogue = self.catalogues.get(kind).ok_or_else(refusal::catalogue_unknown)?;
        if !catalogue.entries.contains_key(code) {
            return Ok(vec![]);
        }
        let above = catalogue.entries.values().any(|entry| entry.parent.as_deref() == Some(code));
        if facts.code_in_use || above || catalogue.default_code.as_deref() == Some(code) {
            return Err(refusal::code_in_use());
        }
        Ok(vec![Event::CodeDeleted { kind: kind.to_owned(), code: code.to_owned() }])
    }

    pub(super) fn define_field(&self, name: &str, draft: &CustomFieldDraft) -> Decided {
        let mut faults = Vec::new();
        check_name(name, "/name", &mut faults);
        let kind = draft.kind.unwrap_or_default();
        let place = self.custom_fields.get(name).map_or(self.custom_fields.len(), |known| known.place);
        let label = name.to_owned();
        let fresh = CustomField { label, kind, place, personal: draft.personal, ..CustomField::default() };
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

/// The code that a text names, or a fault at its place.
fn code_of(catalogue: &Catalogue, text: &str, place: &str, faults: &mut Vec<FieldFault>) -> Option<String> {
    match catalogue.find(text) {
        Named::Code(code) => Some(code),
        Named::Retired(_) => {
            faults.push(FieldFault::new(place, "code_retired", "this code is retired"));
            None
        }
        Named::Unknown(_) | Named::Free => {
            faults.push(FieldFault::new(place, "unknown_code", "there is no such code"));
            None
        }
    }
}

fn checked_entry(
    kind: &str,
    code: &str,
    catalogue: &Catalogue,
    now: &Entry,
    draft: &CodeDraft,
    faults: &mut Vec<FieldFault>,
) -> Entry {
    let mut entry = now.clone();
    if let Some(label) = &draft.label {
        entry.label = label.as_ref().map(|label| checked_name(label, "/label", faults));
    }
    if let Some(parent) = &draft.parent {
        entry.parent = parent.as_ref().and_then(|parent| code_of(catalogue, parent, "/parent", faults));
        if entry.parent.as_ref().is_some_and(|parent| is_above(catalogue, code, parent)) {
            faults.push(FieldFault::new("/parent", "cycle", "the code would stand above itself"));
        }
    }
    entry.retired = draft.retired.unwrap_or(entry.retired);
    if let Some(terms) = &draft.terms {
        entry.terms = Some(terms.clone());
    }
    if kind == PAYMENT_TERMS_KIND {
        match &entry.terms {
            None => {
                let message = "give the days, or a code such as NET30, 2/10NET30, NET30EOM, 10MFI or INST3";
                faults.push(FieldFault::new("/terms", "required", message));
            }
            Some(terms) => {
                if let Some((member, message)) = terms.fault() {
                    faults.push(FieldFault::new(format!("/terms/{member}"), "terms_invalid", message));
                }
            }
        }
    } else if entry.terms.is_some() {
        faults.push(FieldFault::new("/terms", "not_allowed", "only payment terms have terms"));
    }
    entry
}

/// Whether a code stands above another, or is it.
fn is_above(catalogue: &Catalogue, code: &str, below: &str) -> bool {
    let mut at = Some(below);
    for _ in 0..=catalogue.entries.len() {
        match at {
            Some(found) if found == code => return true,
            Some(found) => at = catalogue.entries.get(found).and_then(|entry| entry.parent.as_deref()),
            None => return false,
        }
    }
    true
}
