//! What is ordered against what was ordered in half a year.

use super::{Case, Detector, Signal};

/// The divergence of Jensen and Shannon between two mixes told by the same keys, 0 (the same) to 1 (nothing shared).
/// `None` where either is empty.
#[must_use]
pub fn divergence(one: &[f64], other: &[f64]) -> Option<f64> {
    let total =
        |mix: &[f64]| Some(mix.iter().map(|share| share.max(0.0)).sum::<f64>()).filter(|sum| *sum > 0.0);
    let (one_sum, other_sum) = (total(one)?, total(other)?);
    let share = |mix: &[f64], at: usize, sum: f64| mix.get(at).map_or(0.0, |share| share.max(0.0) / sum);
    let toward = |p: f64, middle: f64| if p > 0.0 { p * (p / middle).log2() } else { 0.0 };
    let sum: f64 = (0..one.len().max(other.len()))
        .map(|at| {
            let (p, q) = (share(one, at, one_sum), share(other, at, other_sum));
            let middle = f64::midpoint(p, q);
            f64::midpoint(toward(p, middle), toward(q, middle))
        })
        .sum();
    Some(sum.clamp(0.0, 1.0))
}

pub(super) fn signal(case: &Case) -> Option<Signal> {
    let (now, usual) = case.mix.as_ref()?;
    let statistic = divergence(now, usual)?;
    let threshold = case.thresholds.of(Detector::Mix);
    let severity = threshold.severity(statistic)?;
    let text = format!(
        "What is ordered differs from the last 180 days by {statistic:.2} of 1; unusual above {:.2}, grave above {:.2}.",
        threshold.medium, threshold.high
    );
    Some(Signal { detector: Detector::Mix, severity, statistic, threshold, text })
}
