//! Service quality: deliveries against promises, exceptions, claims.

use super::Name;
use super::orders::{Order, orders};
use super::sheet::{Sheet, Sum, View, WINDOWS, reference};
use crate::fact::{Fact, FactKind};

/// One order that was delivered, or should have been.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Promise {
    /// Day of delivery, or of the promise that passed.
    pub(crate) day: u16,
    /// Whether it was delivered.
    pub(crate) delivered: bool,
    pub(crate) on_time: Option<bool>,
    pub(crate) in_full: Option<bool>,
}

/// All deliveries, and all orders past their requested day without one, sorted by document.
pub(crate) fn promises(view: &View<'_>) -> Vec<Promise> {
    let orders = orders(view);
    let deliveries = view.latest(FactKind::Delivered);
    let mut found = Vec::with_capacity(deliveries.len());
    let mut rest = orders.iter().peekable();
    // Both lists are sorted by document: walk them side by side.
    for delivery in deliveries {
        while let Some(order) = rest.next_if(|order| order.doc < delivery.doc) {
            found.extend(overdue(view, order));
        }
        let order = rest.next_if(|order| order.doc == delivery.doc);
        found.push(delivered(delivery, order));
    }
    found.extend(rest.filter_map(|order| overdue(view, order)));
    found
}

fn delivered(fact: &Fact, order: Option<&Order>) -> Promise {
    let flag = |known: u8, yes: u8| (fact.flags & known != 0).then_some(fact.flags & yes != 0);
    let requested = order.map(|order| order.requested).filter(|day| *day > 0);
    Promise {
        day: fact.day,
        delivered: true,
        on_time: flag(Fact::HAS_PROMISE, Fact::ON_TIME).or_else(|| requested.map(|day| fact.day <= day)),
        in_full: flag(Fact::HAS_IN_FULL, Fact::IN_FULL),
    }
}

/// An order whose requested day has passed without a delivery counts as late on that day.
fn overdue(view: &View<'_>, order: &Order) -> Option<Promise> {
    let late = !order.cancelled && order.requested > 0 && order.requested < view.today;
    late.then_some(Promise { day: order.requested, delivered: false, on_time: Some(false), in_full: None })
}

/// Deliveries on time and with a promise, in full and saying so, both and of those that say both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) deliveries: usize,
    pub(crate) on_time: (usize, usize),
    pub(crate) in_full: (usize, usize),
    pub(crate) otif: (usize, usize),
}

/// Adds up what was kept.
pub(crate) fn kept<'a>(rows: impl Iterator<Item = &'a Promise>) -> Kept {
    let mut sum = Kept::default();
    let count = |slot: &mut (usize, usize), known: Option<bool>| {
        slot.0 += usize::from(known == Some(true));
        slot.1 += usize::from(known.is_some());
    };
    for row in rows {
        sum.deliveries += usize::from(row.delivered);
        count(&mut sum.on_time, row.on_time);
        count(&mut sum.in_full, row.in_full);
        let both = row.on_time.zip(row.in_full).map(|(on_time, in_full)| on_time && in_full);
        count(&mut sum.otif, if row.delivered { both } else { Some(false) });
    }
    sum
}

/// Writes all metrics of service quality.
pub(crate) fn compute(view: &View<'_>, sheet: &mut Sheet) {
    let promises = promises(view);
    let deliveries = view.latest(FactKind::Delivered);
    let exceptions = view.latest(FactKind::Exception);
    let claims = view.latest(FactKind::Claim);
    for (place, window) in WINDOWS.into_iter().enumerate() {
        let inside = |fact: &&&Fact| view.within(fact.day, window);
        let sum = kept(promises.iter().filter(|row| view.within(row.day, window)));
        sheet.ratio(Name::OnTime, place, sum.on_time.0, sum.on_time.1);
        sheet.ratio(Name::InFull, place, sum.in_full.0, sum.in_full.1);
        sheet.ratio(Name::Otif, place, sum.otif.0, sum.otif.1);
        sheet.count(Name::Deliveries, place, sum.deliveries);
        sheet.count(Name::Exceptions, place, exceptions.iter().filter(inside).count());
        let (hit, shipments) = hit(
            exceptions.iter().filter(inside).filter(|fact| is_grave(fact)).map(|fact| **fact),
            deliveries.iter().filter(inside).map(|fact| fact.doc),
        );
        sheet.ratio(Name::ExceptionRate, place, hit, shipments);
        let mut value = Sum::default();
        let mut filed = 0;
        for claim in claims.iter().filter(inside) {
            value.add(view.convert(claim.amount, claim.currency, claim.day));
            filed += 1;
        }
        sheet.count(Name::Claims, place, filed);
        sheet.money(Name::ClaimValue, place, filed, value.total());
        sheet.ratio(Name::ClaimRatio, place, filed, sum.deliveries);
    }
}

/// Whether an exception is of medium severity or more.
pub(crate) fn is_grave(fact: &Fact) -> bool {
    fact.flags >= crate::touchpoint::Severity::Medium as u8
}

/// Shipments with a grave exception, and all shipments: those delivered and those so hit.
fn hit(exceptions: impl Iterator<Item = Fact>, delivered: impl Iterator<Item = u64>) -> (usize, usize) {
    // An exception that names no order is a shipment of its own.
    let shipment = |fact: Fact| if fact.aux == 0 { fact.doc } else { reference(&fact) };
    let mut hit: Vec<u64> = exceptions.map(shipment).collect();
    hit.sort_unstable();
    hit.dedup();
    let others = delivered.filter(|doc| hit.binary_search(doc).is_err()).count();
    (hit.len(), hit.len() + others)
}
