//! The state of a price list.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Event;
use crate::account::{apply_rows, words};
use crate::pricing::PriceTier;
use crate::value::Currency;

words! {
    /// What the rows are for.
    PriceListKind {
        /// What items cost.
        List = "list",
        /// What a group of accounts pays.
        Group = "group",
    } default List
}

/// Prices of the organisation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PriceList {
    /// List or group.
    pub kind: PriceListKind,
    /// Its code, in capitals; never changes.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The currency of rows that name none.
    pub currency: Option<Currency>,
    /// Whether it prices an item where nothing else does. One list at most.
    pub is_standard: bool,
    /// Its rows.
    pub rows: Vec<PriceTier>,
    /// When it was created; `None` before that.
    pub created_at: Option<Timestamp>,
    /// When it was changed last.
    pub updated_at: Option<Timestamp>,
}

/// A code as it is compared: in capitals, without blanks around it.
#[must_use]
pub fn normal_code(code: &str) -> String {
    code.trim().to_uppercase()
}

/// The identifier of a list or group: both may have the same code.
#[must_use]
pub fn price_list_id(kind: PriceListKind, code: &str) -> String {
    format!("{}:{}", kind.as_str(), normal_code(code))
}

impl PriceList {
    /// Whether it was created.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.created_at.is_some()
    }

    pub(super) fn apply(&mut self, event: &Event) {
        let (name, currency, is_standard, rows, at) = match event {
            Event::Created { kind, code, name, currency, is_standard, rows, at } => {
                self.kind = *kind;
                self.code.clone_from(code);
                self.created_at = Some(*at);
                (name, currency, is_standard, rows, at)
            }
            Event::Updated { name, currency, is_standard, rows, at } => {
                (name, currency, is_standard, rows, at)
            }
        };
        self.name.clone_from(name);
        self.currency = *currency;
        self.is_standard = *is_standard;
        self.updated_at = Some(*at);
        apply_rows(&mut self.rows, rows, |old, new| old.id == new.id);
    }
}
