//! Many signals, one verdict.

use std::collections::BTreeSet;

use super::{Family, Severity, Signal};

/// What all detectors together say of an order.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The gravest; `None` where nobody said anything.
    pub severity: Option<Severity>,
    /// Whether two signals of different families made it graver than each alone.
    pub is_raised: bool,
    /// Chance that anything of it means something, for ranking.
    pub risk: f64,
    /// All signals, the gravest first.
    pub signals: Vec<Signal>,
}

/// Puts signals together.
#[must_use]
pub fn combine(mut signals: Vec<Signal>) -> Verdict {
    signals.sort_by(|one, other| {
        let graver = other.severity.cmp(&one.severity).then(other.chance().total_cmp(&one.chance()));
        graver.then(one.detector.cmp(&other.detector))
    });
    let worst = signals.first().map(|signal| signal.severity);
    let medium = signals.iter().filter(|signal| signal.severity == Severity::Medium);
    let families: BTreeSet<Family> = medium.map(|signal| signal.detector.family()).collect();
    let is_raised = worst == Some(Severity::Medium) && families.len() >= 2;
    let severity = if is_raised { worst.map(Severity::raised) } else { worst };
    let none = signals.iter().map(|signal| 1.0 - signal.chance()).product::<f64>();
    Verdict { severity, is_raised, risk: 1.0 - none, signals }
}
