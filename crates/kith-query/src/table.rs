//! The rows a filter runs over, as columns in chunks; the caller's profile implements these traits.

use std::borrow::Cow;

use jiff::civil::Date;
use kith_domain::value::Money;

use crate::catalogue::FieldIndex;

/// Rows of a full chunk. Every chunk but the last is full, so row `i` of chunk `c` is row `c × 1,024 + i`.
pub const CHUNK_ROWS: usize = 1_024;

/// The rows of one field in one chunk. Slices hold at least as many values as the chunk has rows; bit `i` of the
/// bitmap (word `i / 64`) says that row `i` is known.
#[derive(Debug, Clone, Copy)]
pub enum Column<'a> {
    /// Whole numbers, minor units, days, milliseconds, 0 and 1; and which are known.
    I64(&'a [i64], &'a [u64]),
    /// Measures of single precision; and which are known. Not-a-number counts as missing.
    F32(&'a [f32], &'a [u64]),
    /// Indexes into the values of an enum (or 0 and 1 for yes-or-no); and which are known.
    Code(&'a [u16], &'a [u64]),
    /// No column: nothing is known, or the field is read row by row.
    Missing,
}

/// One value of a map field.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Double(f64),
    /// A text.
    Text(String),
}

/// Up to [`CHUNK_ROWS`] rows.
pub trait Chunk {
    /// How many rows.
    fn len(&self) -> usize;

    /// Whether there is no row.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The column of a field; [`Column::Missing`] for texts, lists and maps.
    fn column(&self, field: FieldIndex) -> Column<'_>;

    /// The text of a row, for fields of kind text.
    fn text(&self, field: FieldIndex, row: usize) -> Option<Cow<'_, str>>;

    /// The texts of a row, for fields of kind text list.
    fn texts(&self, field: FieldIndex, row: usize) -> Vec<String>;

    /// One value of a row, for fields of kind map.
    fn map(&self, field: FieldIndex, row: usize, key: &str) -> Option<Scalar>;

    /// Which rows may be seen (deleted or out-of-scope rows are 0); `None` when all may.
    fn visible(&self) -> Option<&[u64]>;
}

/// All rows, as one asker sees them on one day.
pub trait Table {
    /// How many chunks.
    fn chunks(&self) -> usize;

    /// Lends one chunk. Not called with an index of `chunks()` or more.
    fn with_chunk(&self, index: usize, f: &mut dyn FnMut(&dyn Chunk));

    /// The day the rows stand on: `today()` in a filter.
    fn today(&self) -> Date;

    /// Who asks, as the account manager field names them: `me` in a filter. `None` is a missing value.
    fn me(&self) -> Option<String> {
        None
    }

    /// An amount of another currency in minor units of the organisation's, at the day's rate; `None` (a missing
    /// value) when there is no rate. Not called for the organisation's own currency.
    fn convert(&self, _money: Money) -> Option<i64> {
        None
    }
}
