//! What is still open with an account: for deciding whether it may be let go.

use super::Living;
use crate::fact::{Fact, FactKind};
use crate::metric::orders::orders;
use crate::metric::payments::{Item, settle};
use crate::metric::sheet::{of_doc, reference};

/// Days after which an order that nothing followed is history.
const ORDER_DAYS: u16 = 365;

/// Open orders and open invoices of an account.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenBusiness {
    /// Orders of the last year that were neither cancelled, delivered nor invoiced.
    pub orders: u32,
    /// Invoices that still ask for something.
    pub invoices: u32,
    /// What they ask for, in minor units of the organisation's currency; `None` when a rate is missing.
    pub minor: Option<i64>,
}

/// How an account pays: for deciding whether its probation ends well.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Payer {
    /// Invoices that are paid.
    pub paid: u32,
    /// Those of them that were paid at most five days late.
    pub in_time: u32,
    /// Open invoices that are more than five days late.
    pub late: u32,
    /// Days by which the open invoice that is latest is late.
    pub latest_days: u32,
    /// Payments that came back.
    pub returned: u32,
}

/// Days late within which a payment still speaks for an account (D§2.2).
const LATE_DAYS: u16 = 5;

impl Living {
    /// How the account of a row pays, as of the day.
    #[must_use]
    pub fn payer(&self, row: u32) -> Payer {
        let found = self.with_account(row, |_, view| {
            let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
            let settled = settle(&view);
            let (open, paid): (Vec<_>, Vec<_>) = settled.items.iter().partition(|item| item.open > 0);
            // What was credited away was not paid.
            let last =
                paid.iter().filter_map(|item| Some((item.due, item.paid.iter().map(|paid| paid.day).max()?)));
            let lates: Vec<u16> = last.map(|(due, day)| day.saturating_sub(due)).collect();
            let open: Vec<u16> = open.iter().map(|item| view.today.saturating_sub(item.due)).collect();
            Some(Payer {
                paid: count(lates.len()),
                in_time: count(lates.iter().filter(|days| **days <= LATE_DAYS).count()),
                late: count(open.iter().filter(|days| **days > LATE_DAYS).count()),
                latest_days: open.iter().copied().max().unwrap_or_default().into(),
                returned: count(view.latest(FactKind::PaymentReturned).len()),
            })
        });
        found.unwrap_or_default()
    }

    /// What is open in a row, as of the day.
    #[must_use]
    pub fn open_business(&self, row: u32) -> OpenBusiness {
        let found = self.with_account(row, |_, view| {
            let delivered = view.latest(FactKind::Delivered);
            let mut invoiced: Vec<u64> =
                view.kind(FactKind::InvoiceOrder).iter().map(|fact| reference(fact)).collect();
            invoiced.sort_unstable();
            let waits = |doc: u64| of_doc(&delivered, doc).is_none() && invoiced.binary_search(&doc).is_err();
            let open = orders(&view)
                .into_iter()
                .filter(|order| !order.cancelled && view.within(order.day, ORDER_DAYS) && waits(order.doc));
            let orders = u32::try_from(open.count()).unwrap_or(u32::MAX);
            let settled = settle(&view);
            let items: Vec<_> = settled.items.iter().filter(|item| item.open > 0).collect();
            let minor = items.iter().try_fold(0_i64, |sum, item| {
                let Fact { currency, day, .. } = item.invoice;
                sum.checked_add(view.convert(item.open, currency, day)?)
            });
            Some(OpenBusiness { orders, invoices: u32::try_from(items.len()).unwrap_or(u32::MAX), minor })
        });
        found.unwrap_or_default()
    }

    /// Another profile whose only row, 0, holds the facts of all these rows: what they come to together. Additive values
    /// are sums, ratios are made of their parts, medians of all values. Document numbers stay apart.
    #[must_use]
    pub fn pooled(&self, rows: &[u32]) -> Self {
        let pool = Self::new(self.inputs().as_ref().clone(), self.lookup.clone());
        pool.ensure(0, crate::input::MasterInputs::default());
        let facts: Vec<Fact> =
            rows.iter().flat_map(|row| self.facts(*row).into_iter().map(|fact| fact.of_row(*row))).collect();
        pool.refold(0, facts);
        pool.recompute(0);
        let names = super::read(&self.lanes);
        names.iter().for_each(|(pseudonym, name)| pool.name_lane(*pseudonym, name));
        drop(names);
        pool
    }
}

/// What became of an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fate {
    /// Number of the legal entity.
    pub entity: u8,
    /// Pseudonym of the order that it bills.
    pub order: Option<u64>,
    /// Day on which it was issued.
    pub issued: u16,
    /// Its amount in minor units of its own currency.
    pub minor: i64,
    /// Days past due on which the last of it was paid; until today where it is open.
    pub late: u16,
    /// Whether some of it is open.
    pub open: bool,
}

impl Living {
    /// What became of every invoice of a row, as of the day.
    #[must_use]
    pub fn fates(&self, row: u32) -> Vec<Fate> {
        let found = self.with_account(row, |_, view| {
            let mut bills: Vec<(u64, u64)> =
                view.kind(FactKind::InvoiceOrder).iter().map(|fact| (fact.doc, reference(fact))).collect();
            bills.sort_unstable();
            let order = |doc: u64| {
                let place = bills.partition_point(|bill| bill.0 < doc);
                bills.get(place).filter(|bill| bill.0 == doc).map(|bill| bill.1)
            };
            let fate = |item: &Item| {
                let last = item.paid.iter().map(|paid| paid.day).max();
                let until = if item.open > 0 { view.today } else { last.unwrap_or(item.due) };
                Fate {
                    entity: item.invoice.entity,
                    order: order(item.invoice.doc),
                    issued: item.invoice.day,
                    minor: item.invoice.amount,
                    late: until.saturating_sub(item.due),
                    open: item.open > 0,
                }
            };
            Some(settle(&view).items.iter().map(fate).collect())
        });
        found.unwrap_or_default()
    }
}
