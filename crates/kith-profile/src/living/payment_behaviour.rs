//! Payment behaviour (D§3.4) of an account, of one legal entity or over all: sums in one currency, so that those of several
//! accounts add up to a portfolio's, and the measures that they give.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use kith_domain::credit::{Aging, Period, countback, days_of_sales, pay_index};
use kith_domain::value::Currency;

use super::Living;
use super::promises::promises_of;
use crate::fact::FactKind;
use crate::metric::disputes::Disputes;
use crate::metric::payments::{Behaviour, Settled, behaviour, settle};
use crate::metric::sheet::{ByKind, View, of_doc};

/// Days of the invoices whose payment is judged.
const YEAR: u16 = 365;
/// Days of credit sales that the DSO is told by.
pub const SALES_DAYS: u16 = 90;
/// Days of the period whose collection is judged.
pub const COLLECTED_DAYS: u16 = 30;
/// Months that the DSO is counted back at most: this one and twelve whole ones.
const MONTHS: usize = 13;

/// Whose business is looked at: one legal entity's in its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfEntity {
    /// Its number, as facts carry it.
    pub number: u8,
    /// Its currency.
    pub currency: Currency,
    /// The number of the entity that owns the account: what names no entity is its.
    pub owner: u8,
}

/// Sums of payment behaviour in one currency. Nothing in them is rounded but exchanges, so they add up in any order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PaymentBehaviour {
    year: Behaviour,
    /// What is open, by age.
    pub aging: Aging,
    /// What of that is disputed.
    pub disputed: i128,
    /// Invoiced in a year.
    pub invoiced_365d: i128,
    /// What of that is or was disputed.
    pub disputed_365d: i128,
    /// Invoiced net of credit notes in 90 days.
    pub sales_90d: i128,
    /// The last 30 days, of which the collection effectiveness is made.
    pub period: Period,
    /// Net sales of calendar months with their days, this one first.
    months: Vec<(i128, u16)>,
    /// Promises to pay that were kept in 180 days.
    pub promises_kept: u32,
    /// Promises to pay that were broken in 180 days.
    pub promises_broken: u32,
    /// Payments that came back in a year.
    pub returned: u32,
    /// Invoices that are known.
    pub invoices: u32,
}

impl PaymentBehaviour {
    /// Adds the sums of another account, of the same day and currency.
    pub fn add(&mut self, other: &Self) {
        self.year = self.year.plus(&other.year);
        self.aging = self.aging.plus(other.aging);
        self.disputed = self.disputed.saturating_add(other.disputed);
        self.invoiced_365d = self.invoiced_365d.saturating_add(other.invoiced_365d);
        self.disputed_365d = self.disputed_365d.saturating_add(other.disputed_365d);
        self.sales_90d = self.sales_90d.saturating_add(other.sales_90d);
        self.period = self.period.plus(other.period);
        if self.months.is_empty() {
            self.months.clone_from(&other.months);
        } else {
            for (month, more) in self.months.iter_mut().zip(&other.months) {
                month.0 = month.0.saturating_add(more.0);
            }
        }
        self.promises_kept = self.promises_kept.saturating_add(other.promises_kept);
        self.promises_broken = self.promises_broken.saturating_add(other.promises_broken);
        self.returned = self.returned.saturating_add(other.returned);
        self.invoices = self.invoices.saturating_add(other.invoices);
    }

    /// Invoices of a year that are paid or past due.
    #[must_use]
    pub fn judged(&self) -> usize {
        self.year.judged()
    }

    /// Average days to pay.
    #[must_use]
    pub fn days_to_pay(&self) -> Option<f64> {
        self.year.adp()
    }

    /// Days from invoice to due day.
    #[must_use]
    pub fn weighted_terms(&self) -> Option<f64> {
        self.year.terms()
    }

