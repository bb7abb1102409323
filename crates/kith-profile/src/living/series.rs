//! Weekly values for sparklines.

use super::Living;
use crate::fact::FactKind;
use crate::metric::sheet::View;
use crate::metric::{orders, payments, revenue, service};

/// Most weeks of a series: the days for which facts are kept.
const WEEKS_MOST: usize = 57;

impl Living {
    /// Weekly values, oldest first, of `orders`, `order_value`, `revenue`, `otif`, `on_time`, `days_to_pay`,
    /// `inquiries`, `portal_logins` or `touchpoints`; the last week ends on the day of the profile. Money in
    /// units (not minor units) of the organisation's currency. A ratio of nothing, or an amount without a
    /// rate, is NaN. `None` for another family or an unknown row.
    #[must_use]
    pub fn series(&self, row: u32, family: &str, weeks: usize) -> Option<Vec<f32>> {
        let weeks = weeks.min(WEEKS_MOST);
        self.with_account(row, |_, view| {
            let rows = rows(&view, family)?;
            let money = family == "order_value" || family == "revenue";
            let scale = if money { 10_f64.powi(i32::from(view.home.exponent())) } else { 1.0 };
            Some(fold(&view, &rows, weeks, scale))
        })
    }

    /// Revenue of each of so many weeks, oldest first, in minor units of the organisation's currency; the last week ends
    /// on the day of the profile. Amounts without a rate are left out. `None` for an unknown row.
    #[must_use]
    pub fn revenue_weeks(&self, row: u32, weeks: usize) -> Option<Vec<i64>> {
        let weeks = weeks.min(WEEKS_MOST);
        self.with_account(row, |_, view| {
            let mut sums = vec![0_i64; weeks];
            for booking in revenue::bookings(&view) {
                let age = usize::from(view.today.saturating_sub(booking.day)) / 7;
                let place = weeks.checked_sub(age + 1).filter(|_| booking.day <= view.today);
                if let (Some(sum), Some(minor)) = (place.and_then(|place| sums.get_mut(place)), booking.minor)
                {
                    *sum = sum.saturating_add(minor);
                }
            }
            Some(sums)
        })
    }
}

/// What one day brings: part and whole of a ratio, or an amount over 1.
struct Row {
    day: u16,
    part: f64,
    /// 0 for sums.
    whole: f64,
    ratio: bool,
}

fn fold(view: &View<'_>, rows: &[Row], weeks: usize, scale: f64) -> Vec<f32> {
    let mut sums = vec![(0.0_f64, 0.0_f64); weeks];
    let ratio = rows.first().is_some_and(|row| row.ratio);
    for row in rows {
        let age = usize::from(view.today.saturating_sub(row.day)) / 7;
        let place = weeks.checked_sub(age + 1).and_then(|place| sums.get_mut(place));
        if let Some(sum) = place {
            sum.0 += row.part;
            sum.1 += row.whole;
        }
    }
    let value = |(part, whole): (f64, f64)| if ratio { part / whole } else { part / scale };
    sums.into_iter().map(|sum| value(sum) as f32).collect()
}

fn rows(view: &View<'_>, family: &str) -> Option<Vec<Row>> {
    let sum = |day: u16, part: f64| Row { day, part, whole: 0.0, ratio: false };
    let amount = |day: u16, minor: Option<i64>| sum(day, minor.map_or(f64::NAN, |minor| minor as f64));
    let count = |kind: FactKind| -> Vec<Row> {
        view.facts.iter().filter(|fact| fact.is(kind)).map(|fact| sum(fact.day, 1.0)).collect()
    };
    let live = || orders::orders(view).into_iter().filter(|order| !order.cancelled);
    Some(match family {
        "orders" => live().map(|order| sum(order.day, 1.0)).collect(),
        "order_value" => live()
            .map(|order| amount(order.day, view.convert(order.value, order.currency, order.day)))
            .collect(),
        "revenue" => {
            revenue::bookings(view).iter().map(|booking| amount(booking.day, booking.minor)).collect()
        }
        "otif" | "on_time" => ratios(view, family == "otif"),
        "days_to_pay" => days_to_pay(view),
        "inquiries" => count(FactKind::InquiryReceived),
        "portal_logins" => count(FactKind::PortalLogin),
        "touchpoints" => {
            view.facts.iter().filter(|fact| fact.is_primary()).map(|fact| sum(fact.day, 1.0)).collect()
        }
        _ => return None,
    })
}

fn ratios(view: &View<'_>, both: bool) -> Vec<Row> {
    let share = |promise: &service::Promise| {
        let kept = service::kept(std::iter::once(promise));
        let (part, whole) = if both { kept.otif } else { kept.on_time };
        Row { day: promise.day, part: part as f64, whole: whole as f64, ratio: true }
    };
    let mut rows: Vec<Row> = service::promises(view).iter().map(share).collect();
    rows.sort_by_key(|row| row.day);
    ensure_ratio(rows)
}

/// Days to pay of what was paid in each week, by amount.
fn days_to_pay(view: &View<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for item in payments::settle(view).items {
        for paid in &item.paid {
            let minor = view.convert(paid.minor, item.invoice.currency, item.invoice.day);
            let weight = minor.map_or(f64::NAN, |minor| minor as f64);
            let days = f64::from(paid.day) - f64::from(item.invoice.day);
            rows.push(Row { day: paid.day, part: weight * days, whole: weight, ratio: true });
        }
    }
    ensure_ratio(rows)
}

/// Without a single row the series is still one of ratios: of nothing.
fn ensure_ratio(mut rows: Vec<Row>) -> Vec<Row> {
    if rows.is_empty() {
        rows.push(Row { day: 0, part: 0.0, whole: 0.0, ratio: true });
    }
    rows
}
