//! Promises to pay: kept, broken or still open (D§3.4).

use kith_domain::value::Currency;

use super::{Living, read, split};
use crate::fact::{Fact, FactKind};
use crate::metric::sheet::{View, of_doc};

/// Business days after the promised day within which the money may come.
const GRACE_DAYS: u16 = 2;
/// Parts of a hundred of the promised amount that keep a promise.
const KEPT_PERCENT: i128 = 95;

/// How an account keeps its promises to pay, as of the day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Promises {
    /// Broken in the last 90 days.
    pub broken_90d: u32,
    /// Broken in the last 180 days.
    pub broken_180d: u32,
    /// Kept, whose time ended or that somebody called kept in the last 180 days.
    pub kept_180d: u32,
    /// Neither kept nor broken yet.
    pub open: u32,
    /// The first day promised among those that are open, days since 1970.
    pub next_due: Option<u16>,
}

/// A day so many business days later; weekends do not count.
fn business_days_after(day: u16, days: u16) -> u16 {
    let (mut at, mut left) = (day, days);
    while left > 0 && at < u16::MAX {
        at += 1;
        // 1970-01-01 was a Thursday.
        left -= u16::from((u32::from(at) + 3) % 7 < 5);
    }
    at
}

/// What a payment is worth in a currency.
fn worth(view: &View<'_>, payment: &Fact, minor: i64, currency: u8) -> Option<i64> {
    if payment.currency == currency {
        return Some(minor);
    }
    let (from, to) = (Currency::from_index(payment.currency)?, Currency::from_index(currency)?);
    view.rates.convert(minor, from, to, view.home, payment.day)
}

/// How the promises of a view were kept. Money counts for one promise only, the one that was due first.
pub(crate) fn promises(view: &View<'_>) -> Promises {
    promises_of(view, &|_| true)
}

/// The same, of some legal entities.
pub(super) fn promises_of(view: &View<'_>, entities: &dyn Fn(u8) -> bool) -> Promises {
    let mut made = view.latest(FactKind::Promise);
    let said = view.latest(FactKind::PromiseSettled);
    let returned = view.latest(FactKind::PaymentReturned);
    let mut money: Vec<(&Fact, i64)> = view
        .latest(FactKind::Payment)
        .into_iter()
        .filter(|payment| of_doc(&returned, payment.doc).is_none())
        .map(|payment| (payment, payment.amount))
        .collect();
    money.sort_unstable_by_key(|(payment, _)| (payment.day, payment.doc));
    made.sort_unstable_by_key(|promise| (promise.aux, promise.doc));
    let mut sum = Promises::default();
    for promise in made {
        let due = u16::try_from(promise.aux).unwrap_or(promise.day);
        let last = business_days_after(due, GRACE_DAYS);
        let mut wanted = promise.amount;
        let fits =
            |payment: &Fact| payment.entity == promise.entity && (promise.day..=last).contains(&payment.day);
        for (payment, left) in money.iter_mut().filter(|(payment, left)| *left > 0 && fits(payment)) {
            let Some(value) = worth(view, payment, *left, promise.currency) else { continue };
            // What is in another currency counts whole: a part of it cannot be said exactly.
            let used = value.min(wanted);
            *left = if payment.currency == promise.currency { *left - used } else { 0 };
            wanted -= used;
        }
        let received = i128::from(promise.amount - wanted) * 100;
        let kept = received >= i128::from(promise.amount) * KEPT_PERCENT;
        if !entities(promise.entity) {
            continue;
        }
        let word = of_doc(&said, promise.doc);
        let broken_on = match word {
            Some(word) => (word.flags & Fact::KEPT == 0).then_some(word.day),
            None => (!kept && view.today > last).then_some(last),
        };
        let kept_on = match word {
            Some(word) => (word.flags & Fact::KEPT != 0).then_some(word.day),
            None => (kept && view.today >= due).then_some(due),
        };
        let is_open = word.is_none() && !kept && view.today <= last;
        sum.open += u32::from(is_open);
        if is_open {
            sum.next_due = Some(sum.next_due.map_or(due, |first| first.min(due)));
        }
        sum.broken_90d += u32::from(broken_on.is_some_and(|day| view.within(day, 90)));
        sum.broken_180d += u32::from(broken_on.is_some_and(|day| view.within(day, 180)));
        sum.kept_180d += u32::from(kept_on.is_some_and(|day| view.within(day, 180)));
    }
    sum
}

impl Living {
    /// How the account of a row keeps its promises to pay.
    #[must_use]
    pub fn promises(&self, row: u32) -> Promises {
        self.with_account(row, |_, view| Some(promises(&view))).unwrap_or_default()
    }

    /// Rows that promised to pay, or whose payments came back.
    #[must_use]
    pub fn rows_of_doubt(&self) -> Vec<u32> {
        const KINDS: u32 = 1 << FactKind::Promise as u32 | 1 << FactKind::PaymentReturned as u32;
        let rows = u32::try_from(self.len()).unwrap_or(u32::MAX);
        let doubtful = |row: &u32| {
            let (index, place) = split(*row);
            let Some(chunk) = self.chunk(index) else { return false };
            let chunk = read(&chunk);
            let account = chunk.accounts.get(place);
            account.is_some_and(|account| account.facts.iter().any(|fact| KINDS >> (fact.kind & 31) & 1 == 1))
        };
        (0..rows).filter(doubtful).collect()
    }
}

#[cfg(test)]
mod tests;