    /// Days beyond terms; early payment counts as prompt.
    #[must_use]
    pub fn days_beyond_terms(&self) -> Option<f64> {
        self.year.dbt()
    }

    /// Days beyond terms with early payment as negative.
    #[must_use]
    pub fn days_beyond_terms_signed(&self) -> Option<f64> {
        self.year.dbt_signed()
    }

    /// Share of invoices paid on time.
    #[must_use]
    pub fn on_time(&self) -> Option<f64> {
        self.year.on_time()
    }

    /// Share of the amount paid on time.
    #[must_use]
    pub fn on_time_amount(&self) -> Option<f64> {
        self.year.on_time_amount()
    }

    /// The pay index of the days beyond terms: 80 is prompt.
    #[must_use]
    pub fn pay_index(&self) -> Option<u8> {
        self.days_beyond_terms_signed().and_then(pay_index)
    }

    /// Days sales outstanding.
    #[must_use]
    pub fn dso(&self) -> Option<f64> {
        days_of_sales(self.aging.total(), self.sales_90d, SALES_DAYS)
    }

    /// The same by counting back over calendar months.
    #[must_use]
    pub fn dso_countback(&self) -> Option<f64> {
        countback(self.aging.total(), &self.months)
    }

    /// The DSO if nothing were past due.
    #[must_use]
    pub fn dso_best_possible(&self) -> Option<f64> {
        days_of_sales(self.aging.current(), self.sales_90d, SALES_DAYS)
    }

    /// Average days delinquent: what the DSO is above the best possible one.
    #[must_use]
    pub fn days_delinquent(&self) -> Option<f64> {
        Some(self.dso()? - self.dso_best_possible()?)
    }

    /// Share of what was invoiced in a year that is or was disputed.
    #[must_use]
    pub fn disputed_share(&self) -> Option<f64> {
        (self.invoiced_365d > 0).then(|| self.disputed_365d as f64 / self.invoiced_365d as f64)
    }

    /// Share of promises to pay that were broken.
    #[must_use]
    pub fn broken_promises(&self) -> Option<f64> {
        let all = self.promises_kept.saturating_add(self.promises_broken);
        (all > 0).then(|| f64::from(self.promises_broken) / f64::from(all))
    }
}

impl Living {
    /// How an account pays: of one legal entity in its currency, or of all in the organisation's; sums of nothing for an
    /// unknown row, `None` where an exchange rate is missing.
    #[must_use]
    pub fn payment_behaviour(&self, row: u32, of: Option<OfEntity>) -> Option<PaymentBehaviour> {
        let found = self.with_account(row, |account, view| {
            let view = View { currency: of.map_or(view.currency, |of| of.currency), ..view };
            let before = view.today.saturating_sub(COLLECTED_DAYS);
            let earlier = ByKind::of(&account.facts, before);
            Some(sums(&view, &View { today: before, ..view }.over(&earlier), of))
        });
        found.unwrap_or_else(|| Some(PaymentBehaviour::default()))
    }
}

