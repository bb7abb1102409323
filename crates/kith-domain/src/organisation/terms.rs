//! Payment terms: when what is owed is due, and what paying early is worth (D§1.8). STORED FORMAT: add optional members,
//! never change one.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::value::Money;

/// The day from which days are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Baseline {
    /// The invoice's own date.
    #[default]
    InvoiceDate,
    /// The day on which the invoice arrived.
    ReceiptDate,
    /// The day on which the goods arrived.
    DeliveryDate,
    /// The last day of the invoice's month.
    Eom,
}

impl Baseline {
    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvoiceDate => "invoice_date",
            Self::ReceiptDate => "receipt_date",
            Self::DeliveryDate => "delivery_date",
            Self::Eom => "eom",
        }
    }
}

/// Where a due day goes that is no business day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayShift {
    /// It stays.
    #[default]
    None,
    /// To the next business day.
    Next,
    /// To the business day before.
    Previous,
}

impl HolidayShift {
    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Next => "next",
            Self::Previous => "previous",
        }
    }
}

/// One part of what is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Installment {
    /// How much of the whole, in percent.
    pub percent: Decimal,
    /// Days after the baseline.
    pub days: u16,
}

/// When what is owed is due.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Terms {
    /// The day from which days are counted.
    pub baseline: Baseline,
    /// Days until it is due.
    pub net_days: u16,
    /// Percent off for paying early.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_pct: Option<Decimal>,
    /// Days in which that holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_days: Option<u16>,
    /// The day of a month on which it is due, for example the 10th.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day_of_month: Option<i8>,
    /// Which month, counted from the baseline's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months_ahead: Option<u8>,
    /// Parts, each due on its own day; empty for one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub installments: Vec<Installment>,
    /// Where a due day goes that is no business day.
    pub holiday_shift: HolidayShift,
}

