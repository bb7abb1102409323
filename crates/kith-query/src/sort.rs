//! The order of a list: keys to sort by, the values they had, and the place where a page ended.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Catalogue, FieldIndex};
use crate::error::Error;

/// One key of an order. Missing values come last in both directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortKey {
    /// The field.
    pub field: FieldIndex,
    /// Greatest first.
    pub descending: bool,
    /// Whether the field is read row by row as text.
    pub(crate) text: bool,
}

/// The value of a sort key in one row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyValue {
    /// Not known.
    Missing,
    /// A whole number, minor units, days, milliseconds, an enum's index, 0 or 1.
    Int(i64),
    /// A measure.
    Double(f32),
    /// A text.
    Text(String),
}

/// The place after which a page begins: the keys and row of the last hit before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CursorKey {
    /// Values of the sort keys, in their order.
    pub keys: Vec<KeyValue>,
    /// Row.
    pub row: u32,
}

impl SortKey {
    /// A key by field id; `None` when there is no such field or it has no order (lists, maps).
    #[must_use]
    pub fn new(catalogue: &Catalogue, id: &str, descending: bool) -> Option<Self> {
        todo!()
    }

    /// Reads `-churn_risk,name`: field ids, `-` before one for greatest first.
    ///
    /// # Errors
    /// Every unknown, unsortable or repeated field, with its place.
    pub fn parse(text: &str, catalogue: &Catalogue) -> Result<Vec<Self>, Vec<Error>> {
        todo!()
    }

    /// Writes keys as [`SortKey::parse`] reads them.
    #[must_use]
    pub fn print(keys: &[Self], catalogue: &Catalogue) -> String {
        todo!()
    }
}
