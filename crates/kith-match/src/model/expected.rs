//! What is expected before anything was learned (D§6.4): the model of a record that is too small to learn from, and
//! what every learned model begins with.

use super::{Chances, Model};
use crate::comparison::{Comparison, Measure};

/// Pairs of one party among all pairs, if nothing better is known and the file is not small.
const PRIOR_MAX: f64 = 1e-4;

/// The chances of a measure's levels, from "different" to "equal": among records of one party, and of two.
fn table(measure: Measure) -> (&'static [f64], &'static [f64]) {
    match measure {
        Measure::Name(_) | Measure::Text(_) => {
            (&[0.08, 0.06, 0.10, 0.16, 0.05, 0.55], &[0.9891, 0.008, 0.002, 0.0006, 0.0001, 0.0002])
        }
        Measure::Person { .. } => (&[0.08, 0.05, 0.03, 0.14, 0.70], &[0.988_99, 0.006, 1e-5, 0.002, 0.003]),
        Measure::Date(_) => (&[0.05, 0.02, 0.03, 0.10, 0.80], &[0.9759, 0.012, 0.011, 0.001, 1e-4]),
        Measure::HardKey(_) | Measure::Code(_) => (&[0.05, 0.01, 0.05, 0.89], &[0.999_959, 2e-5, 2e-5, 1e-6]),
        Measure::Phone(_) => (&[0.30, 0.05, 0.65], &[0.999_88, 1e-4, 2e-5]),
        Measure::Web { .. } => (&[0.15, 0.02, 0.33, 0.05, 0.45], &[0.998_78, 0.0002, 0.001, 1e-5, 1e-5]),
        Measure::Street { .. } => {
            (&[0.22, 0.03, 0.05, 0.05, 0.20, 0.45], &[0.9763, 0.003, 0.02, 0.0005, 1e-4, 1e-4])
        }
        Measure::Postal(_) => (&[0.15, 0.05, 0.05, 0.75], &[0.977, 0.015, 0.005, 0.003]),
        Measure::Place(_) => (&[0.10, 0.03, 0.07, 0.80], &[0.965, 0.01, 0.005, 0.02]),
        Measure::Choice(_) => (&[0.05, 0.95], &[0.65, 0.35]),
        Measure::Number(_) => (&[0.15, 0.05, 0.80], &[0.88, 0.10, 0.02]),
    }
}

impl Chances {
    /// The expected chances of a comparison.
    #[must_use]
    pub fn expected(comparison: &Comparison) -> Self {
        let (same, other) = table(comparison.measure);
        let with_missing = |levels: &[f64]| std::iter::once(0.0).chain(levels.iter().copied()).collect();
        Self { same: with_missing(same), other: with_missing(other) }
    }
}

impl Model {
    /// The expected model of so many records.
    #[must_use]
    pub fn expected(plan: &[Comparison], rows: usize) -> Self {
        let prior = (1.0 / rows.max(2) as f64).min(PRIOR_MAX);
        Self { prior, chances: plan.iter().map(Chances::expected).collect() }
    }
}
