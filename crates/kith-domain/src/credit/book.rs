//! The book of one account: every line in exactly one bucket.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::bucket::{Bucket, Buckets};
use super::document::{Documents, Order};
use super::settle::{Convert, settle};
use crate::value::Currency;

/// A reservation that holds something: pending, or committed and not yet an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The order that it was made for, if it names one.
    pub order: Option<u64>,
    /// Number of the legal entity.
    pub entity: u8,
    /// The currency of its amount.
    pub currency: Currency,
    /// Minor units.
    pub amount: i64,
    /// Whether it was committed.
    pub committed: bool,
}

/// What is open of one invoice that is past due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) entity: u8,
    pub(super) currency: Currency,
    pub(super) due: u16,
    pub(super) open: i64,
}

/// What an account owes and has promised, by legal entity and currency. A copy shares what no reservation changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    lines: BTreeMap<(u8, Currency), Buckets>,
    pub(super) dues: Arc<[Due]>,
    /// Orders that were placed or cancelled, sorted: their reservations are consumed.
    known: Arc<[u64]>,
}

impl Book {
    /// The book of what is known of an account. Documents without an entity belong to `owner`.
    #[must_use]
    pub fn of(documents: &Documents, owner: u8, convert: Convert<'_>) -> Self {
        let (mut book, mut dues) = (Self::default(), Vec::new());
        let of = |entity: u8| if entity == 0 { owner } else { entity };
        let settled = settle(documents, convert);
        let mut billed: Vec<(u64, Currency, i64)> = documents
            .invoices
            .iter()
            .filter_map(|invoice| Some((invoice.order?, invoice.currency, invoice.amount)))
            .collect();
        billed.sort_unstable_by_key(|(order, ..)| *order);
        for order in &documents.orders {
            let (bucket, minor) = open_of(order, &billed);
            book.put(of(order.entity), order.currency, bucket, minor);
        }
        for (invoice, open) in &settled.open {
            let entity = of(invoice.entity);
            book.put(entity, invoice.currency, Bucket::OpenAr, *open);
            if *open > 0 {
                dues.push(Due { entity, currency: invoice.currency, due: invoice.due, open: *open });
            }
        }
        for (payer, left) in &settled.left {
            book.put(of(payer.entity), payer.currency, Bucket::Unapplied, *left);
        }
        let mut known: Vec<u64> = documents.orders.iter().map(|order| order.doc).collect();
        known.extend_from_slice(&documents.cancelled);
        known.sort_unstable();
        known.dedup();
        (book.dues, book.known) = (dues.into(), known.into());
        book
    }

    fn put(&mut self, entity: u8, currency: Currency, bucket: Bucket, minor: i64) {
        if minor != 0 {
            self.lines.entry((entity, currency)).or_default().add(bucket, minor);
        }
    }

    /// Whether the order of a reservation has arrived, or was called off: the reservation holds nothing any more.
    #[must_use]
    pub fn consumes(&self, held: &Held) -> bool {
        held.order.is_some_and(|order| self.knows(order))
    }

    /// Whether an order has arrived, or was called off.
    #[must_use]
    pub fn knows(&self, order: u64) -> bool {
        self.known.binary_search(&order).is_ok()
    }

    /// Adds a reservation.
    pub fn hold(&mut self, held: &Held) {
        self.put_held(held, held.amount);
    }

    /// Takes a reservation out again that was added.
    pub fn let_go(&mut self, held: &Held) {
        self.put_held(held, held.amount.saturating_neg());
        let place = (held.entity, held.currency);
        if self.lines.get(&place).is_some_and(|buckets| *buckets == Buckets::default()) {
            self.lines.remove(&place);
        }
    }

    fn put_held(&mut self, held: &Held, minor: i64) {
        if !self.consumes(held) {
            let bucket = if held.committed { Bucket::OpenOrders } else { Bucket::Pending };
            self.put(held.entity, held.currency, bucket, minor);
        }
    }

    /// What is open of each invoice of an entity, in its own currency.
    #[must_use]
    pub fn open_invoices(&self, entity: u8) -> Vec<i64> {
        self.dues.iter().filter(|due| due.entity == entity).map(|due| due.open).collect()
    }

    /// Every line: entity, currency, buckets.
    pub fn lines(&self) -> impl Iterator<Item = (u8, Currency, &Buckets)> {
        self.lines.iter().map(|((entity, currency), buckets)| (*entity, *currency, buckets))
    }
}

/// Where an order stands, and what of it is not invoiced yet. Invoices of another currency bill nothing of it.
fn open_of(order: &Order, billed: &[(u64, Currency, i64)]) -> (Bucket, i64) {
    let bucket = if order.delivered { Bucket::Unbilled } else { Bucket::OpenOrders };
    if order.cancelled {
        return (bucket, 0);
    }
    let start = billed.partition_point(|(number, ..)| *number < order.doc);
    let rows = billed.iter().skip(start).take_while(|(number, ..)| *number == order.doc);
    let moved = rows.filter(|row| row.1 == order.currency).fold(0_i64, |sum, row| sum.saturating_add(row.2));
    (bucket, order.value.saturating_sub(moved.max(0)).max(0))
}
