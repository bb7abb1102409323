//! Explanations: what each comparison added to a pair's weight, one below the other.

use crate::comparison::{Comparison, MISSING_LEVEL};
use crate::model::Model;
use crate::table::Table;

/// One comparison of an explained pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What was compared.
    pub label: String,
    /// How the two values agree, in words.
    pub level: &'static str,
    /// The one value, as it was compared.
    pub left: String,
    /// The other value.
    pub right: String,
    /// What it adds, in bits.
    pub weight: f64,
}

/// A pair's weight in its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Waterfall {
    /// The weight before anything was compared.
    pub prior: f64,
    /// The comparisons, greatest effect first.
    pub steps: Vec<Step>,
    /// The sum.
    pub weight: f64,
}

/// Explains a pair.
#[must_use]
pub fn explain(table: &Table, plan: &[Comparison], model: &Model, left: usize, right: usize) -> Waterfall {
    let step = |(at, comparison): (usize, &Comparison)| {
        let level = comparison.level(table, left, right);
        let named = usize::from(level).checked_sub(1).map(|place| comparison.measure.levels()[place]);
        Step {
            label: comparison.label.clone(),
            level: if level == MISSING_LEVEL { "missing" } else { named.unwrap_or_default() },
            left: comparison.values(table, left),
            right: comparison.values(table, right),
            weight: model.weight(table, (at, comparison), level, left),
        }
    };
    let mut steps: Vec<Step> = plan.iter().enumerate().map(step).collect();
    let prior = model.prior_weight();
    let weight = prior + steps.iter().map(|step| step.weight).sum::<f64>();
    steps.sort_by(|one, other| other.weight.abs().total_cmp(&one.weight.abs()));
    Waterfall { prior, steps, weight }
}
