//! The amount of an order against the last fifty, on the scale of logarithms.

use super::{Case, DAY, Detector, Order, Severity, Signal};

/// Orders that are looked at.
const LATEST: usize = 50;
/// Fewer say nothing.
const LEAST: usize = 8;
/// Spread below which amounts count as the same, in natural logarithms.
const SPREAD_LEAST: f64 = 0.05;
/// Scales the median deviation to a standard deviation of the normal distribution.
const NORMAL: f64 = 0.6745;
/// A year ago, give or take two weeks and a half (the same week of the year, two on either side).
const SEASON: std::ops::RangeInclusive<i64> = 364 * DAY - 17 * DAY..=364 * DAY + 17 * DAY;

/// What customers of the same type, tier and size order: median and spread of the logarithms of minor units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Peer {
    /// Median of the logarithms.
    pub median_ln: f64,
    /// Median deviation from it.
    pub spread_ln: f64,
}

/// Median of numbers; the mean of the two in the middle for an even count.
pub(super) fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    if values.len() % 2 == 1 { Some(upper) } else { Some((values.get(middle - 1)? + upper) / 2.0) }
}

/// Median and median deviation.
fn spread(values: &[f64]) -> Option<(f64, f64)> {
    let median_of = median(&mut values.to_vec())?;
    let mut deviations: Vec<f64> = values.iter().map(|value| (value - median_of).abs()).collect();
    Some((median_of, median(&mut deviations)?))
}

/// The robust z of a value: how many standard deviations it lies above the median, told by medians only.
/// `None` without values or without spread.
#[must_use]
pub fn robust_z(values: &[f64], value: f64, spread_least: f64) -> Option<f64> {
    let (median, deviation) = spread(values)?;
    let deviation = deviation.max(spread_least);
    (deviation > 0.0).then(|| NORMAL * (value - median) / deviation)
}

fn ln(minor: i64) -> f64 {
    (minor as f64).ln()
}

pub(super) fn signal(case: &Case, past: &[Order]) -> Option<Signal> {
    if case.minor <= 0 {
        return None;
    }
    let latest: Vec<f64> = past.iter().rev().take(LATEST).map(|order| ln(order.minor)).collect();
    let (z, compared) = if latest.len() >= LEAST {
        (robust_z(&latest, ln(case.minor), SPREAD_LEAST)?, format!("the last {} orders", latest.len()))
    } else {
        let peer = case.peer?;
        let z = NORMAL * (ln(case.minor) - peer.median_ln) / peer.spread_ln.max(SPREAD_LEAST);
        (z, "orders of customers like it".to_owned())
    };
    let threshold = case.thresholds.of(Detector::Amount);
    let mut severity = threshold.severity(z)?;
    let mut text = format!(
        "The amount lies {z:.1} robust standard deviations above {compared}; unusual above {:.1}, grave above {:.1}.",
        threshold.medium, threshold.high
    );
    if severity == Severity::High && was_season(case, past) {
        severity = Severity::Medium;
        text.push_str(" In the same weeks of last year there were orders as large.");
    }
    Some(Signal { detector: Detector::Amount, severity, statistic: z, threshold, text })
}

/// Whether the same weeks of last year held an order as large.
fn was_season(case: &Case, past: &[Order]) -> bool {
    past.iter().any(|order| SEASON.contains(&(case.at - order.at)) && order.minor >= case.minor)
}
