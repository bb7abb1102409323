//! Orders: volume, frequency, gaps, trend, recency.

use super::sheet::{Sheet, Sum, View, WINDOWS, median};
use super::trend::{Trend, change, trend, week, weeks};
use super::{Name, Value};
use crate::fact::{Fact, FactKind};

/// An order after amendments and cancellation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Order {
    /// The document.
    pub(crate) doc: u64,
    /// When it was placed, second since 1970.
    pub(crate) at_s: u32,
    /// The touchpoint that placed it.
    pub(crate) seq: u32,
    /// Number of the legal entity.
    pub(crate) entity: u8,
    /// The day on which it was placed.
    pub(crate) day: u16,
    /// Latest value, in minor units of `currency`.
    pub(crate) value: i64,
    pub(crate) currency: u8,
    /// Day of the requested delivery, 0 for none.
    pub(crate) requested: u16,
    pub(crate) cancelled: bool,
}

/// All orders that were placed, sorted by document. Of several placings or values of one order the greatest
/// (time, source, id) rules.
pub(crate) fn orders(view: &View<'_>) -> Vec<Order> {
    let mut found: Vec<&Fact> = view.kinds(FactKind::Order, FactKind::OrderCancelled).to_vec();
    found.sort_unstable_by_key(|fact| fact.doc);
    found.chunk_by(|one, other| one.doc == other.doc).filter_map(|group| order(view, group)).collect()
}

fn order(view: &View<'_>, group: &[&Fact]) -> Option<Order> {
    let mut placed: Option<&Fact> = None;
    let mut valued: Option<&Fact> = None;
    let mut cancelled = false;
    for fact in group {
        if fact.is(FactKind::OrderCancelled) {
            cancelled = true;
            continue;
        }
        if valued.is_none_or(|valued| fact.later_than(valued, view.lookup)) {
            valued = Some(fact);
        }
        if fact.flags & Fact::AMENDED == 0 && placed.is_none_or(|placed| fact.later_than(placed, view.lookup))
        {
            placed = Some(fact);
        }
    }
    let (placed, valued) = placed.zip(valued)?;
    Some(Order {
        doc: placed.doc,
        at_s: placed.at_s,
        seq: placed.seq,
        entity: placed.entity,
        day: placed.day,
        value: valued.amount,
        currency: valued.currency,
        requested: u16::try_from(placed.aux).unwrap_or(0),
        cancelled,
    })
}

/// Fingerprints of the weekly series that the trends of a row were computed from. Theil–Sen over 52 weeks is
/// dear, and its series changes once a week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct TrendKeys(pub(crate) [u64; 2]);

/// Computes a trend unless the series is that of last time; `None` then.
pub(crate) fn fresh(key: Option<&mut u64>, y: &[i64]) -> Option<Option<Trend>> {
    use std::hash::Hasher;
    let Some(key) = key else { return Some(trend(y)) };
    let mut hasher = siphasher::sip::SipHasher13::new();
    hasher.write_usize(y.len());
    y.iter().for_each(|value| hasher.write_i64(*value));
    let print = hasher.finish().max(1);
    if std::mem::replace(key, print) == print { None } else { Some(trend(y)) }
}

/// Weekly sums between two weeks.
pub(crate) fn weekly(rows: impl Iterator<Item = (u16, i64)>, span: (u32, u32)) -> Vec<i64> {
    let mut y = vec![0_i64; span.1.saturating_sub(span.0) as usize];
    for (day, value) in rows {
        let place = week(day).checked_sub(span.0).and_then(|place| y.get_mut(place as usize));
        if let Some(slot) = place {
            *slot = slot.saturating_add(value);
        }
    }
    y
}

/// The names under which a trend is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TrendNames {
    pub(crate) relative: Name,
    pub(crate) p: Name,
    pub(crate) label: Name,
    /// Slope and least squares, where they are told.
    pub(crate) slopes: Option<(Name, Name)>,
}

/// Writes a trend for the long window at `place` (0 for 90 days, 1 for 365).
pub(crate) fn put_trend(
    sheet: &mut Sheet,
    names: TrendNames,
    place: usize,
    weeks: usize,
    found: Option<Trend>,
) {
    let label = found.map(|found| Value::Label(found.label));
    sheet.number(names.relative, place + 1, weeks, found.map(|found| found.relative));
    sheet.number(names.p, place, weeks, found.map(|found| found.p));
    sheet.put(names.label, place + 1, weeks, label);
    if let Some((slope, ols)) = names.slopes {
        sheet.number(slope, place, weeks, found.map(|found| found.slope));
        sheet.number(ols, place, weeks, found.map(|found| found.ols));
    }
}

