//! Thresholds learn from outcomes: an alarm that is wrong four times of five is moved away until it is not.

use serde::Serialize;

use super::Detector;

/// Least share of alerts that were worth it.
pub const PRECISION_LEAST: f64 = 0.20;
/// Fewer outcomes teach nothing.
const OUTCOMES_LEAST: usize = 20;
/// Thresholds never move farther than this.
const FACTOR_MOST: f64 = 3.0;

/// A closed alert: how far its statistic lay, by the standard medium threshold, and whether it was worth it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Labelled {
    /// Statistic by standard medium threshold: 1 is on it.
    pub ratio: f64,
    /// Fraud or a mistake of the customer; not an ordinary order.
    pub was_worth: bool,
}

/// What outcomes say about a detector.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tuning {
    /// Whose.
    pub detector: Detector,
    /// Closed alerts.
    pub outcomes: usize,
    /// Those that were worth it.
    pub worth: usize,
    /// Share that was worth it, with the threshold as it was.
    pub precision: Option<f64>,
    /// How much farther the threshold should be.
    pub factor: f64,
}

/// The least factor at which at least a fifth of the alerts so far would have been worth it. Where no factor does it,
/// the farthest.
#[must_use]
pub fn tune(detector: Detector, labelled: &[Labelled]) -> Tuning {
    let mut sorted = labelled.to_vec();
    sorted.sort_by(|one, other| one.ratio.total_cmp(&other.ratio));
    let worth_of = |alerts: &[Labelled]| alerts.iter().filter(|alert| alert.was_worth).count();
    let share = |alerts: &[Labelled]| worth_of(alerts) as f64 / alerts.len() as f64;
    let precision = (!sorted.is_empty()).then(|| share(&sorted));
    let enough = sorted.len() >= OUTCOMES_LEAST;
    let factor = match precision {
        Some(precision) if enough && precision < PRECISION_LEAST => {
            // A threshold at an alert's own ratio leaves that alert and all equal ones out.
            let kept = |from: f64| sorted.partition_point(|alert| alert.ratio <= from);
            let candidates = sorted.iter().map(|alert| alert.ratio.clamp(1.0, FACTOR_MOST));
            let good = |factor: &f64| {
                let left = sorted.get(kept(*factor)..).unwrap_or_default();
                !left.is_empty() && share(left) >= PRECISION_LEAST
            };
            candidates.into_iter().find(good).unwrap_or(FACTOR_MOST)
        }
        _ => 1.0,
    };
    Tuning { detector, outcomes: sorted.len(), worth: worth_of(&sorted), precision, factor }
}
