//! What an account orders and owes: every order by itself, and the exposure that they come to.

use super::{Living, read, split};
use crate::fact::{Fact, FactKind};
use crate::metric::orders::{Order, orders};
use crate::metric::payments::{behaviour, settle};
use crate::metric::sheet::{ByKind, View, reference};

/// Days for which an order counts that nothing was invoiced of.
const ORDER_DAYS: u16 = 60;
/// Days over which the use of a limit is compared.
const COMPARED_DAYS: u16 = 14;

/// One order, amended and cancelled as far as that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenOrder {
    /// Pseudonym of its number.
    pub doc: u64,
    /// Position of the touchpoint that placed it.
    pub seq: u32,
    /// When it was placed, in seconds since 1970.
    pub at_s: i64,
    /// The day.
    pub day: u16,
    /// Its value in minor units of the organisation's currency; `None` without a rate.
    pub minor: Option<i64>,
    /// Pseudonym of its lane; 0 for none.
    pub lane: u64,
    /// It was cancelled.
    pub cancelled: bool,
}

/// What an account orders and owes, as of the day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spending {
    /// The day.
    pub today: u16,
    /// Every order of the last 400 days, sorted by time.
    pub orders: Vec<SeenOrder>,
    /// Open invoices and open orders less what pays nothing yet, in minor units of the organisation's currency; `None`
    /// when a rate is missing.
    pub exposure: Option<i64>,
    /// The same 14 days ago.
    pub exposure_before: Option<i64>,
    /// Days beyond terms of invoices of the last 30 days.
    pub late_days: Option<f64>,
    /// Days beyond terms of the last year.
    pub late_days_usual: Option<f64>,
    /// The latest touchpoint that added to the exposure.
    pub latest: Option<u32>,
}

impl Living {
    /// What an account orders and owes; `None` for an unknown row.
    #[must_use]
    pub fn spending(&self, row: u32) -> Option<Spending> {
        self.with_account(row, |account, view| {
            let before = view.today.saturating_sub(COMPARED_DAYS);
            let earlier = ByKind::of(&account.facts, before);
            let then = View { today: before, ..view }.over(&earlier);
            let settled = settle(&view);
            let late = |window| behaviour(&view, &settled, window).and_then(|sum| sum.dbt());
            let adds = [FactKind::Order, FactKind::Invoice].map(|kind| view.kind(kind).iter());
            Some(Spending {
                today: view.today,
                orders: seen(&view),
                exposure: exposure(&view),
                exposure_before: exposure(&then),
                late_days: late(30),
                late_days_usual: late(365),
                latest: adds.into_iter().flatten().map(|fact| fact.seq).max(),
            })
        })
    }

    /// Rows to which something happened on a day or after it.
    #[must_use]
    pub fn active_since(&self, day: u16) -> Vec<u32> {
        let rows = u32::try_from(self.len()).unwrap_or(u32::MAX);
        let active = |row: &u32| {
            let (index, place) = split(*row);
            let Some(chunk) = self.chunk(index) else { return false };
            let chunk = read(&chunk);
            let last = chunk.accounts.get(place).and_then(|account| account.facts.last());
            last.is_some_and(|fact| fact.day >= day)
        };
        (0..rows).filter(active).collect()
    }
}

fn seen(view: &View<'_>) -> Vec<SeenOrder> {
    let mut lanes: Vec<&Fact> = view.kind(FactKind::OrderLane).to_vec();
    lanes.sort_unstable_by_key(|fact| fact.doc);
    let lane = |order: &Order| {
        let place = lanes.binary_search_by_key(&order.doc, |fact| fact.doc).ok()?;
        lanes.get(place).map(|fact| reference(fact))
    };
    let mut found: Vec<SeenOrder> = orders(view)
        .iter()
        .map(|order| SeenOrder {
            doc: order.doc,
            seq: order.seq,
            at_s: i64::from(order.at_s),
            day: order.day,
            minor: view.convert(order.value, order.currency, order.day),
            lane: lane(order).unwrap_or(0),
            cancelled: order.cancelled,
        })
        .collect();
    found.sort_unstable_by_key(|order| (order.at_s, order.doc));
    found
}

/// Open invoices and open orders less what pays nothing yet.
pub(super) fn exposure(view: &View<'_>) -> Option<i64> {
    let settled = settle(view);
    let mut sum = 0_i64;
    for item in settled.items.iter().filter(|item| item.open > 0) {
        sum = sum.checked_add(view.convert(item.open, item.invoice.currency, item.invoice.day)?)?;
    }
    for (_, currency, day, minor) in &settled.left {
        sum = sum.checked_sub(view.convert(*minor, *currency, *day)?)?;
    }
    let mut invoices: Vec<&Fact> = view.latest(FactKind::Invoice);
    invoices.sort_unstable_by_key(|fact| fact.doc);
    let mut invoiced: Vec<(u64, i64)> = Vec::new();
    for link in view.kind(FactKind::InvoiceOrder) {
        let Ok(place) = invoices.binary_search_by_key(&link.doc, |fact| fact.doc) else { continue };
        let Some(invoice) = invoices.get(place).filter(|invoice| invoice.seq == link.seq) else { continue };
        invoiced.push((reference(link), view.convert(invoice.amount, invoice.currency, invoice.day)?));
    }
    invoiced.sort_unstable();
    for order in orders(view).iter().filter(|order| !order.cancelled && view.within(order.day, ORDER_DAYS)) {
        let value = view.convert(order.value, order.currency, order.day)?;
        let from = invoiced.partition_point(|(doc, _)| *doc < order.doc);
        let of_order = invoiced.iter().skip(from).take_while(|(doc, _)| *doc == order.doc);
        let rest = of_order.fold(value, |rest, (_, minor)| rest.saturating_sub(*minor));
        sum = sum.checked_add(rest.max(0))?;
    }
    Some(sum)
}
