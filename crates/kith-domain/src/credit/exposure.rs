//! Exposure: the lines of a book that count against one limit, in its currency.

use serde::{Deserialize, Serialize};

use super::book::Book;
use super::bucket::Buckets;
use super::settle::Convert;
use crate::value::Currency;

/// What is past due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overdue {
    /// Minor units.
    pub minor: i64,
    /// Days that the oldest of it is past due.
    pub oldest_days: u16,
}

impl Overdue {
    /// What is past due with some entities, as far as there are rates: what has none is left out.
    #[must_use]
    pub fn at_least(
        book: &Book,
        entities: &dyn Fn(u8) -> bool,
        currency: Currency,
        today: u16,
        convert: Convert<'_>,
    ) -> Self {
        Self::each(book, entities, currency, today, convert).flatten().fold(Self::default(), Self::plus)
    }

    /// Each open item that is past due, in a currency; nothing for one without a rate.
    fn each<'b>(
        book: &'b Book,
        entities: &'b dyn Fn(u8) -> bool,
        currency: Currency,
        today: u16,
        convert: Convert<'b>,
    ) -> impl Iterator<Item = Option<Self>> + 'b {
        let late = book.dues.iter().filter(move |due| entities(due.entity) && due.due < today);
        late.map(move |due| {
            let minor = convert(due.open, due.currency, currency)?;
            Some(Self { minor, oldest_days: today.saturating_sub(due.due) })
        })
    }

    fn plus(self, other: Self) -> Self {
        Self {
            minor: self.minor.saturating_add(other.minor),
            oldest_days: self.oldest_days.max(other.oldest_days),
        }
    }
}

/// What counts against a limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exposure {
    /// By bucket.
    pub buckets: Buckets,
    /// What of the receivables is past due.
    pub overdue: Overdue,
}

impl Exposure {
    /// The lines of some entities, in a currency, on a day; nothing when a rate is missing.
    #[must_use]
    pub fn of(
        book: &Book,
        entities: &dyn Fn(u8) -> bool,
        currency: Currency,
        today: u16,
        convert: Convert<'_>,
    ) -> Option<Self> {
        let mut total = Self::default();
        for (_, from, buckets) in book.lines().filter(|line| entities(line.0)) {
            total.buckets = total.buckets.plus(buckets.convert(&|minor| convert(minor, from, currency))?);
        }
        for late in Overdue::each(book, entities, currency, today, convert) {
            total.overdue = total.overdue.plus(late?);
        }
        Some(total)
    }

    /// What the lines of some entities come to at least where some have no rate, and the currencies of these. Nothing where
    /// what has no rate may reduce it: that it cannot be said either way is said then.
    #[must_use]
    pub fn at_least(
        book: &Book,
        entities: &dyn Fn(u8) -> bool,
        currency: Currency,
        convert: Convert<'_>,
    ) -> (Option<i64>, Vec<Currency>) {
        let (mut least, mut unrated) = (Some(0_i64), Vec::new());
        for (_, from, buckets) in book.lines().filter(|line| entities(line.0)) {
            match buckets.convert(&|minor| convert(minor, from, currency)) {
                Some(known) => least = least.map(|sum| sum.saturating_add(known.exposure())),
                None => {
                    unrated.push(from);
                    least = least.filter(|_| buckets.exposure() >= 0);
                }
            }
        }
        unrated.sort_unstable();
        unrated.dedup();
        (least, unrated)
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { buckets: self.buckets.plus(other.buckets), overdue: self.overdue.plus(other.overdue) }
    }
}
