//! Bins of one variable: numbers cut where their risk rises or falls, words by word, what is missing apart.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Smaller bins than this share of the rows say nothing.
const SHARE_LEAST: f64 = 0.05;
/// Neighbouring bins that differ by less than this (chi-square, one degree of freedom) are one.
const CHI_LEAST: f64 = 1.0;
/// What smooths the counts of a weight of evidence.
const SMOOTH: f64 = 0.5;
/// Label of the bin of what is missing.
pub const MISSING: &str = "(missing)";
const OTHERS: &str = "(others)";

/// Good and bad rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Rows that turned out well.
    pub good: u64,
    /// Rows that did not.
    pub bad: u64,
}

impl Count {
    pub(super) fn add(&mut self, is_bad: bool) {
        if is_bad { self.bad += 1 } else { self.good += 1 }
    }

    fn plus(self, other: Self) -> Self {
        Self { good: self.good + other.good, bad: self.bad + other.bad }
    }

    pub(super) fn rows(self) -> u64 {
        self.good + self.bad
    }

    /// The share of bad rows, smoothed toward nothing in particular.
    fn rate(self) -> f64 {
        (self.bad as f64 + SMOOTH) / (self.rows() as f64 + 2.0 * SMOOTH)
    }

    /// Share of the good less share of the bad, and the weight of evidence.
    pub(super) fn evidence(self, all: Self) -> (f64, f64) {
        let share = |part: u64, whole: u64| (part as f64 + SMOOTH) / (whole as f64 + SMOOTH);
        let (good, bad) = (share(self.good, all.good), share(self.bad, all.bad));
        (good - bad, (good / bad).ln())
    }
}

/// One bin of a variable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// For people: a range, some words, or that it is missing.
    pub label: String,
    /// Rows that it was learned from.
    #[serde(flatten)]
    pub count: Count,
    /// Weight of evidence: positive is better than average.
    pub woe: f64,
    /// Points on the card.
    pub points: f64,
}

/// How values fall into bins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// Upper ends of the bins but the last, each included.
    Numbers(Vec<f64>),
    /// The bin of each word.
    Words(BTreeMap<String, usize>),
}

/// Whether a text says that nothing is known.
pub(super) fn is_missing(text: &str) -> bool {
    matches!(text, "" | "NA" | "N/A" | "n/a" | "NaN" | "nan" | "NULL" | "null" | "?")
}

/// A number as files write it.
pub(super) fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// A variable's bins with their rows; the last is what is missing.
#[derive(Debug)]
pub(super) struct Binned {
    pub(super) split: Split,
    pub(super) bins: Vec<(String, Count)>,
}

/// Cuts numbers: fine bins first, then those neighbours pooled that do not rise (or fall) steadily or hardly differ.
pub(super) fn numbers(values: &[Option<f64>], bad: &[bool]) -> Binned {
    let mut known: Vec<(f64, bool)> =
        values.iter().zip(bad).filter_map(|(value, bad)| Some(((*value)?, *bad))).collect();
    known.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let fine = fine(&known, least_rows(values.len()));
    let rising = pool(&fine, |left, right| left.rate() >= right.rate());
    let falling = pool(&fine, |left, right| left.rate() <= right.rate());
    let cut = if spread(&rising) >= spread(&falling) { rising } else { falling };
    let cut = merge_alike(cut, least_rows(values.len()));
    let edges: Vec<f64> = cut.iter().take(cut.len().saturating_sub(1)).map(|bin| bin.0).collect();
    let mut bins: Vec<(String, Count)> = Vec::new();
    for (at, (_, count)) in cut.iter().enumerate() {
        bins.push((range(at.checked_sub(1).and_then(|at| edges.get(at)), edges.get(at)), *count));
    }
    bins.push((MISSING.to_owned(), missing(values.iter().map(Option::is_none), bad)));
    Binned { split: Split::Numbers(edges), bins }
}

fn range(from: Option<&f64>, to: Option<&f64>) -> String {
    match (from, to) {
        (None, None) => "any number".to_owned(),
        (None, Some(to)) => format!("up to {to}"),
        (Some(from), None) => format!("more than {from}"),
        (Some(from), Some(to)) => format!("{from} to {to}"),
    }
}

fn least_rows(rows: usize) -> u64 {
    (rows as f64 * SHARE_LEAST).ceil().max(1.0) as u64
}

fn missing(gone: impl Iterator<Item = bool>, bad: &[bool]) -> Count {
    let mut count = Count::default();
    gone.zip(bad).filter(|(gone, _)| *gone).for_each(|(_, bad)| count.add(*bad));
    count
}

/// Bins of at least so many rows; equal values stay together. Each with its upper end.
fn fine(sorted: &[(f64, bool)], least: u64) -> Vec<(f64, Count)> {
    let mut bins: Vec<(f64, Count)> = Vec::new();
    let mut open = Count::default();
    for equal in sorted.chunk_by(|one, other| one.0 == other.0) {
        equal.iter().for_each(|(_, bad)| open.add(*bad));
        if let Some((value, _)) = equal.first().filter(|_| open.rows() >= least) {
            bins.push((*value, open));
            open = Count::default();
        }
    }
    if open.rows() > 0 {
        let end = sorted.last().map_or(f64::INFINITY, |last| last.0);
        match bins.last_mut() {
            Some(last) => *last = (end, last.1.plus(open)),
            None => bins.push((end, open)),
        }
    }
    bins
}

