//! What formulas read and where they write: the facts up to the day, and a sheet of fresh values.

use kith_domain::value::Currency;

use super::{Name, Value};
use crate::fact::{Fact, FactKind};
use crate::input::{Inputs, Lookup, Rates};

/// The windows of every family with windows, in the order of the catalogue.
pub(crate) const WINDOWS: [u16; 3] = [30, 90, 365];

/// The facts of one account, as of a day, and what they are converted by.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    /// Facts up to the day, in canonical order.
    pub(crate) facts: &'a [Fact],
    /// The same by kind.
    pub(crate) sorted: Option<&'a ByKind<'a>>,
    pub(crate) today: u16,
    pub(crate) rates: &'a Rates,
    /// The organisation's currency: rates are told in it.
    pub(crate) home: Currency,
    /// The currency of the values wanted.
    pub(crate) currency: Currency,
    pub(crate) lookup: &'a dyn Lookup,
}

/// Number of kinds of facts.
const KINDS: usize = FactKind::InvoiceDisputed as usize + 1;

/// The facts of an account up to a day, gathered by kind: formulas read only what they need.
#[derive(Debug)]
pub(crate) struct ByKind<'a> {
    facts: &'a [Fact],
    /// By kind, each kind in canonical order.
    sorted: Vec<&'a Fact>,
    /// Where each kind begins; the last is the end.
    starts: [usize; KINDS + 1],
}

impl<'a> ByKind<'a> {
    /// Gathers facts in canonical order; those after the day are left out.
    pub(crate) fn of(facts: &'a [Fact], today: u16) -> Self {
        let end = match facts.last() {
            Some(last) if last.day > today => facts.partition_point(|fact| fact.day <= today),
            _ => facts.len(),
        };
        let facts = facts.get(..end).unwrap_or_default();
        let mut starts = [0_usize; KINDS + 1];
        for fact in facts {
            if let Some(count) = starts.get_mut(usize::from(fact.kind) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts;
        let mut sorted: Vec<&Fact> = Vec::new();
        if let Some(first) = facts.first() {
            sorted.resize(facts.len(), first);
        }
        for fact in facts {
            let Some(place) = next.get_mut(usize::from(fact.kind)) else { continue };
            if let Some(slot) = sorted.get_mut(*place) {
                *slot = fact;
            }
            *place += 1;
        }
        Self { facts, sorted, starts }
    }
}

impl<'a> View<'a> {
    /// A view of no facts at all, in the organisation's currency.
    pub(crate) fn empty(inputs: &'a Inputs, lookup: &'a dyn Lookup) -> Self {
        let home = inputs.context.currency;
        let (today, rates) = (inputs.day, &inputs.rates);
        Self { facts: &[], sorted: None, today, rates, home, currency: home, lookup }
    }

    /// The same with other facts, gathered as of the same day.
    pub(crate) fn over(self, sorted: &'a ByKind<'a>) -> Self {
        Self { facts: sorted.facts, sorted: Some(sorted), ..self }
    }

    /// The facts of a kind, in canonical order.
    pub(crate) fn kind(&self, kind: FactKind) -> &'a [&'a Fact] {
        self.kinds(kind, kind)
    }

    /// The facts of some kinds with neighbouring numbers, kind by kind.
    pub(crate) fn kinds(&self, first: FactKind, last: FactKind) -> &'a [&'a Fact] {
        let Some(sorted) = self.sorted else { return &[] };
        let span = sorted.starts.get(first as usize).zip(sorted.starts.get(last as usize + 1));
        span.and_then(|(start, end)| sorted.sorted.get(*start..*end)).unwrap_or_default()
    }

    /// Whether a day lies in (today − window, today].
    pub(crate) fn within(&self, day: u16, window: u16) -> bool {
        day <= self.today && u32::from(day) + u32::from(window) > u32::from(self.today)
    }

    /// Minor units of a fact's currency in the currency wanted, by the rate of a day.
    pub(crate) fn convert(&self, minor: i64, currency: u8, day: u16) -> Option<i64> {
        if currency == self.currency.index() {
            return Some(minor);
        }
        let from = Currency::from_index(currency)?;
        self.rates.convert(minor, from, self.currency, self.home, day)
    }

