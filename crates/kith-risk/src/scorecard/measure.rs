//! How well a card tells good from bad, and whether its customers are still those it was learned from.

use serde::{Deserialize, Serialize};

/// How well scores tell good from bad.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Measures {
    /// Rows with an outcome.
    pub rows: usize,
    /// The bad among them.
    pub bad: usize,
    /// Chance that a bad row is ranked worse than a good one.
    pub auc: f64,
    /// 2 × AUC − 1.
    pub gini: f64,
    /// Greatest distance between the shares of bad and good reached.
    pub ks: f64,
    /// Mean squared error of the probability.
    pub brier: f64,
}

/// Chance that a bad row has a higher probability of bad than a good one; ties count half. `None` without both.
#[must_use]
pub fn auc(ranked: &[(f64, bool)]) -> Option<f64> {
    let mut sorted = ranked.to_vec();
    sorted.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
    let (mut good_below, mut wins_twice) = (0_u128, 0_u128);
    let (mut bad, mut good) = (0_u128, 0_u128);
    for equal in sorted.chunk_by(|one, other| one.0 == other.0) {
        let bad_here = equal.iter().filter(|row| row.1).count() as u128;
        let good_here = equal.len() as u128 - bad_here;
        wins_twice += bad_here * (2 * good_below + good_here);
        good_below += good_here;
        bad += bad_here;
        good += good_here;
    }
    (bad > 0 && good > 0).then(|| wins_twice as f64 / 2.0 / (bad * good) as f64)
}

/// All measures of probabilities of bad with their outcomes. `None` unless there are good and bad ones.
#[must_use]
pub fn measures(ranked: &[(f64, bool)]) -> Option<Measures> {
    let auc = auc(ranked)?;
    let bad = ranked.iter().filter(|row| row.1).count();
    let error = |(p, bad): &(f64, bool)| (p - f64::from(u8::from(*bad))).powi(2);
    let brier = ranked.iter().map(error).sum::<f64>() / ranked.len() as f64;
    Some(Measures { rows: ranked.len(), bad, auc, gini: 2.0 * auc - 1.0, ks: ks(ranked, bad), brier })
}

fn ks(ranked: &[(f64, bool)], bad: usize) -> f64 {
    let mut sorted = ranked.to_vec();
    sorted.sort_unstable_by(|one, other| other.0.total_cmp(&one.0));
    let good = ranked.len() - bad;
    let (mut bad_seen, mut good_seen, mut most) = (0, 0, 0.0_f64);
    for equal in sorted.chunk_by(|one, other| one.0 == other.0) {
        bad_seen += equal.iter().filter(|row| row.1).count();
        good_seen += equal.iter().filter(|row| !row.1).count();
        most = most.max((bad_seen as f64 / bad as f64 - good_seen as f64 / good as f64).abs());
    }
    most
}

/// Population stability: how far today's shares of the bins have moved from those expected. More than 0.10 deserves a
/// look, more than 0.25 another card. `None` where either counts nothing.
#[must_use]
pub fn psi(expected: &[u64], actual: &[u64]) -> Option<f64> {
    /// Empty bins count as this share.
    const LEAST: f64 = 1e-4;
    let (all, now) = (expected.iter().sum::<u64>(), actual.iter().sum::<u64>());
    if all == 0 || now == 0 || expected.len() != actual.len() {
        return None;
    }
    let share = |count: u64, of: u64| (count as f64 / of as f64).max(LEAST);
    let part = |(e, a): (&u64, &u64)| {
        let (e, a) = (share(*e, all), share(*a, now));
        (a - e) * (a / e).ln()
    };
    Some(expected.iter().zip(actual).map(part).sum())
}
