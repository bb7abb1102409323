//! How soon an order follows: orders of a day against the pace of 90 days, or the gap against all gaps.

use super::{Case, DAY, Detector, Order, Signal};

/// Days of the pace.
const PACE_DAYS: i64 = 90;
/// Gaps that are enough to count them instead of assuming chance.
const GAPS_LEAST: usize = 200;
/// Orders below which nothing is said.
const ORDERS_LEAST: usize = 8;
/// Smaller probabilities are all the same.
const P_LEAST: f64 = 1e-12;

/// The chance of so many or more events when so many are expected.
#[must_use]
pub fn poisson_tail(expected: f64, count: u32) -> f64 {
    if count == 0 {
        return 1.0;
    }
    // The tail itself is summed, so that small chances keep their digits.
    let mut term = (-expected).exp();
    for k in 1..=count {
        term *= expected / f64::from(k);
    }
    let mut sum = 0.0;
    let mut k = f64::from(count);
    while term > sum * f64::EPSILON && term > 0.0 {
        sum += term;
        k += 1.0;
        term *= expected / k;
    }
    sum.clamp(0.0, 1.0)
}

/// How many times it is tried until it happens once, of a negative decimal logarithm: two digits, `83,000`.
fn one_in(exponent: f64) -> String {
    let least = 10_f64.powf(exponent.floor() - 1.0).max(1.0);
    let times = (10_f64.powf(exponent) / least).round() * least;
    let digits = format!("{times:.0}");
    let separated = digits.char_indices().map(|(place, digit)| {
        let thousands = place > 0 && (digits.len() - place).is_multiple_of(3);
        if thousands { format!(",{digit}") } else { digit.to_string() }
    });
    separated.collect()
}

pub(super) fn signal(case: &Case, past: &[Order]) -> Option<Signal> {
    let before = past.last()?.at;
    if past.len() < ORDERS_LEAST {
        return None;
    }
    let gaps: Vec<i64> = past.iter().zip(past.iter().skip(1)).map(|(one, next)| next.at - one.at).collect();
    let (p, compared) = if gaps.len() >= GAPS_LEAST {
        let gap = case.at - before;
        let shorter = gaps.iter().filter(|known| **known <= gap).count();
        ((shorter + 1) as f64 / (gaps.len() + 1) as f64, "so short a gap to the order before")
    } else {
        let since = |days: i64| past.iter().filter(move |order| order.at > case.at - days * DAY).count();
        let in_day = u32::try_from(since(1) + 1).unwrap_or(u32::MAX);
        if in_day < 2 {
            return None;
        }
        let known_days = ((case.at - past.first()?.at) / DAY).clamp(1, PACE_DAYS);
        let usual = past.iter().filter(|order| {
            let age = case.at - order.at;
            (DAY..PACE_DAYS * DAY).contains(&age)
        });
        let pace = usual.count().max(1) as f64 / known_days as f64;
        (poisson_tail(pace, in_day), "so many orders in 24 hours at the pace of 90 days")
    };
    let statistic = -p.max(P_LEAST).log10();
    let threshold = case.thresholds.of(Detector::Frequency);
    let severity = threshold.severity(statistic)?;
    let (medium, high) = (one_in(threshold.medium), one_in(threshold.high));
    let text = format!(
        "The chance of {compared} is 1 in {}; unusual from 1 in {medium}, grave from 1 in {high}.",
        one_in(statistic)
    );
    Some(Signal { detector: Detector::Frequency, severity, statistic, threshold, text })
}
