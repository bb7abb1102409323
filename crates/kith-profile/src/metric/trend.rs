//! Trend of a weekly series: Theil–Sen slope, Mann–Kendall significance, label (D§4.3).

use super::normal::two_sided;
use super::sheet::median;

/// Label of a trend, in the order of the catalogue's words.
pub(crate) const DECLINING: u16 = 0;
/// Neither.
pub(crate) const FLAT: u16 = 1;
/// Growing.
pub(crate) const GROWING: u16 = 2;

/// Relative change a week from which on a trend is one.
const SLOPE_LEAST: f64 = 0.01;
/// Significance below which a trend is one.
const P_MOST: f64 = 0.10;

/// The trend of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Trend {
    /// Theil–Sen slope, per week.
    pub(crate) slope: f64,
    /// Slope relative to max(median, mean, 1).
    pub(crate) relative: f64,
    /// Mann–Kendall S.
    pub(crate) s: i64,
    /// Its normal deviate.
    pub(crate) z: f64,
    /// Two-sided p.
    pub(crate) p: f64,
    /// Least-squares slope.
    pub(crate) ols: f64,
    /// Declining, flat or growing.
    pub(crate) label: u16,
}

/// The trend of at least two weekly values.
pub(crate) fn trend(y: &[i64]) -> Option<Trend> {
    if y.len() < 2 {
        return None;
    }
    let (slope, s) = theil_sen(y)?;
    let n = y.len() as f64;
    let sum: i128 = y.iter().map(|value| i128::from(*value)).sum();
    let mean = sum as f64 / n;
    let mut sorted = y.to_vec();
    sorted.sort_unstable();
    let scale = median(&mut sorted.clone())?.max(mean).max(1.0);
    let relative = slope / scale;
    let z = mann_kendall(s, &sorted);
    let p = two_sided(z);
    Some(Trend { slope, relative, s, z, p, ols: least_squares(y, mean), label: label(relative, slope, s, p) })
}

/// Median of the slopes over all pairs, and the sum of their signs.
fn theil_sen(y: &[i64]) -> Option<(f64, i64)> {
    let mut slopes = Vec::with_capacity(y.len() * (y.len() - 1) / 2);
    let mut s = 0;
    for (i, early) in y.iter().enumerate() {
        for (distance, late) in y.iter().skip(i + 1).enumerate() {
            let rise = late.saturating_sub(*early);
            s += rise.signum();
            slopes.push(rise as f64 / (distance + 1) as f64);
        }
    }
    let middle = slopes.len() / 2;
    let even = slopes.len().is_multiple_of(2);
    if slopes.is_empty() {
        return None;
    }
    let (below, upper, _) = slopes.select_nth_unstable_by(middle, f64::total_cmp);
    let upper = *upper;
    let lower = if even { below.iter().copied().max_by(f64::total_cmp).unwrap_or(upper) } else { upper };
    // −0.0 must not show: two ways to the same slope give the same bits.
    Some(((lower + upper) / 2.0 + 0.0, s))
}

/// Z with the correction for ties: Var = [n(n−1)(2n+5) − Σ t(t−1)(2t+5)]/18, Z = (S∓1)/√Var.
fn mann_kendall(s: i64, sorted: &[i64]) -> f64 {
    let term = |t: i64| t * (t - 1) * (2 * t + 5);
    let ties: i64 = sorted.chunk_by(|one, other| one == other).map(|run| term(run.len() as i64)).sum();
    let variance = (term(sorted.len() as i64) - ties) as f64 / 18.0;
    if variance <= 0.0 || s == 0 {
        return 0.0;
    }
    (s - s.signum()) as f64 / variance.sqrt()
}

fn least_squares(y: &[i64], mean: f64) -> f64 {
    let centre = (y.len() as f64 - 1.0) / 2.0;
    let mut product = 0.0;
    let mut square = 0.0;
    for (x, value) in y.iter().enumerate() {
        let x = x as f64 - centre;
        product += x * (*value as f64 - mean);
        square += x * x;
    }
    product / square
}

fn label(relative: f64, slope: f64, s: i64, p: f64) -> u16 {
    if p >= P_MOST {
        return FLAT;
    }
    // Steady, then silence: half of the pairs are ties, the slope is 0, and the sign of S decides.
    let direction = if slope == 0.0 { s as f64 } else { relative };
    let least = if slope == 0.0 { 1.0 } else { SLOPE_LEAST };
    if direction <= -least {
        DECLINING
    } else if direction >= least {
        GROWING
    } else {
        FLAT
    }
}

/// Change of 30 days against the 30 before, relative to the earlier (at least 1), and its label at ±20 %.
pub(crate) fn change(now: i64, before: i64) -> (f64, u16) {
    let relative = now.saturating_sub(before) as f64 / before.max(1) as f64;
    let label = if relative <= -0.2 {
        DECLINING
    } else if relative >= 0.2 {
        GROWING
    } else {
        FLAT
    };
    (relative, label)
}

/// ISO week of a day, counted from the week of 1970-01-01 (weeks begin on Monday).
pub(crate) fn week(day: u16) -> u32 {
    (u32::from(day) + 3) / 7
}

/// First and end (exclusive) of the last `weeks` complete ISO weeks as of a day, but not before the week of
/// `first`. A week is complete on its Sunday.
pub(crate) fn weeks(today: u16, first: u16, weeks: u32) -> (u32, u32) {
    let end = (u32::from(today) + 4) / 7;
    (end.saturating_sub(weeks).max(week(first)).min(end), end)
}
