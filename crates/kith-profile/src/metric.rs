//! The catalogue of metrics: what each one is, in which unit, over which window, by which formula.

mod family;

use std::sync::LazyLock;

pub use family::Part;
pub(crate) use family::{FAMILIES, Family, Name};
use ring::digest;

#[cfg(test)]
mod tests;

/// What kind of value a metric has, and so in which column it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricKind {
    /// A whole number. `f32` column.
    Count,
    /// Minor units of the organisation's currency. `i64` column.
    Money,
    /// A fraction 0–1 (or a relative change). `f32` column.
    Ratio,
    /// Any other number. `f32` column.
    Number,
    /// Days. `f32` column.
    Days,
    /// Hours. `f32` column.
    Hours,
    /// One of these words; the column holds the place in the list.
    Label(&'static [&'static str]),
    /// A civil day, in days since 1970-01-01. `i64` column.
    Date,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither.
    Neutral,
}

/// One metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metric {
    /// For example `orders_90d`.
    pub id: String,
    /// For example `Orders, 90 days`.
    pub title: String,
    /// The metric without its window, for example `orders`.
    pub family: &'static str,
    /// `orders`, `fraction`, `days`, `hours`, `money`, …
    pub unit: &'static str,
    /// What kind of value.
    pub kind: MetricKind,
    /// Days of the window, `None` when it has none.
    pub window: Option<u16>,
    /// Below this sample size the value is insufficient.
    pub n_min: u32,
    /// Formula and version, for example `order_trend@1`. Immutable: another formula gets another version.
    pub formula: &'static str,
    /// What it means and how it is made.
    pub description: &'static str,
    /// Which way is good.
    pub direction: Direction,
    /// What it is computed together with.
    pub part: Part,
    /// Whether it is also told by legal entity.
    pub by_entity: bool,
}

/// A value of a metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// Counts, ratios, days, hours, numbers.
    Number(f32),
    /// Minor units of the organisation's (or entity's) currency.
    Money(i64),
    /// Place in the words of [`MetricKind::Label`].
    Label(u16),
    /// Days since 1970-01-01.
    Date(i64),
}

static CATALOGUE: LazyLock<Vec<Metric>> = LazyLock::new(family::build);

static HASH: LazyLock<[u8; 32]> = LazyLock::new(|| {
    let mut context = digest::Context::new(&digest::SHA256);
    for metric in CATALOGUE.iter() {
        context.update(format!("{}\u{0}{}\u{0}{:?}\u{0}", metric.id, metric.formula, metric.kind).as_bytes());
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    hash
});

/// All metrics; the place of a metric is the place of its column.
#[must_use]
pub fn catalogue() -> &'static [Metric] {
    &CATALOGUE
}

/// The place of a metric by its id.
#[must_use]
pub fn metric_index(id: &str) -> Option<usize> {
    CATALOGUE.iter().position(|metric| metric.id == id)
}

/// Digest of ids, formulas and kinds: a checkpoint with another one is computed again from its facts.
#[must_use]
pub fn catalogue_hash() -> [u8; 32] {
    *HASH
}
