//! Sum and count in an hour, a day and a week against the most that half a year has seen.

use super::{Case, DAY, Detector, Order, Signal};

const WINDOWS: [(i64, &str); 3] = [(3_600, "an hour"), (DAY, "24 hours"), (7 * DAY, "7 days")];
const HISTORY: i64 = 180 * DAY;
/// Orders below which nothing is said.
const ORDERS_LEAST: usize = 8;
/// So few orders are never fast.
const COUNT_LEAST: usize = 3;

/// Sum and count of the windows of one length that end at each order.
fn windows(orders: &[Order], length: i64) -> impl Iterator<Item = (i128, usize)> {
    let mut from = 0;
    let mut sum = 0_i128;
    orders.iter().enumerate().map(move |(at, order)| {
        sum += i128::from(order.minor);
        while let Some(first) = orders.get(from).filter(|first| first.at <= order.at - length) {
            sum -= i128::from(first.minor);
            from += 1;
        }
        (sum, at + 1 - from)
    })
}

pub(super) fn signal(case: &Case, past: &[Order]) -> Option<Signal> {
    if past.len() < ORDERS_LEAST {
        return None;
    }
    let threshold = case.thresholds.of(Detector::Velocity);
    let mut worst: Option<(f64, String)> = None;
    for (length, name) in WINDOWS {
        let within = |order: &&Order, least: i64, most: i64| {
            let age = case.at - order.at;
            age >= least && age < most
        };
        let now: Vec<&Order> = past.iter().filter(|order| within(order, 0, length)).collect();
        // The burst itself is not what it is compared with.
        let before: Vec<Order> =
            past.iter().filter(|order| within(order, length, HISTORY)).copied().collect();
        let most_sum = windows(&before, length).map(|window| window.0).max().unwrap_or(0);
        let most_count = windows(&before, length).map(|window| window.1).max().unwrap_or(0);
        let sum: i128 =
            now.iter().map(|order| i128::from(order.minor)).sum::<i128>() + i128::from(case.minor);
        let count = now.len() + 1;
        if most_count == 0 || count < 2 {
            continue;
        }
        let by_sum = sum as f64 / most_sum.max(1) as f64;
        let by_count = if count < COUNT_LEAST { 0.0 } else { count as f64 / most_count as f64 };
        let ratio = by_sum.max(by_count);
        if worst.as_ref().is_none_or(|(known, _)| ratio > *known) {
            let what = if by_sum >= by_count {
                format!("The sum of orders in {name}")
            } else {
                format!("The number of orders in {name}")
            };
            worst = Some((ratio, what));
        }
    }
    let (ratio, what) = worst?;
    let severity = threshold.severity(ratio)?;
    let text = format!(
        "{what} is {ratio:.1} times the most of the last 180 days; unusual above {:.1}, grave above {:.1}.",
        threshold.medium, threshold.high
    );
    Some(Signal { detector: Detector::Velocity, severity, statistic: ratio, threshold, text })
}
