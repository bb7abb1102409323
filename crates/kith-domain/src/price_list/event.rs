//! What happened to a price list. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::PriceListKind;
use crate::account::RowChange;
use crate::pricing::PriceTier;
use crate::value::Currency;

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was created.
    Created {
        /// List or group.
        kind: PriceListKind,
        /// Its code.
        code: String,
        /// Its name.
        name: String,
        /// The currency of rows that name none.
        currency: Option<Currency>,
        /// Whether it is the standard.
        is_standard: bool,
        /// Its rows.
        rows: Vec<RowChange<PriceTier>>,
        /// When.
        at: Timestamp,
    },
    /// It was changed.
    Updated {
        /// Its name.
        name: String,
        /// The currency of rows that name none.
        currency: Option<Currency>,
        /// Whether it is the standard.
        is_standard: bool,
        /// The rows that differ.
        rows: Vec<RowChange<PriceTier>>,
        /// When.
        at: Timestamp,
    },
}
