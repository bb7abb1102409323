//! What customers dispute of their invoices (D§3.4): the latest word of an invoice rules.

use kith_domain::value::Currency;

use super::payments::Item;
use super::sheet::{View, of_doc};
use crate::fact::{Fact, FactKind};

/// The disputes of a view, by invoice.
pub(crate) struct Disputes<'a> {
    latest: Vec<&'a Fact>,
    /// All of them, sorted by invoice.
    all: Vec<&'a Fact>,
}

impl<'a> Disputes<'a> {
    pub(crate) fn of(view: &View<'a>) -> Self {
        let mut all = view.kind(FactKind::InvoiceDisputed).to_vec();
        all.sort_unstable_by_key(|fact| fact.doc);
        Self { latest: view.latest(FactKind::InvoiceDisputed), all }
    }

    /// What of an item's open amount is disputed, in its currency; `None` where a rate is missing.
    pub(crate) fn open(&self, view: &View<'_>, item: &Item) -> Option<i64> {
        let Some(fact) = of_doc(&self.latest, item.invoice.doc) else { return Some(0) };
        part(view, fact, &item.invoice, item.open)
    }

    /// The most of an invoice that ever was disputed, in its currency; `None` where a rate is missing.
    pub(crate) fn most(&self, view: &View<'_>, invoice: &Fact) -> Option<i64> {
        let start = self.all.partition_point(|fact| fact.doc < invoice.doc);
        let facts = self.all.iter().skip(start).take_while(|fact| fact.doc == invoice.doc);
        facts
            .map(|fact| part(view, fact, invoice, invoice.amount))
            .try_fold(0, |most, found| Some(most.max(found?)))
    }
}

/// What a dispute says of an amount of an invoice.
fn part(view: &View<'_>, fact: &Fact, invoice: &Fact, of: i64) -> Option<i64> {
    if of <= 0 {
        return Some(0);
    }
    if fact.flags & Fact::ALL != 0 {
        return Some(of);
    }
    let minor = if fact.currency == invoice.currency {
        fact.amount
    } else {
        let (from, to) = (Currency::from_index(fact.currency)?, Currency::from_index(invoice.currency)?);
        view.rates.convert(fact.amount, from, to, view.home, fact.day)?
    };
    Some(minor.clamp(0, of))
}