impl Terms {
    /// Reads a code: `NETn`, `d/mNETn`, either with `EOM` behind it, `nMFI`, `INSTk`, and `PREPAID`, `COD`, `DUE`.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let days = |text: &str| text.parse::<u16>().ok().filter(|days| *days <= 730);
        match code {
            "PREPAID" | "DUE" => return Some(Self::default()),
            "COD" => return Some(Self { baseline: Baseline::DeliveryDate, ..Self::default() }),
            _ => {}
        }
        if let Some(count) = code.strip_prefix("INST") {
            return count.parse().ok().filter(|count| (2..=24).contains(count)).map(Self::parts);
        }
        if let Some(day) = code.strip_suffix("MFI") {
            let day = day.parse::<i8>().ok().filter(|day| (1..=31).contains(day))?;
            return Some(Self { day_of_month: Some(day), months_ahead: Some(1), ..Self::default() });
        }
        let (discount, net) = code.split_once("NET")?;
        let (net, baseline) = match net.strip_suffix("EOM") {
            Some(net) => (net, Baseline::Eom),
            None => (net, Baseline::InvoiceDate),
        };
        let plain = Self { baseline, net_days: days(net)?, ..Self::default() };
        if discount.is_empty() {
            return Some(plain);
        }
        let (percent, within) = discount.split_once('/')?;
        let percent = percent.parse::<Decimal>().ok().filter(|percent| valid_percent(*percent))?;
        let within = days(within).filter(|within| *within <= plain.net_days)?;
        Some(Self { discount_pct: Some(percent), discount_days: Some(within), ..plain })
    }

    /// So many parts, 30 days apart; the first takes what does not divide.
    fn parts(count: u16) -> Self {
        let each = 100 / count;
        let first = 100_u16.saturating_sub(each.saturating_mul(count.saturating_sub(1)));
        let part = |number: u16| Installment {
            percent: Decimal::from(if number == 1 { first } else { each }),
            days: number.saturating_mul(30),
        };
        let installments: Vec<Installment> = (1..=count).map(part).collect();
        Self { net_days: count.saturating_mul(30), installments, ..Self::default() }
    }

    /// The member at fault and why, if the row cannot be meant.
    #[must_use]
    pub fn fault(&self) -> Option<(&'static str, &'static str)> {
        if self.net_days > 730 {
            return Some(("net_days", "expected 0 to 730 days"));
        }
        if self.discount_pct.is_some() != self.discount_days.is_some() {
            return Some(("discount_days", "a discount has a percentage and days"));
        }
        if self.discount_pct.is_some_and(|percent| !valid_percent(percent)) {
            return Some(("discount_pct", "expected a percentage above 0 and below 100"));
        }
        let is_plain = self.day_of_month.is_none() && self.installments.is_empty();
        if is_plain && self.discount_days.is_some_and(|days| days > self.net_days) {
            return Some(("discount_days", "a discount ends no later than the day on which all is due"));
        }
        if self.day_of_month.is_some_and(|day| !(1..=31).contains(&day)) {
            return Some(("day_of_month", "expected 1 to 31"));
        }
        if self.months_ahead.is_some_and(|months| months > 24)
            || (self.months_ahead.is_some() && self.day_of_month.is_none())
        {
            return Some(("months_ahead", "expected up to 24 months, with a day of the month"));
        }
        let sum: Decimal = self.installments.iter().map(|part| part.percent).sum();
        let positive = self.installments.iter().all(|part| part.percent > Decimal::ZERO);
        if !self.installments.is_empty()
            && (sum != Decimal::ONE_HUNDRED || !positive || self.installments.len() > 24)
        {
            return Some(("installments", "the parts, at most 24, add up to 100 percent"));
        }
        None
    }

    /// The day on which the whole, or the last part, is due. `baseline` is the day that [`Terms::baseline`] names; of `eom` any
    /// day of the month. `None` beyond the calendar.
    #[must_use]
    pub fn due_on(&self, baseline: Date, is_holiday: impl Fn(Date) -> bool) -> Option<Date> {
        let days = self.installments.iter().map(|part| part.days).max().unwrap_or(self.net_days);
        self.after(baseline, days, is_holiday)
    }

    /// The parts of an amount and the days on which they are due; the last takes what rounding leaves.
    #[must_use]
    pub fn parts_of(
        &self,
        amount: Money,
        baseline: Date,
        is_holiday: impl Fn(Date) -> bool,
    ) -> Option<Vec<(Date, Money)>> {
        let Some((last, others)) = self.installments.split_last() else {
            return Some(vec![(self.due_on(baseline, is_holiday)?, amount)]);
        };
        let mut left = amount.minor;
        let mut parts = Vec::new();
        for part in others {
            let share =
                Decimal::from(amount.minor).checked_mul(part.percent)?.checked_div(Decimal::ONE_HUNDRED)?;
            let share = share.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
            let minor = i64::try_from(share).ok()?;
            left = left.checked_sub(minor)?;
            parts.push((self.after(baseline, part.days, &is_holiday)?, Money::new(minor, amount.currency)));
        }
        parts.push((self.after(baseline, last.days, &is_holiday)?, Money::new(left, amount.currency)));
        Some(parts)
    }

    /// The last day on which paying early is worth something, and what it is worth in percent.
    #[must_use]
    pub fn discount_until(&self, baseline: Date) -> Option<(Date, Decimal)> {
        let days = Span::new().days(i64::from(self.discount_days?));
        Some((self.start(baseline).checked_add(days).ok()?, self.discount_pct?))
    }

    fn start(&self, baseline: Date) -> Date {
        if self.baseline == Baseline::Eom { baseline.last_of_month() } else { baseline }
    }

    fn after(&self, baseline: Date, days: u16, is_holiday: impl Fn(Date) -> bool) -> Option<Date> {
        let start = self.start(baseline);
        let due = match self.day_of_month {
            Some(day) => {
                let months = i64::from(self.months_ahead.unwrap_or(1));
                let month = start.first_of_month().checked_add(months.months()).ok()?;
                let day = day.min(month.days_in_month());
                month.with().day(day).build().ok()?
            }
            None => start.checked_add(Span::new().days(i64::from(days))).ok()?,
        };
        let step = match self.holiday_shift {
            HolidayShift::None => return Some(due),
            HolidayShift::Next => 1,
            HolidayShift::Previous => -1,
        };
        let closed =
            |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) || is_holiday(day);
        let mut due = due;
        // More than a month without a business day is no calendar.
        for _ in 0..40 {
            if !closed(due) {
                break;
            }
            due = due.checked_add(Span::new().days(step)).ok()?;
        }
        Some(due)
    }
}

fn valid_percent(percent: Decimal) -> bool {
    percent > Decimal::ZERO && percent < Decimal::ONE_HUNDRED
}
