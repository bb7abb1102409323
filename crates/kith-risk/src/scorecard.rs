//! Scorecards learned from history (D§3.7): bins and weights of evidence, a logistic model on them, points, reasons.
//!
//! Every step is deterministic: the same table gives the same card, whatever the order of its rows' columns.

mod bins;
mod check;
mod logistic;
mod measure;
mod model;
mod outcome;
mod train;

pub use bins::{Bin, Count, MISSING, Split};
pub use check::{CellCause, CellFault, cell_faults, number_fault};
pub use measure::{Measures, auc, measures, psi};
pub use model::{Card, Reason, Scored, Unreadable, Variable};
pub use outcome::bad_value;
pub use train::{Cause, Column, TooLittle, Training, train};

#[cfg(test)]
mod tests;

/// Points that double the odds.
pub const PDO: f64 = 20.0;
/// Points at [`BASE_ODDS`].
pub const BASE_POINTS: f64 = 600.0;
/// Good to bad at [`BASE_POINTS`].
pub const BASE_ODDS: f64 = 50.0;

/// Points of one unit of log-odds: 28.8539.
#[must_use]
pub fn factor() -> f64 {
    PDO / std::f64::consts::LN_2
}

/// Points at even odds: 487.123.
#[must_use]
pub fn offset() -> f64 {
    BASE_POINTS - factor() * BASE_ODDS.ln()
}
