//! What is wrong with the cells of a table, each at its place.

use super::bins::{is_missing, number};
use super::train::Column;

/// Of a column of numbers at least this share of what it holds are numbers; the rest are mistakes, not words.
const NUMBERS_SHARE: f64 = 0.8;

/// Why a cell cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellCause {
    /// It is empty, or says that nothing is known.
    Missing,
    /// It is a word in a column of numbers.
    NotANumber,
    /// It is no finite number: `NaN`, `inf`.
    NotFinite,
}

/// A cell that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellFault {
    /// Its row, from 0.
    pub row: usize,
    /// The place of its column.
    pub column: usize,
    /// Why.
    pub cause: CellCause,
}

/// What is wrong with a cell of a column of numbers.
#[must_use]
pub fn number_fault(text: &str) -> Option<CellCause> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => None,
        Ok(_) => Some(CellCause::NotFinite),
        Err(_) if is_missing(text) => Some(CellCause::Missing),
        Err(_) => Some(CellCause::NotANumber),
    }
}

/// Every cell that cannot be learned from, row by row. What is missing may be a bin of its own, where the caller says so.
#[must_use]
pub fn cell_faults(columns: &[Column<'_>], missing_is_a_bin: bool) -> Vec<CellFault> {
    let mut faults = Vec::new();
    for (column, held) in columns.iter().enumerate() {
        let known = held.texts.iter().filter(|text| !is_missing(text)).count();
        let numbers = held.texts.iter().filter(|text| number(text).is_some()).count();
        let of_numbers = numbers > 0 && numbers as f64 >= known as f64 * NUMBERS_SHARE;
        for (row, text) in held.texts.iter().enumerate() {
            let cause = match number_fault(text) {
                _ if missing_is_a_bin && is_missing(text) => None,
                Some(CellCause::NotANumber) if !of_numbers => None,
                cause => cause,
            };
            faults.extend(cause.map(|cause| CellFault { row, column, cause }));
        }
    }
    faults.sort_by_key(|fault| (fault.row, fault.column));
    faults
}
