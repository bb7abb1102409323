//! Unusual spending (D§3.8): what the detectors say of an order before it is recorded.

use kith_domain::credit::Severity as Weight;
use kith_domain::value::Money;
use kith_risk::anomaly::{Case, Order as Past, Severity, judge};

use crate::engine::Engine;

impl Engine {
    /// How grave an order of this account is, with a sentence for each signal; nothing where history is too short.
    pub(super) fn spending_signals(&self, row: u32, total: Money) -> (Option<Weight>, Vec<String>) {
        let home = self.organisation().currency;
        let minor = home.and_then(|home| self.organisation().convert(total, home, self.day()));
        let (Some(minor), Some(spending)) = (minor, self.living().spending(row)) else {
            return (None, Vec::new());
        };
        let live = spending.orders.iter().filter(|order| !order.cancelled);
        let case = Case {
            at: self.now().as_second(),
            minor: minor.minor,
            history: live.filter_map(|order| Some(Past { at: order.at_s, minor: order.minor? })).collect(),
            ..Case::default()
        };
        let verdict = judge(&case);
        let weight = match verdict.severity {
            Some(Severity::High) => Some(Weight::Hold),
            Some(Severity::Medium) => Some(Weight::Warning),
            Some(Severity::Low) | None => None,
        };
        (weight, verdict.signals.into_iter().map(|signal| signal.text).collect())
    }
}