/// Pools neighbours while they violate the wanted direction.
fn pool(fine: &[(f64, Count)], violates: impl Fn(Count, Count) -> bool) -> Vec<(f64, Count)> {
    let mut pooled: Vec<(f64, Count)> = Vec::new();
    for bin in fine {
        let mut next = *bin;
        while let Some(last) = pooled.pop_if(|last| violates(last.1, next.1)) {
            next.1 = last.1.plus(next.1);
        }
        pooled.push(next);
    }
    pooled
}

/// How much the bins tell apart: their information value.
fn spread(bins: &[(f64, Count)]) -> f64 {
    let all = bins.iter().fold(Count::default(), |all, bin| all.plus(bin.1));
    bins.iter().map(|bin| bin.1.evidence(all)).map(|(share, woe)| share * woe).sum()
}

/// Pools the most alike neighbours until all differ enough and have enough rows.
fn merge_alike<T>(mut bins: Vec<(T, Count)>, least: u64) -> Vec<(T, Count)>
where
    T: Merge,
{
    loop {
        let gap = |at: &usize| chi(bins[*at].1, bins[*at + 1].1);
        let is_small = |at: &usize| bins[*at].1.rows() < least || bins[*at + 1].1.rows() < least;
        let pairs = || 0..bins.len().saturating_sub(1);
        let worst = |one: &usize, other: &usize| gap(one).total_cmp(&gap(other)).then(one.cmp(other));
        let small = pairs().filter(is_small).min_by(worst);
        let Some(at) = small.or_else(|| pairs().min_by(worst).filter(|at| gap(at) < CHI_LEAST)) else {
            return bins;
        };
        let (key, count) = bins.remove(at + 1);
        bins[at].0.absorb(key);
        bins[at].1 = bins[at].1.plus(count);
    }
}

/// What names a bin while bins are put together.
trait Merge {
    fn absorb(&mut self, next: Self);
}

impl Merge for f64 {
    fn absorb(&mut self, next: Self) {
        *self = next;
    }
}

impl Merge for Vec<String> {
    fn absorb(&mut self, next: Self) {
        self.extend(next);
    }
}

/// The chi-square of two bins: how surely their risks differ.
fn chi(one: Count, other: Count) -> f64 {
    let all = one.plus(other);
    let rows = all.rows() as f64;
    let part = |count: Count| {
        let expect = |of: u64| count.rows() as f64 * of as f64 / rows;
        let term = |seen: u64, of: u64| {
            let expected = expect(of).max(SMOOTH);
            (seen as f64 - expected).powi(2) / expected
        };
        term(count.good, all.good) + term(count.bad, all.bad)
    };
    part(one) + part(other)
}

/// Gathers words: rare ones are others, alike ones are one.
pub(super) fn words(values: &[Option<&str>], bad: &[bool]) -> Binned {
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    for (value, bad) in values.iter().zip(bad) {
        if let Some(word) = value {
            counts.entry(word).or_default().add(*bad);
        }
    }
    let least = least_rows(values.len());
    let (common, rare): (Vec<_>, Vec<_>) = counts.into_iter().partition(|(_, count)| count.rows() >= least);
    let mut groups: Vec<(Vec<String>, Count)> =
        common.into_iter().map(|(word, count)| (vec![word.to_owned()], count)).collect();
    if !rare.is_empty() {
        let others = rare.iter().fold(Count::default(), |sum, (_, count)| sum.plus(*count));
        groups.push((rare.into_iter().map(|(word, _)| word.to_owned()).collect(), others));
    }
    groups.sort_by(|one, other| one.1.rate().total_cmp(&other.1.rate()).then_with(|| one.0.cmp(&other.0)));
    let groups = merge_alike(groups, least);
    let mut bins = Vec::new();
    let mut places = BTreeMap::new();
    for (at, (mut words, count)) in groups.into_iter().enumerate() {
        words.sort_unstable();
        let label = if words.len() > 12 { OTHERS.to_owned() } else { words.join(" | ") };
        bins.push((label, count));
        places.extend(words.into_iter().map(|word| (word, at)));
    }
    bins.push((MISSING.to_owned(), missing(values.iter().map(Option::is_none), bad)));
    Binned { split: Split::Words(places), bins }
}

impl Split {
    /// The bin of a text; the last is what is missing. `None` for a word never seen, or what is no number.
    pub(super) fn place(&self, text: &str, bins: usize) -> Option<usize> {
        if is_missing(text) {
            return bins.checked_sub(1);
        }
        match self {
            Self::Numbers(edges) => number(text).map(|value| edges.partition_point(|edge| value > *edge)),
            Self::Words(places) => places.get(text).copied(),
        }
    }
}