/// Complete ISO weeks of the long windows.
pub(crate) const TREND_WEEKS: [u32; 2] = [13, 52];

/// Writes the change of 30 days against the 30 before.
pub(crate) fn put_change(sheet: &mut Sheet, names: TrendNames, sample: usize, found: Option<(f64, u16)>) {
    sheet.number(names.relative, 0, sample, found.map(|found| found.0));
    sheet.put(names.label, 0, sample, found.map(|found| Value::Label(found.1)));
}

const NAMES: TrendNames = TrendNames {
    relative: Name::OrderTrend,
    p: Name::OrderTrendP,
    label: Name::OrderTrendLabel,
    slopes: Some((Name::OrderTrendSlope, Name::OrderTrendOls)),
};

/// Writes all metrics of orders.
pub(crate) fn compute(view: &View<'_>, keys: Option<&mut TrendKeys>, sheet: &mut Sheet) {
    let mut live = orders(view);
    live.retain(|order| !order.cancelled);
    live.sort_unstable_by_key(|order| (order.day, order.doc));
    let first = live.first().map(|order| order.day);
    for (place, window) in WINDOWS.into_iter().enumerate() {
        let start = live.partition_point(|order| !view.within(order.day, window));
        volume(view, sheet, place, live.get(start..).unwrap_or_default(), first);
    }
    let date = |day: u16| Value::Date(i64::from(day));
    let last = live.last().map(|order| order.day);
    sheet.number(Name::DaysSinceLastOrder, 0, live.len(), last.map(|day| f64::from(view.today - day)));
    sheet.put(Name::FirstOrderOn, 0, live.len(), first.map(date));
    sheet.put(Name::LastOrderOn, 0, live.len(), last.map(date));
    trends(view, keys, sheet, &live);
}

fn volume(view: &View<'_>, sheet: &mut Sheet, place: usize, rows: &[Order], first: Option<u16>) {
    let mut value = Sum::default();
    for order in rows {
        value.add(view.convert(order.value, order.currency, order.day));
    }
    let mut gaps: Vec<i64> = rows
        .windows(2)
        .filter_map(|pair| match pair {
            [one, other] => Some(i64::from(other.day - one.day)),
            _ => None,
        })
        .collect();
    let window = WINDOWS.get(place).copied().unwrap_or(0);
    let active = first.map(|first| (view.today - first).saturating_add(1).min(window).max(7));
    sheet.count(Name::Orders, place, rows.len());
    sheet.money(Name::OrderValue, place, rows.len(), value.total());
    let frequency = active.map(|days| rows.len() as f64 * 7.0 / f64::from(days));
    sheet.number(Name::OrderFrequency, place, rows.len(), frequency);
    sheet.number(Name::OrderGap, place, gaps.len(), median(&mut gaps));
}

fn trends(view: &View<'_>, keys: Option<&mut TrendKeys>, sheet: &mut Sheet, live: &[Order]) {
    let Some(first) = live.first().map(|order| order.day) else {
        put_change(sheet, NAMES, 0, None);
        for place in 0..TREND_WEEKS.len() {
            put_trend(sheet, NAMES, place, 0, None);
        }
        if let Some(keys) = keys {
            *keys = TrendKeys::default();
        }
        return;
    };
    let recent = live.iter().filter(|order| view.within(order.day, 30)).count() as i64;
    let both = live.iter().filter(|order| view.within(order.day, 60)).count() as i64;
    let weeks_known = usize::from((view.today - first) / 7);
    put_change(sheet, NAMES, weeks_known, Some(change(recent, both - recent)));
    let mut keys = keys.map(|keys| keys.0.iter_mut());
    for (place, count) in TREND_WEEKS.into_iter().enumerate() {
        let span = weeks(view.today, first, count);
        let y = weekly(live.iter().map(|order| (order.day, 1)), span);
        if let Some(found) = fresh(keys.as_mut().and_then(Iterator::next), &y) {
            put_trend(sheet, NAMES, place, y.len(), found);
        }
    }
}
