//! A filter in pieces: its chips, and the place at which it cannot be read.

use std::collections::BTreeSet;

use kith_api::view::ChipView;
use kith_query::catalogue::Kind;
use kith_query::condition::{self, Condition, Unwritable};
use kith_query::{chip, filter};
use serde_json::Value;

use super::{ListRequest, field_value};
use crate::ask::chips;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::table::Accounts;

/// Values that are proposed for a field, at most.
const PROPOSED_MOST: usize = 300;

/// Where a filter cannot be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Byte at which the fault begins.
    pub at: usize,
    /// Bytes at fault.
    pub len: usize,
    /// What is wrong.
    pub message: String,
    /// What might be meant.
    pub hint: Option<String>,
}

impl Engine {
    /// The conditions of a filter, each with the filter that remains without it; none when it cannot be read.
    #[must_use]
    pub fn chips(&self, filter: &str) -> Vec<ChipView> {
        chips(filter, &self.catalogue())
    }

    /// The parts of a condition that is one of several; the condition itself where it is one alone.
    #[must_use]
    pub fn alternatives(&self, expression: &str) -> Vec<String> {
        let read = filter::check(expression, &self.catalogue());
        read.map_or_else(|_| vec![expression.to_owned()], |read| chip::alternatives(&read))
    }

    /// The first fault of a filter; `None` when it can be read.
    #[must_use]
    pub fn filter_fault(&self, caller: &Caller, text: &str) -> Option<Unreadable> {
        let request = ListRequest { filter: text.to_owned(), ..ListRequest::default() };
        let Err(errors) = filter::check(text, &self.catalogue()) else {
            let refusal = self.check(caller, &self.catalogue(), &request).err()?;
            let message = refusal.fields.into_iter().next().map_or(refusal.sentence, |fault| fault.message);
            return Some(Unreadable { at: 0, len: text.len(), message, hint: None });
        };
        let error = errors.into_iter().next()?;
        Some(Unreadable { at: error.at, len: error.len, message: error.message, hint: error.hint })
    }

    /// One condition as a form has it; `None` when a form cannot say it.
    #[must_use]
    pub fn condition(&self, expression: &str) -> Option<Condition> {
        condition::read(expression, &self.catalogue())
    }

    /// A filter with a condition in the place of one of its chips, or at its end.
    ///
    /// # Errors
    /// Why the condition is none. A filter that cannot be read is left out.
    pub fn conditioned(
        &self,
        filter: &str,
        place: Option<usize>,
        asked: &Condition,
    ) -> Result<String, Unwritable> {
        let catalogue = self.catalogue();
        let text = condition::write(asked, &catalogue)?;
        let Ok(held) = filter::check(filter, &catalogue) else { return Ok(text) };
        let whole = chip::replaced(&held, place.unwrap_or(usize::MAX), &text, &catalogue);
        whole.map(|filter| filter.print()).map_err(|_| Unwritable::Value)
    }

    /// The different values of a text or a list among the accounts that the caller sees, sorted; at most 300.
    #[must_use]
    pub fn values_in_use(&self, caller: &Caller, field: &str) -> Vec<String> {
        let catalogue = self.catalogue();
        let Some(field) = catalogue.get(field) else { return Vec::new() };
        if !matches!(field.kind, Kind::Text | Kind::TextList) {
            return Vec::new();
        }
        let accounts = Accounts::new(self, caller, None);
        let mut found = BTreeSet::new();
        for row in
            (0..u32::try_from(accounts.inner().len()).unwrap_or(u32::MAX)).filter(|row| accounts.sees(*row))
        {
            match field_value(self, &catalogue, accounts.inner(), row, field) {
                Value::String(text) => drop(found.insert(text)),
                Value::Array(items) => {
                    found.extend(items.iter().filter_map(Value::as_str).map(str::to_owned));
                }
                _ => {}
            }
            if found.len() >= PROPOSED_MOST {
                break;
            }
        }
        found.retain(|value| !value.trim().is_empty());
        found.into_iter().collect()
    }
}
