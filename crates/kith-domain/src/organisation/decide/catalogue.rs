//! The rules of catalogues.

use super::super::catalogue::{CODES_MAX, Catalogue, Entry, Named, PAYMENT_TERMS_KIND};
use super::super::{CatalogueDraft, CodeDraft, Event, Facts, Organisation, Terms, refusal};
use super::{checked_name, refuse};
use crate::refusal::{FieldFault, Refusal};
use crate::value::line;

pub(super) type Decided = Result<Vec<Event>, Refusal>;

/// A name that programs use: small letters, digits, `_`.
fn is_name(text: &str) -> bool {
    let first = text.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    let rest = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    first && rest && text.len() <= 40
}

pub(super) fn check_name(name: &str, place: &str, faults: &mut Vec<FieldFault>) {
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
