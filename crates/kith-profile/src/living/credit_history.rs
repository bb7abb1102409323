//! How an account buys on credit and pays: what a risk score and a limit are made of.

use super::Living;
use super::promises::promises;
use super::spending::exposure;
use crate::fact::{Fact, FactKind};
use crate::metric::disputes::Disputes;
use crate::metric::payments::{Settled, behaviour, settle};
use crate::metric::sheet::{ByKind, View};
use crate::metric::{Name, Part, Value, compute, revenue, sheet::Sheet};

/// Days of credit sales that a limit follows.
const SALES_DAYS: u16 = 90;
/// Days of behaviour.
const YEAR: u16 = 365;
/// Days after which something overdue is grave.
const GRAVE_DAYS: u16 = 60;
/// Days between two looks at the use of the limit, and how many there are: a quarter.
const LOOK_DAYS: u16 = 7;
const LOOKS: u16 = 13;
/// The share of looks below which the use of the limit lies.
const PERCENTILE: usize = 90;

/// How an account buys on credit and pays, in one currency.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreditHistory {
    /// Invoiced net of credit notes in 90 days, in minor units.
    pub sales_90d_minor: Option<i64>,
    /// Amount-weighted days from invoice to due day, over a year.
    pub terms_days: Option<f64>,
    /// Slope of the order trend a week, relative.
    pub trend_per_week: Option<f64>,
    /// Whether the trend is told as declining.
    pub is_declining: Option<bool>,
    /// Days beyond terms, over a year.
    pub days_beyond_terms: Option<f64>,
    /// Share of the amount paid on time, over a year.
    pub on_time_amount: Option<f64>,
    /// Share of the open balance that is more than 60 days overdue; nothing open is none.
    pub overdue_60_share: Option<f64>,
    /// Share of the open balance that is disputed; nothing open is none.
    pub disputed_share: Option<f64>,
    /// Payments that came back in a year.
    pub returned_365d: u32,
    /// Promises to pay that were broken in 180 days.
    pub broken_180d: u32,
    /// Invoices that are paid.
    pub paid_invoices: u32,
    /// Months in which something was paid.
    pub paid_months: u32,
    /// Days since the first invoice.
    pub history_days: u32,
    /// What is owed and on order, in minor units.
    pub exposure_minor: Option<i64>,
    /// What was owed and on order nine weeks of ten in the last quarter, at most.
    pub exposure_p90_minor: Option<i64>,
}

impl Living {
    /// How an account buys and pays: as the whole company in its own currency, or of one legal entity in that entity's.
    /// `None` for an unknown row or entity.
    #[must_use]
    pub fn credit_history(&self, row: u32, entity: Option<&str>) -> Option<CreditHistory> {
        self.credit_history_on(row, entity, self.day())
    }

    /// The same as it was at the end of an earlier day, with all that is known today of the time until then.
    #[must_use]
    pub fn credit_history_on(&self, row: u32, entity: Option<&str>, day: u16) -> Option<CreditHistory> {
        let inputs = self.inputs();
        let own = match entity {
            Some(code) => {
                let number = inputs.context.entity_number(code)?;
                Some((number, inputs.context.entities.get(usize::from(number) - 1)?.currency))
            }
            None => None,
        };
        self.with_account(row, |account, view| {
            let view = View { today: day.min(view.today), ..view };
            let Some((number, currency)) = own else {
                let sorted = ByKind::of(&account.facts, view.today);
                return Some(history(&account.facts, view.over(&sorted)));
            };
            // What names no entity (a cancellation, a returned payment) belongs to the document it names.
            let facts: Vec<Fact> =
                account.facts.iter().filter(|fact| [number, 0].contains(&fact.entity)).copied().collect();
            let sorted = ByKind::of(&facts, view.today);
            Some(history(&facts, View { currency, ..view }.over(&sorted)))
        })
    }
}

impl Living {
    /// What was owed and on order at the end of each of some days, today's first, in minor units of the organisation's
    /// currency; fewer where a rate is missing.
    #[must_use]
    pub fn exposures(&self, row: u32, days: u16) -> Vec<i64> {
        let found = self.with_account(row, |account, view| {
            let look = |back: u16| {
                let today = view.today.checked_sub(back)?;
                let sorted = ByKind::of(&account.facts, today);
                exposure(&View { today, ..view }.over(&sorted))
            };
            Some((0..days).map_while(look).collect())
        });
        found.unwrap_or_default()
    }
}

