//! One row into the body of `POST /api/v1/accounts`, or into every fault of the row.

mod account;
mod address;
pub mod check;
mod contact;
mod envelope;
mod member;
mod money;
mod number;
mod reference;
mod salesforce;
#[cfg(test)]
mod tests;
mod text;
mod warn;

use std::collections::{BTreeMap, BTreeSet};

use kith_domain::value::Currency;
use serde::Serialize;
use serde_json::Value;

pub use account::Drafter;
pub use number::{Style, date, decimal};

/// What the organisation has, for the checks that need to know (D§6.2: foreign keys).
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Legal entities: code and currency.
    pub entities: BTreeMap<String, Currency>,
    /// Codes of payment terms.
    pub payment_terms: BTreeSet<String>,
    /// Users: lower-cased e-mail or name to the id as it is written on the wire.
    pub users: BTreeMap<String, String>,
}

/// How rows become drafts.
#[derive(Debug, Clone, Default)]
pub struct RowOptions {
    /// The `<system>` of `external:<system>` for the external id of the row.
    pub source_system: String,
    /// The owning entity of rows that name none. With a single entity that one is taken anyway.
    pub default_entity: Option<String>,
    /// The stage of rows that name none; `None` leaves it to the account's own rule.
    pub default_stage: Option<String>,
    /// Keeps columns without meaning under `metadata`.
    pub keep_unmapped: bool,
    /// Tells which cells are empty, so that they clear what is on record.
    pub empty_clears: bool,
    /// How numbers are written; found out by [`Style::find`], else point for decimals.
    pub numbers: Style,
}

/// What is wrong with a cell, or remarkable about it (D§6.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowError {
    /// The row as a spreadsheet shows it, header counted.
    pub row: u64,
    /// The header of the column, or the field's name when no column gives it.
    pub column: String,
    /// Stable code, for example `email_invalid`.
    pub code: &'static str,
    /// A sentence for people.
    pub message: String,
    /// The cell as it stands, cut at 200 characters.
    pub value: String,
    /// What was probably meant, when that can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

/// An account that a row describes.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountDraft {
    /// The row as a spreadsheet shows it.
    pub row: u64,
    /// The body of `POST /api/v1/accounts`.
    pub body: Value,
    /// The record's id in the system it comes from.
    pub external_id: Option<String>,
    /// Name or external id of the parent account, not part of the body.
    pub parent: Option<String>,
    /// Members of the account whose cells are empty, where that is to clear them.
    pub empty: Vec<&'static str>,
    /// Remarks that stop nothing.
    pub warnings: Vec<RowError>,
}

impl RowError {
    /// A fault of a cell.
    #[must_use]
    pub fn new(row: u64, column: &str, code: &'static str, message: impl Into<String>, value: &str) -> Self {
        let value = value.chars().take(200).collect();
        Self { row, column: column.to_owned(), code, message: message.into(), value, suggestion: None }
    }

    /// The same fault with what was probably meant.
    #[must_use]
    pub fn suggest(mut self, suggestion: Option<impl Into<String>>) -> Self {
        self.suggestion = suggestion.map(Into::into);
        self
    }
}
