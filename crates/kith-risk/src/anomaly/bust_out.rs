//! Much more of the limit used within two weeks, while payments slow: goods are drawn that nobody means to pay.

use super::{Case, Detector, Severity, Signal};

/// Days of lateness more than usual that count as slower.
const SLOWER_DAYS: f64 = 5.0;

/// How a limit is used, and how it is paid.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Utilisation {
    /// Exposure by limit today; 1 is the limit.
    pub now: f64,
    /// The same 14 days ago.
    pub before: f64,
    /// Days beyond terms of the last 30 days, open items counted as if paid today.
    pub late_days: Option<f64>,
    /// Days beyond terms as usual: of the last year.
    pub late_days_usual: Option<f64>,
}

impl Utilisation {
    /// Whether it pays later than it used to.
    #[must_use]
    pub fn is_slower(&self) -> bool {
        let usual = self.late_days_usual.unwrap_or(0.0);
        self.late_days.is_some_and(|days| days - usual >= SLOWER_DAYS)
    }
}

pub(super) fn signal(case: &Case) -> Option<Signal> {
    let used = case.utilisation?;
    let risen = used.now - used.before;
    let threshold = case.thresholds.of(Detector::BustOut);
    // The rise is counted in whole points, so that 0.90 − 0.50 reaches 40 of them.
    let reached = (risen * 1_000.0).round() >= (threshold.high * 1_000.0).round();
    if !reached || !used.is_slower() {
        return None;
    }
    let text = format!(
        "{:.0} points more of the limit are used than 14 days ago, while payments come {:.0} days later than usual; \
         grave from {:.0} points.",
        risen * 100.0,
        used.late_days.unwrap_or(0.0) - used.late_days_usual.unwrap_or(0.0),
        threshold.high * 100.0
    );
    Some(Signal { detector: Detector::BustOut, severity: Severity::High, statistic: risen, threshold, text })
}
