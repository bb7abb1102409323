//! How right limits and decisions were (D§3.9): shares with numerator, denominator and interval, never a share alone.

use super::decision::Outcome;
use crate::value::Money;

/// The quantile of a 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

/// A share of some cases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Cases that were right.
    pub numerator: u64,
    /// All cases.
    pub denominator: u64,
}

impl Share {
    /// Counts a case.
    pub fn count(&mut self, right: bool) {
        self.numerator = self.numerator.saturating_add(u64::from(right));
        self.denominator = self.denominator.saturating_add(1);
    }

    /// Adds the cases of another share.
    pub fn add(&mut self, other: Self) {
        self.numerator = self.numerator.saturating_add(other.numerator);
        self.denominator = self.denominator.saturating_add(other.denominator);
    }

    /// The share; none of no cases.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        (self.denominator > 0).then(|| self.numerator as f64 / self.denominator as f64)
    }

    /// The Wilson 95 % interval.
    #[must_use]
    pub fn interval(&self) -> Option<(f64, f64)> {
        let (p, n) = (self.value()?, self.denominator as f64);
        let middle = p + Z * Z / (2.0 * n);
        let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let whole = 1.0 + Z * Z / n;
        Some((((middle - spread) / whole).max(0.0), ((middle + spread) / whole).min(1.0)))
    }
}

/// Whether a limit that was in force is the one that should have been: within 1.00 and half a percent.
#[must_use]
pub fn limit_is_right(enforced: Option<Money>, implied: Option<Money>) -> bool {
    match (enforced, implied) {
        (Some(enforced), Some(implied)) if enforced.currency == implied.currency => {
            let unit = 10_i64.pow(u32::from(implied.currency.exponent()));
            let allowed = unit.max(implied.minor.saturating_abs() / 200);
            enforced.minor.saturating_sub(implied.minor).saturating_abs() <= allowed
        }
        (None, None) => true,
        _ => false,
    }
}

/// Decisions as they were made (rows) and as they would be with all that is known today (columns).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Confusion {
    cells: [[u64; 4]; 4],
}

impl Confusion {
    /// The outcomes in the order of rows and columns.
    pub const OUTCOMES: [Outcome; 4] =
        [Outcome::Approve, Outcome::ApproveWithWarning, Outcome::Hold, Outcome::Reject];

    fn place(outcome: Outcome) -> usize {
        Self::OUTCOMES.iter().position(|known| *known == outcome).unwrap_or_default()
    }

    /// Counts a decision.
    pub fn count(&mut self, made: Outcome, replayed: Outcome) {
        if let Some(cell) =
            self.cells.get_mut(Self::place(made)).and_then(|row| row.get_mut(Self::place(replayed)))
        {
            *cell = cell.saturating_add(1);
        }
    }

    /// Adds the decisions of another one.
    pub fn add(&mut self, other: &Self) {
        for (cell, more) in self.cells.iter_mut().flatten().zip(other.cells.iter().flatten()) {
            *cell = cell.saturating_add(*more);
        }
    }

    /// How many were made so and would be so.
    #[must_use]
    pub fn cell(&self, made: Outcome, replayed: Outcome) -> u64 {
        self.cells.get(Self::place(made)).and_then(|row| row.get(Self::place(replayed))).copied().unwrap_or(0)
    }

    /// Those that would be as they were, of all.
    #[must_use]
    pub fn share(&self) -> Share {
        let numerator = Self::OUTCOMES.iter().map(|outcome| self.cell(*outcome, *outcome)).sum();
        Share { numerator, denominator: self.cells.iter().flatten().sum() }
    }
}

#[cfg(test)]
mod tests;