fn history(facts: &[Fact], view: View<'_>) -> CreditHistory {
    let settled = settle(&view);
    let year = behaviour(&view, &settled, YEAR);
    let mut sheet = Sheet::default();
    compute(&view, Part::Orders.bit(), None, &mut sheet);
    let number = |name: Name| match sheet.get(name.first() + 1)? {
        Value::Number(value) => Some(f64::from(value)),
        Value::Label(value) => Some(f64::from(value)),
        Value::Money(_) | Value::Date(_) => None,
    };
    let sold = revenue::bookings(&view).into_iter().filter(|booking| view.within(booking.day, SALES_DAYS));
    let sales = sold.map(|booking| booking.minor).try_fold(0_i64, |sum, minor| sum.checked_add(minor?));
    let paid = || settled.items.iter().filter(|item| item.open == 0 && !item.paid.is_empty());
    let mut months: Vec<u16> =
        settled.items.iter().flat_map(|item| item.paid.iter().map(|paid| paid.day / 30)).collect();
    months.sort_unstable();
    months.dedup();
    let first = settled.items.iter().map(|item| item.invoice.day).min();
    let returned = view.latest(FactKind::PaymentReturned);
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    CreditHistory {
        sales_90d_minor: sales,
        terms_days: year.and_then(|sum| sum.terms()),
        trend_per_week: number(Name::OrderTrend),
        is_declining: number(Name::OrderTrendLabel)
            .map(|label| label.to_bits() == f64::from(crate::metric::DECLINING).to_bits()),
        days_beyond_terms: year.and_then(|sum| sum.dbt()),
        on_time_amount: year.and_then(|sum| sum.on_time_amount()),
        overdue_60_share: overdue(&view, &settled),
        disputed_share: disputed(&view, &settled),
        returned_365d: count(returned.iter().filter(|fact| view.within(fact.day, YEAR)).count()),
        broken_180d: promises(&view).broken_180d,
        paid_invoices: count(paid().count()),
        paid_months: count(months.len()),
        history_days: first.map_or(0, |first| u32::from(view.today.saturating_sub(first))),
        exposure_minor: exposure(&view),
        exposure_p90_minor: usual(facts, view),
    }
}

/// The share of the open balance that is gravely overdue.
fn overdue(view: &View<'_>, settled: &Settled) -> Option<f64> {
    if settled.items.is_empty() {
        return None;
    }
    let (mut open, mut grave) = (0_i128, 0_i128);
    for item in settled.items.iter().filter(|item| item.open > 0) {
        let minor = i128::from(view.convert(item.open, item.invoice.currency, item.invoice.day)?);
        open += minor;
        if u32::from(item.due) + u32::from(GRAVE_DAYS) < u32::from(view.today) {
            grave += minor;
        }
    }
    Some(if open > 0 { grave as f64 / open as f64 } else { 0.0 })
}

/// The share of the open balance that is disputed.
fn disputed(view: &View<'_>, settled: &Settled) -> Option<f64> {
    let disputes = Disputes::of(view);
    let (mut open, mut part) = (0_i128, 0_i128);
    for item in settled.items.iter().filter(|item| item.open > 0) {
        let weigh = |minor: i64| view.convert(minor, item.invoice.currency, item.invoice.day).map(i128::from);
        open += weigh(item.open)?;
        part += weigh(disputes.open(view, item)?)?;
    }
    Some(if open > 0 { part as f64 / open as f64 } else { 0.0 })
}

/// The exposure below which nine of ten looks of the last quarter lie.
fn usual(facts: &[Fact], view: View<'_>) -> Option<i64> {
    let look = |back: u16| {
        let today = view.today.checked_sub(back * LOOK_DAYS)?;
        let sorted = ByKind::of(facts, today);
        exposure(&View { today, ..view }.over(&sorted))
    };
    let mut looks: Vec<i64> = (0..LOOKS).filter_map(look).collect();
    looks.sort_unstable();
    let place = (looks.len().saturating_sub(1) * PERCENTILE).div_ceil(100);
    looks.get(place).copied()
}