    /// The latest fact of a kind for each document, sorted by document.
    pub(crate) fn latest(&self, kind: FactKind) -> Vec<&'a Fact> {
        let mut found: Vec<&Fact> = self.kind(kind).to_vec();
        found.sort_unstable_by_key(|fact| fact.doc);
        found.dedup_by(|next, kept| {
            let same = next.doc == kept.doc;
            if same && next.later_than(kept, self.lookup) {
                *kept = *next;
            }
            same
        });
        found
    }
}

/// Finds the fact of a document among facts sorted by document.
pub(crate) fn of_doc<'a>(sorted: &[&'a Fact], doc: u64) -> Option<&'a Fact> {
    let place = sorted.binary_search_by_key(&doc, |fact| fact.doc).ok()?;
    sorted.get(place).copied()
}

/// The document that [`Fact::aux`] names.
pub(crate) fn reference(fact: &Fact) -> u64 {
    u64::from_ne_bytes(fact.aux.to_ne_bytes())
}

/// One fresh value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Entry {
    /// Place in the catalogue.
    pub(crate) metric: u16,
    /// On how many things it rests.
    pub(crate) sample: u32,
    /// The value, if known.
    pub(crate) value: Option<Value>,
}

/// Fresh values in the order in which they were made.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) entries: Vec<Entry>,
}

impl Sheet {
    /// Writes a value of a family for the place of a window.
    pub(crate) fn put(&mut self, name: Name, window: usize, sample: usize, value: Option<Value>) {
        let metric = name.first() + window as u16;
        self.entries.push(Entry { metric, sample: u32::try_from(sample).unwrap_or(u32::MAX), value });
    }

    /// Writes a count, which is its own sample.
    pub(crate) fn count(&mut self, name: Name, window: usize, count: usize) {
        self.put(name, window, count, Some(Value::Number(count as f32)));
    }

    /// Writes a number.
    pub(crate) fn number(&mut self, name: Name, window: usize, sample: usize, value: Option<f64>) {
        self.put(name, window, sample, value.map(|value| Value::Number(value as f32)));
    }

    /// Writes part of a whole; unknown when the whole is nothing.
    pub(crate) fn ratio(&mut self, name: Name, window: usize, part: usize, whole: usize) {
        let value = (whole > 0).then(|| part as f64 / whole as f64);
        self.number(name, window, whole, value);
    }

    /// Writes an amount in minor units.
    pub(crate) fn money(&mut self, name: Name, window: usize, sample: usize, minor: Option<i64>) {
        self.put(name, window, sample, minor.map(Value::Money));
    }

    /// The value of a metric, if it was written and is known.
    pub(crate) fn get(&self, metric: u16) -> Option<Value> {
        self.entries.iter().rev().find(|entry| entry.metric == metric).and_then(|entry| entry.value)
    }
}

/// Adds up amounts; one unknown makes the sum unknown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sum(Option<i64>);

impl Default for Sum {
    fn default() -> Self {
        Self(Some(0))
    }
}

impl Sum {
    /// Adds an amount.
    pub(crate) fn add(&mut self, minor: Option<i64>) {
        self.0 = self.0.zip(minor).and_then(|(sum, minor)| sum.checked_add(minor));
    }

    /// The sum, if every amount was known and it fits.
    pub(crate) fn total(self) -> Option<i64> {
        self.0
    }
}

/// Median of whole numbers; the mean of the two in the middle for an even count.
pub(crate) fn median(values: &mut [i64]) -> Option<f64> {
    let middle = values.len() / 2;
    if values.is_empty() {
        return None;
    }
    let even = values.len().is_multiple_of(2);
    let (below, upper, _) = values.select_nth_unstable(middle);
    let upper = *upper;
    if !even {
        return Some(upper as f64);
    }
    let lower = below.iter().copied().max().unwrap_or(upper);
    Some((lower as f64 + upper as f64) / 2.0)
}
