//! What a customer owes over time, so that its limit fits its trade.

use std::collections::BTreeMap;

use super::happening::{Billing, DAY_SECONDS, Day, Happening, OrderStep, What};

/// Days in which the most that a customer owed counts.
const YEAR: Day = 365;

/// What a customer owed: orders placed and not paid yet, in minor units.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Trade {
    /// At the end of the history.
    pub(super) now: i64,
    /// Two days earlier.
    pub(super) lately: i64,
    /// The most within a year.
    pub(super) peak: i64,
}

/// The trade of each customer by its place.
pub(super) fn trades(happened: &[Happening], customers: usize, today: Day) -> Vec<Trade> {
    let mut trades = vec![Trade::default(); customers];
    let mut values: BTreeMap<(u32, u32), i64> = BTreeMap::new();
    let mut payments: BTreeMap<(u32, u32), i64> = BTreeMap::new();
    for happening in happened {
        let moved = match &happening.what {
            What::Order(OrderStep::Placed { order, value, .. }) => {
                values.insert((happening.customer, *order), *value);
                *value
            }
            What::Order(OrderStep::Cancelled { order }) => {
                -values.get(&(happening.customer, *order)).copied().unwrap_or_default()
            }
            What::Billing(Billing::CreditNote { amount, .. }) => -amount,
            What::Billing(Billing::Payment { payment, allocations }) => {
                let paid = allocations.iter().map(|(_, amount)| amount).sum();
                payments.insert((happening.customer, *payment), paid);
                -paid
            }
            What::Billing(Billing::Returned { payment }) => {
                payments.get(&(happening.customer, *payment)).copied().unwrap_or_default()
            }
            _ => continue,
        };
        let Some(trade) = trades.get_mut(happening.customer as usize) else { continue };
        trade.now += moved;
        let day = happening.at.div_euclid(DAY_SECONDS);
        if day < today - 2 {
            trade.lately = trade.now;
        }
        if day > today - YEAR {
            trade.peak = trade.peak.max(trade.now);
        }
    }
    trades
}

/// The next amount from here on that a person would write down, in minor units.
pub(super) fn rounded_up(minor: i64) -> i64 {
    let step = step(minor);
    (minor + step - 1) / step * step
}

/// The last amount up to here that a person would write down.
pub(super) fn rounded_down(minor: i64) -> i64 {
    minor / step(minor) * step(minor)
}

fn step(minor: i64) -> i64 {
    match minor / 100 {
        ..10_000 => 50_000,
        10_000..50_000 => 250_000,
        50_000..200_000 => 500_000,
        200_000..1_000_000 => 2_500_000,
        _ => 10_000_000,
    }
}
