//! What would give more: the same formula with one input improved.

use super::chain::Chain;
use super::{Counterfactual, LimitInputs, LimitPolicy};
use crate::class::RiskClass;

/// Each input that could be better, with the target that it would give, the most first.
pub(super) fn counterfactuals(
    inputs: &LimitInputs,
    policy: &LimitPolicy,
    target: i64,
) -> Vec<Counterfactual> {
    let mut found = Vec::new();
    let mut ask = |input: &str, from: String, to: String, change: &dyn Fn(&mut LimitInputs)| {
        let mut other = inputs.clone();
        change(&mut other);
        let limit_minor = Chain::of(&other, policy).target_minor();
        if limit_minor > target {
            found.push(Counterfactual { input: input.to_owned(), from, to, limit_minor });
        }
    };
    if inputs.days_beyond_terms > 3.0 {
        let from = format!("{:.1} days", inputs.days_beyond_terms);
        ask("days_beyond_terms", from, "3 days".to_owned(), &|other| other.days_beyond_terms = 3.0);
    }
    if inputs.broken_promises_180d > 0 {
        let from = inputs.broken_promises_180d.to_string();
        ask("broken_promises_180d", from, "0".to_owned(), &|other| other.broken_promises_180d = 0);
    }
    if inputs.returned_payments_365d > 0 {
        let from = inputs.returned_payments_365d.to_string();
        ask("returned_payments_365d", from, "0".to_owned(), &|other| other.returned_payments_365d = 0);
    }
    if inputs.on_time_amount < 0.98 {
        let from = format!("{:.1} %", inputs.on_time_amount * 100.0);
        ask("on_time_amount", from, "98 %".to_owned(), &|other| other.on_time_amount = 0.98);
    }
    if inputs.class != RiskClass::A {
        let better = inputs.class.moved(-1);
        ask("class", inputs.class.to_string(), better.to_string(), &|other| other.class = better);
    }
    found.sort_by(|one, other| {
        other.limit_minor.cmp(&one.limit_minor).then_with(|| one.input.cmp(&other.input))
    });
    found
}
