//! Whether weekly orders fall or rise: the test that the profile makes, made here too, so that a story shows in it and nothing else does.

use super::happening::Day;

/// Complete weeks that are looked at.
const WEEKS: i64 = 13;
/// Orders without which there is no trend.
const ORDERS_LEAST: i64 = 8;

/// Where the orders of a customer go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trend {
    Declining,
    Flat,
    Growing,
}

/// The trend of orders on some days, as of the day of the demo.
pub(super) fn trend(order_days: &[Day], today: Day) -> Trend {
    // Weeks begin on Monday; the demo's own week is not complete before its Sunday.
    let monday = today + 1 - (today + 4).rem_euclid(7);
    let weeks: Vec<i64> = (1..=WEEKS)
        .rev()
        .map(|back| {
            let from = monday - 7 * back;
            order_days.iter().filter(|day| (from..from + 7).contains(*day)).count() as i64
        })
        .collect();
    if weeks.iter().sum::<i64>() < ORDERS_LEAST {
        return Trend::Flat;
    }
    let z = mann_kendall(&weeks);
    if z < -1.645 {
        Trend::Declining
    } else if z > 1.645 {
        Trend::Growing
    } else {
        Trend::Flat
    }
}

/// The normal deviate of Mann and Kendall's S, with the correction for ties.
pub(super) fn mann_kendall(weeks: &[i64]) -> f64 {
    let mut s = 0;
    for (place, early) in weeks.iter().enumerate() {
        s += weeks.iter().skip(place + 1).map(|late| (late - early).signum()).sum::<i64>();
    }
    let mut sorted = weeks.to_vec();
    sorted.sort_unstable();
    let term = |t: i64| t * (t - 1) * (2 * t + 5);
    let ties: i64 = sorted.chunk_by(|one, other| one == other).map(|run| term(run.len() as i64)).sum();
    let variance = (term(weeks.len() as i64) - ties) as f64 / 18.0;
    if variance <= 0.0 || s == 0 { 0.0 } else { (s - s.signum()) as f64 / variance.sqrt() }
}
