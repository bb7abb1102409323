//! The catalogue of metrics: what each one is, in which unit, over which window, by which formula.

pub(crate) mod churn;
pub(crate) mod disputes;
pub(crate) mod engagement;
mod family;
pub(crate) mod health;
mod normal;
pub(crate) mod orders;
pub(crate) mod payments;
pub(crate) mod quotes;
pub(crate) mod revenue;
pub(crate) mod service;
pub(crate) mod sheet;
pub(crate) mod support;
pub(crate) mod trend;

use std::sync::LazyLock;

pub(crate) use family::Name;
pub use family::Part;
use ring::digest;
pub(crate) use trend::DECLINING;

use crate::fact::{Fact, FactKind};
use orders::TrendKeys;
use sheet::{Sheet, View};

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

/// What a fact of a kind may change, as bits of [`Part`].
pub(crate) fn parts_of(fact: &Fact) -> u16 {
    let bits = |parts: &[Part]| parts.iter().fold(0, |bits, part| bits | part.bit());
    let always = bits(&[Part::Contact, Part::Health]);
    always
        | match fact.kind {
            kind if kind <= FactKind::OrderCancelled as u8 => bits(&[Part::Orders, Part::Service]),
            kind if kind == FactKind::OrderLane as u8 => 0,
            kind if kind <= FactKind::Claim as u8 => bits(&[Part::Service, Part::Issues]),
            kind if kind <= FactKind::QuoteDecided as u8 => Part::Quotes.bit(),
            kind if kind <= FactKind::CreditNote as u8 => bits(&[Part::Revenue, Part::Payments]),
            kind if kind <= FactKind::PaymentReturned as u8 => Part::Payments.bit(),
            kind if kind <= FactKind::InquiryReopened as u8 => bits(&[Part::Support, Part::Issues]),
            kind if kind <= FactKind::Competitor as u8 => Part::Engagement.bit(),
            _ => 0,
        }
}

/// Trend series of last time, for orders and for revenue.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Keys {
    orders: TrendKeys,
    revenue: TrendKeys,
}

/// Writes the parts asked for, all but health. With `keys`, trends whose series is that of last time are
/// left out.
pub(crate) fn compute(view: &View<'_>, parts: u16, keys: Option<&mut Keys>, sheet: &mut Sheet) {
    let wanted = |part: Part| parts & part.bit() != 0;
    let (orders, revenue) = match keys {
        Some(keys) => (Some(&mut keys.orders), Some(&mut keys.revenue)),
        None => (None, None),
    };
    if wanted(Part::Orders) {
        orders::compute(view, orders, sheet);
    }
    if wanted(Part::Revenue) {
        revenue::compute(view, revenue, sheet);
    }
    if wanted(Part::Service) {
        service::compute(view, sheet);
    }
    if wanted(Part::Support) {
        support::compute(view, sheet);
    }
    if wanted(Part::Issues) {
        support::issues(view, sheet);
    }
    if wanted(Part::Quotes) {
        quotes::compute(view, sheet);
    }
    if wanted(Part::Payments) {
        payments::compute(view, sheet);
    }
    if wanted(Part::Engagement) {
        engagement::compute(view, sheet);
    }
    if wanted(Part::Contact) {
        engagement::contact(view, sheet);
    }
}
