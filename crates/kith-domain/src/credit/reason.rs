//! Reasons of a credit decision: every row of the table that holds, with its figures.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a reason weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Speaks for it.
    Info,
    /// Does not stand in the way.
    Warning,
    /// A person must look.
    Hold,
    /// Not at all.
    Reject,
}

/// One row of the table that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Stable code, for example `over_limit`.
    pub code: String,
    /// What it weighs.
    pub severity: Severity,
    /// A sentence for people.
    pub text: String,
    /// The figures that it rests on, by name; money as decimal amounts of the entity's currency.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

impl Reason {
    /// A reason without figures.
    pub(super) fn new(code: &str, severity: Severity, text: impl Into<String>) -> Self {
        Self { code: code.to_owned(), severity, text: text.into(), values: BTreeMap::new() }
    }

    /// The same with a figure.
    #[must_use]
    pub(super) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.values.insert(name.to_owned(), value.to_string());
        self
    }
}
