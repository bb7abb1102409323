//! A filter in pieces: its chips, and the place at which it cannot be read.

use kith_api::view::ChipView;
use kith_query::filter;

use crate::ask::chips;
use crate::engine::Engine;

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

    /// The first fault of a filter; `None` when it can be read.
    #[must_use]
    pub fn filter_fault(&self, text: &str) -> Option<Unreadable> {
        let error = filter::check(text, &self.catalogue()).err()?.into_iter().next()?;
        Some(Unreadable { at: error.at, len: error.len, message: error.message, hint: error.hint })
    }
}
