//! The order of a list: keys to sort by, the values they had, and the place where a page ended.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Catalogue, FieldIndex, Kind};
use crate::error::{Error, Span};

/// Most keys of an order.
const KEYS_MAX: usize = 8;

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
        let field = catalogue.index(id)?;
        match catalogue.field(field)?.kind {
            Kind::TextList | Kind::Map => None,
            Kind::Text => Some(Self { field, descending, text: true }),
            _ => Some(Self { field, descending, text: false }),
        }
    }

    /// Reads `-churn_risk,name`: field ids, `-` before one for greatest first.
    ///
    /// # Errors
    /// Every unknown, unsortable or repeated field, with its place.
    pub fn parse(text: &str, catalogue: &Catalogue) -> Result<Vec<Self>, Vec<Error>> {
        let mut keys: Vec<Self> = Vec::new();
        let mut errors = Vec::new();
        let mut at = 0;
        for part in text.split(',').filter(|_| !text.trim().is_empty()) {
            let word = part.trim();
            let id = word.strip_prefix(['-', '+']).unwrap_or(word);
            let span = Span { at, len: part.len() };
            at = span.end().saturating_add(1);
            match Self::new(catalogue, id, word.starts_with('-')) {
                Some(key) if keys.iter().any(|held| held.field == key.field) => {
                    errors.push(Error::new(span, "repeated_field", format!("{id} is sorted by twice")));
                }
                Some(_) if keys.len() >= KEYS_MAX => {
                    errors.push(Error::new(
                        span,
                        "too_long",
                        format!("a list is sorted by at most {KEYS_MAX} fields"),
                    ));
                }
                Some(key) => keys.push(key),
                None => errors.push(unsortable(id, span, catalogue)),
            }
        }
        if errors.is_empty() { Ok(keys) } else { Err(errors) }
    }

    /// Writes keys as [`SortKey::parse`] reads them.
    #[must_use]
    pub fn print(keys: &[Self], catalogue: &Catalogue) -> String {
        let words = keys.iter().filter_map(|key| {
            let sign = if key.descending { "-" } else { "" };
            catalogue.field(key.field).map(|field| format!("{sign}{}", field.id))
        });
        words.collect::<Vec<_>>().join(",")
    }
}

fn unsortable(id: &str, span: Span, catalogue: &Catalogue) -> Error {
    if catalogue.get(id).is_some() {
        return Error::new(span, "no_order", format!("{id} has no order to sort by"));
    }
    let error = Error::new(span, "unknown_field", format!("there is no field {id}"));
    match catalogue.nearest(id) {
        Some(near) => error.with_hint(format!("did you mean {near}?")),
        None => error.with_hint("write field ids with commas between, - before one for greatest first"),
    }
}
