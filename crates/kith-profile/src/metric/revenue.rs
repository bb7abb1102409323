//! Revenue: invoiced net of credit notes, its trend, and its lanes.

use super::Name;
use super::orders::{TREND_WEEKS, TrendKeys, TrendNames, fresh, put_change, put_trend, weekly};
use super::sheet::{Sheet, Sum, View, WINDOWS, of_doc, reference};
use super::trend::{change, weeks};
use crate::fact::{Fact, FactKind};

/// One booking: an invoice, or a credit note as a negative amount, converted if a rate is there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Booking {
    pub(crate) day: u16,
    pub(crate) minor: Option<i64>,
    /// The invoice that it belongs to, 0 for none.
    pub(crate) invoice: u64,
}

/// All bookings, invoices first, each by document.
pub(crate) fn bookings(view: &View<'_>) -> Vec<Booking> {
    let booking = |fact: &Fact, sign: i64, invoice: u64| Booking {
        day: fact.day,
        minor: view.convert(fact.amount, fact.currency, fact.day).map(|minor| minor.saturating_mul(sign)),
        invoice,
    };
    let invoices = view.latest(FactKind::Invoice);
    let notes = view.latest(FactKind::CreditNote);
    let mut all = Vec::with_capacity(invoices.len() + notes.len());
    all.extend(invoices.into_iter().map(|fact| booking(fact, 1, fact.doc)));
    all.extend(notes.into_iter().map(|fact| booking(fact, -1, reference(fact))));
    all
}

const NAMES: TrendNames = TrendNames {
    relative: Name::RevenueTrend,
    p: Name::RevenueTrendP,
    label: Name::RevenueTrendLabel,
    slopes: None,
};

/// Writes all metrics of revenue.
pub(crate) fn compute(view: &View<'_>, keys: Option<&mut TrendKeys>, sheet: &mut Sheet) {
    let bookings = bookings(view);
    for (place, window) in WINDOWS.into_iter().enumerate() {
        let (sum, count) = total(view, &bookings, window);
        sheet.money(Name::Revenue, place, count, sum);
    }
    let first = bookings.iter().map(|booking| booking.day).min();
    let Some(first) = first else {
        put_change(sheet, NAMES, 0, None);
        for place in 0..TREND_WEEKS.len() {
            put_trend(sheet, NAMES, place, 0, None);
        }
        if let Some(keys) = keys {
            *keys = TrendKeys::default();
        }
        return;
    };
    let recent = total(view, &bookings, 30).0;
    let both = total(view, &bookings, 60).0;
    let known = recent.zip(both).map(|(recent, both)| change(recent, both.saturating_sub(recent)));
    put_change(sheet, NAMES, usize::from((view.today - first) / 7), known);
    let mut keys = keys.map(|keys| keys.0.iter_mut());
    for (place, count) in TREND_WEEKS.into_iter().enumerate() {
        let span = weeks(view.today, first, count);
        let rows = || bookings.iter().filter(|booking| super::trend::week(booking.day) >= span.0);
        let key = keys.as_mut().and_then(Iterator::next);
        if rows().any(|booking| booking.minor.is_none()) {
            // A missing rate is a missing value; the next series is computed afresh.
            if let Some(key) = key {
                *key = 0;
            }
            put_trend(sheet, NAMES, place, 0, None);
            continue;
        }
        let y = weekly(rows().map(|booking| (booking.day, booking.minor.unwrap_or(0))), span);
        if let Some(found) = fresh(key, &y) {
            put_trend(sheet, NAMES, place, y.len(), found);
        }
    }
}

fn total(view: &View<'_>, bookings: &[Booking], window: u16) -> (Option<i64>, usize) {
    let mut sum = Sum::default();
    let mut count = 0;
    for booking in bookings.iter().filter(|booking| view.within(booking.day, window)) {
        sum.add(booking.minor);
        count += 1;
    }
    (sum.total(), count)
}

/// Revenue by lane pseudonym (0 for none known) in the window, greatest first. `None` when a rate is missing.
pub(crate) fn by_lane(view: &View<'_>, window: u16) -> Option<Vec<(u64, i64)>> {
    let links = view.latest(FactKind::InvoiceOrder);
    let lanes = view.latest(FactKind::OrderLane);
    let mut rows: Vec<(u64, i64)> = Vec::new();
    for booking in bookings(view).iter().filter(|booking| view.within(booking.day, window)) {
        let order = of_doc(&links, booking.invoice).map(reference);
        let lane = order.and_then(|order| of_doc(&lanes, order)).map_or(0, reference);
        rows.push((lane, booking.minor?));
    }
    rows.sort_unstable();
    let mut sums: Vec<(u64, i64)> = Vec::new();
    for (lane, minor) in rows {
        match sums.last_mut() {
            Some(last) if last.0 == lane => last.1 = last.1.checked_add(minor)?,
            _ => sums.push((lane, minor)),
        }
    }
    sums.sort_by_key(|row| (std::cmp::Reverse(row.1), row.0));
    Some(sums)
}
