//! The spending of a day against its exponentially weighted past; days without orders count.

use super::{Case, DAY, Detector, Order, Signal};

/// Weight of the newest day.
const ALPHA: f64 = 0.2;
/// Days of history below which nothing is said.
const DAYS_LEAST: i64 = 30;
/// Days of the last ninety with orders, below which nothing is said: who orders seldom has days without measure.
const BUSY_DAYS: usize = 90;
const BUSY_LEAST: usize = 20;
/// Older days have no weight that matters.
const DAYS_MOST: i64 = 180;
/// Least deviation, as a share of the mean: a customer that spends the same every day is not upset by a cent.
const DEVIATION_LEAST: f64 = 0.05;

/// Exponentially weighted mean and variance of a series, from its beginning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ewma {
    /// Mean.
    pub mean: f64,
    /// Variance.
    pub variance: f64,
}

impl Ewma {
    /// Begins at the first value.
    #[must_use]
    pub const fn begin(value: f64) -> Self {
        Self { mean: value, variance: 0.0 }
    }

    /// After the next value.
    #[must_use]
    pub fn next(self, value: f64) -> Self {
        let off = value - self.mean;
        Self { mean: self.mean + ALPHA * off, variance: (1.0 - ALPHA) * (self.variance + ALPHA * off * off) }
    }

    /// How many standard deviations a value lies above the mean; `None` while there is neither.
    #[must_use]
    pub fn sigmas(self, value: f64) -> Option<f64> {
        let deviation = self.variance.sqrt().max(DEVIATION_LEAST * self.mean);
        (deviation > 0.0).then(|| (value - self.mean) / deviation)
    }
}

pub(super) fn signal(case: &Case, past: &[Order]) -> Option<Signal> {
    let today = case.at.div_euclid(DAY);
    let first = past.first()?.at.div_euclid(DAY).max(today - DAYS_MOST);
    if today - first < DAYS_LEAST {
        return None;
    }
    let mut days = vec![0_i128; usize::try_from(today - first + 1).ok()?];
    for order in past {
        let day = order.at.div_euclid(DAY) - first;
        if let Some(sum) = usize::try_from(day).ok().and_then(|day| days.get_mut(day)) {
            *sum += i128::from(order.minor);
        }
    }
    let spent = days.pop()? + i128::from(case.minor);
    let busy = days.iter().rev().take(BUSY_DAYS).filter(|sum| **sum > 0).count();
    let most = days.iter().max()?;
    if busy < BUSY_LEAST || spent <= *most {
        return None; // Half a year has seen as much on a day.
    }
    let mut days = days.into_iter().map(|sum| sum as f64);
    let begun = Ewma::begin(days.next()?);
    let usual = days.fold(begun, Ewma::next);
    let sigmas = usual.sigmas(spent as f64)?;
    let threshold = case.thresholds.of(Detector::DailySpend);
    let severity = threshold.severity(sigmas)?;
    let text = format!(
        "The spending of the day lies {sigmas:.1} standard deviations above its moving mean; \
         unusual above {:.1}, grave above {:.1}.",
        threshold.medium, threshold.high
    );
    Some(Signal { detector: Detector::DailySpend, severity, statistic: sigmas, threshold, text })
}
