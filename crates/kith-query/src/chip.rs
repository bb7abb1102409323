//! A filter as chips: its top-level conditions, each to be shown, removed or added.

use serde::Serialize;

use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::filter::Filter;

/// One condition of a filter, for the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chip {
    /// What it is about, for people: `Tier`.
    pub label: String,
    /// What it says, for people: `is Premium`.
    pub text: String,
    /// The condition in the filter language.
    pub expression: String,
}

/// The top-level conditions of a filter, in their order; none for the filter that passes every row.
#[must_use]
pub fn chips(filter: &Filter, catalogue: &Catalogue) -> Vec<Chip> {
    todo!()
}

/// The filter without one of its chips; unchanged when there is no such chip.
#[must_use]
pub fn without(filter: &Filter, index: usize, catalogue: &Catalogue) -> Filter {
    todo!()
}

/// The filter with one more condition.
///
/// # Errors
/// The faults of the added text.
pub fn and(filter: &Filter, text: &str, catalogue: &Catalogue) -> Result<Filter, Vec<Error>> {
    todo!()
}
