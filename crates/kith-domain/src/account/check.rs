//! Every rule of the fields, all at once: from a draft to typed changes and the list of what is at fault.

mod code;
mod commerce;
mod custom;
mod lane;
mod overrides;
mod rows;
mod scalar;

use std::fmt::Display;

use jiff::civil::Date;

use super::{Account, Changes, Draft, Facts};
use crate::refusal::FieldFault;
use crate::value::patch::Patched;
use crate::value::{AccountId, line};

pub(super) use scalar::{checked_identifier, checked_tax};

/// One checking of a draft against an account.
pub(super) struct Check<'a> {
    pub(super) account: &'a Account,
    pub(super) id: AccountId,
    pub(super) facts: &'a Facts,
    pub(super) faults: Vec<FieldFault>,
}

/// What a draft comes to: only what differs, and every fault.
pub(super) fn check(
    account: &Account,
    id: AccountId,
    draft: &Draft,
    facts: &Facts,
) -> (Changes, Vec<FieldFault>) {
    let mut check = Check { account, id, facts, faults: Vec::new() };
    let mut changes = Changes::default();
    check.identity(draft, &mut changes);
    check.terms(draft, &mut changes);
    check.company(draft, &mut changes);
    check.people(draft, &mut changes);
    check.objects(draft, &mut changes);
    check.rows(draft, &mut changes);
    check.dimensions(draft, &mut changes);
    check.custom(draft, &mut changes);
    check.overrides(draft, &mut changes);
    check.commerce(draft, &mut changes);
    check.keys_free(draft, &changes);
    changes.keep_different(account);
    (changes, check.faults)
}

impl Check<'_> {
    pub(super) fn fault(&mut self, place: impl Into<String>, code: &str, message: impl Display) {
        self.faults.push(FieldFault::new(place, code, message.to_string()));
    }

    /// A value that is given is read; absent and null pass through; what is at fault counts as absent.
    pub(super) fn read<S, T, E: Display>(
        &mut self,
        place: &str,
        code: &str,
        given: &Patched<S>,
        read: impl Fn(&S) -> Result<T, E>,
    ) -> Patched<T> {
        match given {
            None => None,
            Some(None) => Some(None),
            Some(Some(value)) => match read(value) {
                Ok(value) => Some(Some(value)),
                Err(error) => {
                    self.fault(place, code, error);
                    None
                }
            },
        }
    }

    /// One line of text; empty text clears, as an empty cell of a form does.
    pub(super) fn text(&mut self, place: &str, given: &Patched<String>, most: usize) -> Patched<String> {
        match given {
            None => None,
            Some(None) => Some(None),
            Some(Some(text)) if text.trim().is_empty() => Some(None),
            Some(Some(text)) => match line(text, most) {
                Ok(text) => Some(Some(text)),
                Err(error) => {
                    self.fault(place, error.code(), error);
                    None
                }
            },
        }
    }

    /// A word of a closed list; null is the default.
    pub(super) fn word<T: Default>(
        &mut self,
        place: &str,
        given: &Patched<String>,
        codes: &[&str],
        get: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let expected = || format!("expected one of {}", codes.join(", "));
        let read = self.read(place, "not_in_list", given, |code| get(code.trim()).ok_or_else(expected))?;
        Some(read.unwrap_or_default())
    }

    /// A business date.
    pub(super) fn date(&mut self, place: &str, given: Option<&str>) -> Option<Date> {
        let date = given?.trim().parse::<Date>();
        if date.is_err() {
            self.fault(place, "date_invalid", "expected a date such as 2026-01-31");
        }
        date.ok()
    }

    /// Days in their order: a last day before the first is a fault of the last.
    pub(super) fn period(&mut self, place: &str, first: Option<Date>, last: Option<Date>) {
        if first.zip(last).is_some_and(|(first, last)| last < first) {
            self.fault(place, "ends_before_start", "the last day lies before the first");
        }
    }

    /// A list of short texts, each once, in the order given.
    pub(super) fn texts(
        &mut self,
        place: &str,
        given: &Patched<Vec<String>>,
        most: usize,
    ) -> Option<Vec<String>> {
        let given = given.as_ref()?.as_deref().unwrap_or_default();
        if given.len() > most {
            self.fault(place, "too_many", format!("more than {most} entries"));
            return None;
        }
        let mut texts: Vec<String> = Vec::new();
        for (index, text) in given.iter().enumerate() {
            match line(text, 60) {
                Ok(text) if !texts.contains(&text) => texts.push(text),
                Ok(_) => {}
                Err(error) => self.fault(format!("{place}/{index}"), error.code(), error),
            }
        }
        Some(texts)
    }
}