fn sums(view: &View<'_>, before: &View<'_>, of: Option<OfEntity>) -> Option<PaymentBehaviour> {
    let mine = |entity: u8| {
        of.is_none_or(|of| if entity == 0 { of.owner == of.number } else { of.number == entity })
    };
    let settled = of_entities(settle(view), &mine);
    let mut aging = Aging::default();
    for item in settled.items.iter().filter(|item| item.open > 0) {
        let minor = view.convert(item.open, item.invoice.currency, item.invoice.day)?;
        aging.add(minor.into(), i64::from(view.today) - i64::from(item.due));
    }
    let mut begin = 0_i128;
    for item in of_entities(settle(before), &mine).items.iter().filter(|item| item.open > 0) {
        begin += i128::from(before.convert(item.open, item.invoice.currency, item.invoice.day)?);
    }
    let sales = sales(view, &mine)?;
    let within = |window| {
        let days = sales.iter().filter(|(day, _)| view.within(*day, window));
        days.fold(0_i128, |sum, (_, minor)| sum.saturating_add(*minor))
    };
    let (disputed, of_year) = disputes(view, &settled)?;
    let promises = promises_of(view, &mine);
    let payments = view.latest(FactKind::Payment);
    let returned = view.latest(FactKind::PaymentReturned);
    // What came back names its payment, which says whose it was.
    let entity = |doc| of_doc(&payments, doc).map_or(0, |payment| payment.entity);
    let returned = returned.iter().filter(|fact| view.within(fact.day, YEAR) && mine(entity(fact.doc)));
    Some(PaymentBehaviour {
        year: behaviour(view, &settled, YEAR)?,
        aging,
        disputed,
        disputed_365d: of_year.0,
        invoiced_365d: of_year.1,
        sales_90d: within(SALES_DAYS),
        period: Period {
            begin,
            sales: within(COLLECTED_DAYS),
            end: aging.total(),
            end_current: aging.current(),
        },
        months: months(view.today, &sales),
        promises_kept: promises.kept_180d,
        promises_broken: promises.broken_180d,
        returned: u32::try_from(returned.count()).unwrap_or(u32::MAX),
        invoices: u32::try_from(settled.items.len()).unwrap_or(u32::MAX),
    })
}

/// What is open and disputed; then what was disputed and what was invoiced in a year. `None` where a rate is missing.
fn disputes(view: &View<'_>, settled: &Settled) -> Option<(i128, (i128, i128))> {
    let disputes = Disputes::of(view);
    let (mut open, mut once, mut all) = (0_i128, 0_i128, 0_i128);
    for item in &settled.items {
        let (currency, day) = (item.invoice.currency, item.invoice.day);
        let weigh = |minor: i64| view.convert(minor, currency, day).map(i128::from);
        open += weigh(disputes.open(view, item)?)?;
        if view.within(day, YEAR) {
            once += weigh(disputes.most(view, &item.invoice)?)?;
            all += weigh(item.invoice.amount)?;
        }
    }
    Some((open, (once, all)))
}

fn of_entities(settled: Settled, mine: &dyn Fn(u8) -> bool) -> Settled {
    let items = settled.items.into_iter().filter(|item| mine(item.invoice.entity)).collect();
    Settled { items, ..settled }
}

/// Invoices and, below zero, credit notes, each with its day; `None` where a rate is missing.
fn sales(view: &View<'_>, mine: &dyn Fn(u8) -> bool) -> Option<Vec<(u16, i128)>> {
    let signed = [(FactKind::Invoice, 1), (FactKind::CreditNote, -1)];
    let mut found = Vec::new();
    for (kind, sign) in signed {
        for fact in view.latest(kind).into_iter().filter(|fact| mine(fact.entity)) {
            let minor = view.convert(fact.amount, fact.currency, fact.day)?;
            found.push((fact.day, i128::from(minor) * sign));
        }
    }
    Some(found)
}

/// Sales of this calendar month so far and of those before it, each with its days.
fn months(today: u16, sales: &[(u16, i128)]) -> Vec<(i128, u16)> {
    let epoch = Date::constant(1970, 1, 1);
    let Ok(mut last) = epoch.checked_add(Span::new().days(i32::from(today))) else { return Vec::new() };
    let mut found = Vec::with_capacity(MONTHS);
    let mut end = i64::from(today);
    while found.len() < MONTHS {
        let days = i64::from(last.day());
        let of_month = sales.iter().filter(|(day, _)| (end - days + 1..=end).contains(&i64::from(*day)));
        let sum = of_month.fold(0_i128, |sum, (_, minor)| sum.saturating_add(*minor));
        found.push((sum, u16::try_from(days).unwrap_or(31)));
        end -= days;
        let Ok(before) = last.checked_sub(days.days()) else { break };
        last = before;
    }
    found
}

#[cfg(test)]
mod tests;
