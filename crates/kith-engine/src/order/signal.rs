//! Unusual spending (D§3.8): what the detectors say of an order before it is recorded.

use kith_domain::credit::Severity as Weight;
use kith_domain::value::Money;
use kith_risk::anomaly::{Case, Order as Past, Severity, judge};

use crate::engine::Engine;

/// Seconds for which a customer must have ordered before an order is judged: a week.
const KNOWN_S: i64 = 7 * 86_400;

impl Engine {
    /// How grave an order of this account is, with a sentence for each signal; nothing where history is too short.
    pub(super) fn spending_signals(&self, row: u32, total: Money) -> (Option<Weight>, Vec<String>) {
        let (organisation, day) = (self.organisation(), self.day());
        let minor =
            |money: Money| organisation.convert(money, organisation.currency?, day).map(|money| money.minor);
        let Some(own) = minor(total) else { return (None, Vec::new()) };
        let placed = self.living().placed_orders(row);
        let past = placed.iter().filter_map(|(at, value)| {
            let at = i64::from(*at);
            Some(Past { at, minor: minor(*value)? })
        });
        let case =
            Case { at: self.now().as_second(), minor: own, history: past.collect(), ..Case::default() };
        let first = case.history.iter().map(|order| order.at).min();
        // The pace of somebody who began to order this week is not known yet.
        if first.is_none_or(|first| case.at - first < KNOWN_S) {
            return (None, Vec::new());
        }
        let verdict = judge(&case);
        let weight = match verdict.severity {
            Some(Severity::High) => Some(Weight::Hold),
            Some(Severity::Medium) => Some(Weight::Warning),
            Some(Severity::Low) | None => None,
        };
        (weight, verdict.signals.into_iter().map(|signal| signal.text).collect())
    }
}
