//! What can happen, in a few bytes; [`super::render`] turns it into an event of CloudEvents.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A day, counted from 1970-01-01.
pub(super) type Day = i64;

/// Seconds of a day.
pub(super) const DAY_SECONDS: i64 = 86_400;

/// The number of a date.
pub(super) fn day_of(date: Date) -> Day {
    let midnight = date.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp().as_second());
    midnight.unwrap_or_default().div_euclid(DAY_SECONDS)
}

/// The date of a number.
pub(super) fn date_of(day: Day) -> Date {
    instant_of(day * DAY_SECONDS).to_zoned(TimeZone::UTC).date()
}

/// The instant of a second since 1970.
pub(super) fn instant_of(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// True from Monday to Friday, but not between Christmas and New Year's Day.
pub(super) fn is_business_day(day: Day) -> bool {
    let weekday = (day + 4).rem_euclid(7);
    let (month, of_month) = month_and_day(day);
    let holidays = (month == 12 && of_month >= 24) || (month == 1 && of_month == 1);
    (1..=5).contains(&weekday) && !holidays
}

/// Month and day of the month, in whole numbers: asked for every day of every customer.
pub(super) fn month_and_day(day: Day) -> (i64, i64) {
    // Years are counted from March here, so that the leap day is their last.
    const DAYS_TO_MARCH_2000: Day = 11_017;
    const DAYS_400_YEARS: Day = 146_097;
    let of_era = (day - DAYS_TO_MARCH_2000).rem_euclid(DAYS_400_YEARS);
    let century = (of_era / 36_524).min(3);
    let of_century = of_era - century * 36_524;
    let of_four = of_century % 1_461;
    let of_year = of_four - (of_four / 365).min(3) * 365;
    let mut month = 3;
    let mut left = of_year;
    for length in [31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31] {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    (if month > 12 { month - 12 } else { month }, left + 1)
}

/// The day itself if it is a business day, else the next one.
pub(super) fn business_day_from(mut day: Day) -> Day {
    while !is_business_day(day) {
        day += 1;
    }
    day
}

/// The day that many business days later.
pub(super) fn add_business_days(day: Day, count: i64) -> Day {
    (0..count).fold(business_day_from(day), |day, _| business_day_from(day + 1))
}

/// Something that happened to a customer.
#[derive(Debug, Clone)]
pub(super) struct Happening {
    /// When, in seconds since 1970.
    pub(super) at: i64,
    /// The place of the customer.
    pub(super) customer: u32,
    /// What.
    pub(super) what: What,
}

impl Happening {
    /// Whether the profile counts it among the service issues.
    pub(super) fn is_issue(&self) -> bool {
        match &self.what {
            What::Trouble(Trouble::Exception { severity, .. }) => *severity != "low",
            What::Trouble(Trouble::Claim { .. }) => true,
            What::Inquiry(_, InquiryStep::Received { intent, priority, .. }) => {
                *intent == "complaint" || ["P1", "P2"].contains(priority)
            }
            _ => false,
        }
    }
}

/// Numbers of documents count within the customer. Amounts are minor units of the entity's currency.
#[derive(Debug, Clone)]
pub(super) enum What {
    Order(OrderStep),
    Trouble(Trouble),
    Quote(QuoteStep),
    Billing(Billing),
    Inquiry(u32, InquiryStep),
    Contact(Contact),
}

/// The way of an order.
#[derive(Debug, Clone)]
pub(super) enum OrderStep {
    Placed { order: u32, value: i64, lane: u8, due: Day },
    Cancelled { order: u32 },
    Delivered { order: u32, promised: Day, in_full: bool },
}

/// What goes wrong with an order.
#[derive(Debug, Clone)]
pub(super) enum Trouble {
    Exception { no: u32, order: u32, kind: &'static str, severity: &'static str },
    Claim { no: u32, order: u32, kind: &'static str, amount: i64 },
}

/// The way of a quote.
#[derive(Debug, Clone)]
pub(super) enum QuoteStep {
    Requested { quote: u32, lane: u8, value: i64 },
    Sent { quote: u32, lane: u8, value: i64 },
    Won { quote: u32, value: i64 },
    Lost { quote: u32, reason: &'static str },
}

/// What is owed and paid. An invoice has the number of its order.
#[derive(Debug, Clone)]
pub(super) enum Billing {
    Invoice { order: u32, amount: i64, due: Day },
    CreditNote { order: u32, amount: i64 },
    Payment { payment: u32, allocations: Vec<(u32, i64)> },
    Returned { payment: u32 },
}

/// The way of an inquiry.
#[derive(Debug, Clone)]
pub(super) enum InquiryStep {
    Received { intent: &'static str, priority: &'static str, channel: &'static str, text: String },
    Replied,
    Resolved,
    Reopened,
}

/// Other contacts.
#[derive(Debug, Clone)]
pub(super) enum Contact {
    Survey { no: u32, kind: &'static str, score: i64, person: u8 },
    PortalLogin { no: u32, person: u8 },
    Meeting { no: u32 },
    Competitor { no: u32, name: &'static str },
}
