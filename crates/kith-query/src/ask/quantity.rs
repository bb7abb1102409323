//! Amounts in words: numbers, percentages, money, lengths of time, and stretches of the calendar.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Length, ToSpan as _};

use super::token::{Sort, Token};

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Unit {
    None,
    Percent,
    Money(&'static str),
    Days,
    Hours,
}

/// A number and what it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Quantity {
    pub(super) value: f64,
    pub(super) unit: Unit,
}

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Window {
    /// "in the last 30 days": so many days up to today.
    Last(u16),
    /// "for 60 days", "in 60 days": so many days, up to today but for what lies ahead.
    Days(u16),
    /// "this year": a running calendar period of about so many days, begun at the date.
    Running(u16, Date),
    /// "since March".
    Since(Date),
    /// "in March", "in Q3", "in 2025": a closed period, its first day and the day after its last.
    Period(Date, Date),
    /// The same without a year, as the latest that has begun.
    Season(Date, Date),
    /// "60 days ago".
    Ago(u16),
    /// "in the next 30 days", "60 days from now".
    Coming(u16),
    /// "next month", "tomorrow": a period that has not begun.
    Ahead(Date, Date),
    /// "before 2027", "by the end of March": up to the day before.
    Before(Date),
}

const CURRENCIES: &[(&str, &str)] = &[
    ("eur", "EUR"),
    ("euro", "EUR"),
    ("usd", "USD"),
    ("dollar", "USD"),
    ("gbp", "GBP"),
    ("pound", "GBP"),
    ("chf", "CHF"),
    ("jpy", "JPY"),
    ("yen", "JPY"),
    ("sek", "SEK"),
    ("nok", "NOK"),
    ("dkk", "DKK"),
    ("pln", "PLN"),
    ("czk", "CZK"),
    ("cad", "CAD"),
    ("aud", "AUD"),
    ("cny", "CNY"),
    ("inr", "INR"),
    ("mxn", "MXN"),
    ("brl", "BRL"),
];

const WORDS: &[(&str, f64)] = &[
    ("zero", 0.0),
    ("one", 1.0),
    ("once", 1.0),
    ("two", 2.0),
    ("twice", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("dozen", 12.0),
    ("fifteen", 15.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("hundred", 100.0),
    ("thousand", 1_000.0),
    ("million", 1_000_000.0),
];

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTHS_IN_FULL: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads from a place in the tokens.
pub(super) struct Reading<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) today: Date,
}

fn word(list: &[(&'static str, &'static str)], stem: &str) -> Option<&'static str> {
    list.iter().find(|(word, _)| *word == stem).map(|(_, code)| *code)
}

/// Days of a unit of time.
pub(super) fn days_of(stem: &str) -> Option<f64> {
    Some(match stem {
        "day" => 1.0,
        "week" | "wk" => 7.0,
        "fortnight" => 14.0,
        "month" => 30.0,
        "quarter" => 90.0,
        "year" | "yr" => 365.0,
        _ => return None,
    })
}

/// Every word that this file gives a meaning to.
pub(super) fn known_words() -> Vec<&'static str> {
    let units = [
        "day",
        "week",
        "wk",
        "fortnight",
        "month",
        "quarter",
        "year",
        "hour",
        "time",
        "percent",
        "ago",
        "ytd",
        "next",
        "coming",
        "following",
        "upcoming",
        "tomorrow",
        "before",
        "until",
        "till",
        "through",
        "end",
    ];
    let days =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "half", "billion"];
    let codes = CURRENCIES.iter().map(|(word, _)| *word);
    let numbers = WORDS.iter().map(|(word, _)| *word);
    let months = MONTHS.iter().chain(MONTHS_IN_FULL).copied();
    units.into_iter().chain(days).chain(codes).chain(numbers).chain(months).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked before")]
fn whole_days(days: f64) -> Option<u16> {
    (1.0..=3_660.0).contains(&days).then_some(days as u16)
}

impl Reading<'_> {
    pub(super) fn stem(&self, at: usize) -> &str {
        self.tokens.get(at).filter(|token| token.sort == Sort::Word).map_or("", |token| &token.stem)
    }

    /// A number in digits or words; and how many tokens it takes.
    fn number(&self, at: usize) -> Option<(Quantity, usize)> {
        let token = self.tokens.get(at)?;
        let (mut quantity, mut used) = match &token.sort {
            Sort::Number { value, percent, currency } => {
                let unit = match currency {
                    Some(code) => Unit::Money(code),
                    None if *percent => Unit::Percent,
                    None => Unit::None,
                };
                (Quantity { value: *value, unit }, 1)
            }
            Sort::Word => {
                let value = WORDS.iter().find(|(word, _)| *word == token.stem).map(|(_, value)| *value);
                let value = match token.stem.as_str() {
                    "a" | "an"
                        if matches!(self.stem(at + 1), "hundred" | "thousand" | "million" | "dozen") =>
                    {
                        Some(1.0)
                    }
                    _ => value,
                }?;
                (Quantity { value, unit: Unit::None }, 1)
            }
            _ => return None,
        };
        // "twenty five", "two hundred", "1.5 million".
        while let Some((_, next)) = WORDS.iter().find(|(word, _)| *word == self.stem(at + used)) {
            let tens = quantity.value >= 20.0 && quantity.value < 100.0 && quantity.value % 10.0 == 0.0;
            if *next >= 100.0 || (*next - 12.0).abs() < 0.1 {
                quantity.value *= next;
            } else if tens && *next < 10.0 {
                quantity.value += next;
            } else {
                break;
            }
            used += 1;
        }
        Some((quantity, used))
    }

    /// A number with its unit; and how many tokens it takes.
    pub(super) fn quantity(&self, at: usize) -> Option<(Quantity, usize)> {
        if let Some(code) = word(CURRENCIES, self.stem(at)) {
            let (quantity, used) = self.number(at + 1)?;
            return Some((Quantity { unit: Unit::Money(code), ..quantity }, used + 1));
        }
        if self.stem(at) == "half" && self.stem(at + 1) != "a" {
            return Some((Quantity { value: 50.0, unit: Unit::Percent }, 1));
        }
        let (mut quantity, mut used) = self.number(at)?;
        let next = self.stem(at + used);
        if let Some(code) = word(CURRENCIES, next) {
            quantity.unit = Unit::Money(code);
            used += 1;
        } else if let Some(days) = days_of(next) {
            quantity = Quantity { value: quantity.value * days, unit: Unit::Days };
            used += 1;
        } else if matches!(next, "percent" | "pct") {
            quantity.unit = Unit::Percent;
            used += 1;
        } else if next == "per" && self.stem(at + used + 1) == "cent" {
            quantity.unit = Unit::Percent;
            used += 2;
        } else if matches!(next, "hour" | "hr") {
            quantity.unit = Unit::Hours;
            used += 1;
        } else if matches!(next, "time" | "point") {
            used += 1;
        }
        Some((quantity, used))
    }

    /// A stretch of time with the words around it; and how many tokens it takes.
    pub(super) fn window(&self, at: usize) -> Option<(Window, usize)> {
        let mut here = at;
        while matches!(
            self.stem(here),
            "in" | "on" | "over" | "during" | "within" | "for" | "throughout" | "from" | "of" | "at"
        ) {
            here += 1;
        }
        let led = here > at;
        let over = matches!(self.stem(at), "over" | "of" | "at");
        if matches!(self.stem(here), "the" | "these") {
            here += 1;
        }
        if matches!(self.stem(here), "last" | "past" | "previous" | "trailing") {
            return self.last(here + 1).map(|(window, end)| (window, end - at));
        }
        if matches!(self.stem(here), "this" | "current") {
            let (days, first) = self.running(self.stem(here + 1))?;
            return Some((Window::Running(days, first), here + 2 - at));
        }
        if self.stem(here) == "ytd" || (self.stem(here) == "year" && self.stem(here + 1) == "to") {
            let used = if self.stem(here) == "ytd" { 1 } else { 3 };
            let (days, first) = self.running("year")?;
            return Some((Window::Running(days, first), here + used - at));
        }
        if let Some((window, end)) = self.ahead(here).or_else(|| self.before(at)) {
            return Some((window, end - at));
        }
        if self.stem(here) == "since" || self.stem(here) == "after" {
            return self.since(here + 1).map(|(window, end)| (window, end - at));
        }
        if let Some((from, to, used, given)) = self.period(here).filter(|_| led && !over) {
            let window = if given { Window::Period(from, to) } else { Window::Season(from, to) };
            return Some((window, here + used - at));
        }
        if let Some(Sort::Date(date)) =
            self.tokens.get(here).map(|token| &token.sort).filter(|_| led && !over)
        {
            return Some((Window::Period(*date, date.tomorrow().ok()?), here + 1 - at));
        }
        let (days, used) = self.length(here)?;
        match (self.stem(here + used), self.stem(here + used + 1)) {
            ("ago", _) => Some((Window::Ago(days), here + used + 1 - at)),
            ("from", "now" | "today") => Some((Window::Coming(days), here + used + 2 - at)),
            _ if led && !over && self.stem(at) != "on" => Some((Window::Days(days), here + used - at)),
            _ => None,
        }
    }

    /// "next 30 days", "coming quarter", "tomorrow": what lies ahead, and where it ends.
    fn ahead(&self, at: usize) -> Option<(Window, usize)> {
        match self.stem(at) {
            "next" | "coming" | "following" | "upcoming" => {}
            "tomorrow" => {
                let day = self.today.tomorrow().ok()?;
                return Some((Window::Ahead(day, day.tomorrow().ok()?), at + 1));
            }
            _ => return None,
        }
        if let Some((days, used)) = self.length(at + 1) {
            return Some((Window::Coming(days), at + 1 + used));
        }
        let (_, first) = self.running(self.stem(at + 1))?;
        let step = step(self.stem(at + 1))?;
        let from = first.checked_add(step).ok()?;
        Some((Window::Ahead(from, from.checked_add(step).ok()?), at + 2))
    }

    /// "before 2027", "by 31 December", "until the end of the quarter", and where it ends.
    fn before(&self, at: usize) -> Option<(Window, usize)> {
        let whole = match self.stem(at) {
            "before" => false,
            "by" | "until" | "till" | "through" => true,
            _ => return None,
        };
        let mut here = at + 1;
        let mut end = whole;
        if self.stem(here) == "the" {
            here += 1;
        }
        if self.stem(here) == "end" {
            end = true;
            here += 1 + usize::from(self.stem(here + 1) == "of");
        }
        if matches!(self.stem(here), "the" | "this" | "next") {
            here += 1;
        }
        let (from, to, end_at) =
            if let Some(Sort::Date(date)) = self.tokens.get(here).map(|token| &token.sort) {
                (*date, date.tomorrow().ok()?, here + 1)
            } else if let Some(step) = step(self.stem(here)) {
                let (_, first) = self.running(self.stem(here))?;
                let next = self.stem(here - 1) == "next";
                let from = if next { first.checked_add(step).ok()? } else { first };
                // "by year end".
                let ends = usize::from(self.stem(here + 1) == "end");
                (from, from.checked_add(step).ok()?, here + 1 + ends)
            } else {
                let (from, to, used, given) = self.period(here)?;
                let year = |date: Date| date.checked_add(1.year());
                if given || to > self.today {
                    (from, to, here + used)
                } else {
                    (year(from).ok()?, year(to).ok()?, here + used)
                }
            };
        Some((Window::Before(if end { to } else { from }), end_at))
    }

    /// After "last": "30 days", "month", "two quarters".
    fn last(&self, at: usize) -> Option<(Window, usize)> {
        if let Some((days, used)) = self.length(at) {
            return Some((Window::Last(days), at + used));
        }
        let days = days_of(self.stem(at))?;
        Some((Window::Last(whole_days(days)?), at + 1))
    }

    /// "60 days", "two weeks", "a month", "half a year".
    fn length(&self, at: usize) -> Option<(u16, usize)> {
        if matches!(self.stem(at), "a" | "an" | "couple" | "half") {
            let half = self.stem(at) == "half";
            let skip = if half && matches!(self.stem(at + 1), "a" | "an") { 2 } else { 1 };
            let days = days_of(self.stem(at + skip))?;
            return Some((whole_days(if half { days / 2.0 } else { days })?, skip + 1));
        }
        let (quantity, used) = self.quantity(at)?;
        let days = if quantity.unit == Unit::Days { whole_days(quantity.value) } else { None };
        days.map(|days| (days, used))
    }

    /// "this week" and the like: about so many days, and the day it began.
    fn running(&self, unit: &str) -> Option<(u16, Date)> {
        let today = self.today;
        Some(match unit {
            "week" => {
                let since = today.weekday().to_monday_zero_offset();
                (7, today.checked_sub(Length::new().try_days(i64::from(since)).ok()?).ok()?)
            }
            "month" => (30, today.first_of_month()),
            "quarter" => {
                let month = (today.month() - 1) / 3 * 3 + 1;
                (90, Date::new(today.year(), month, 1).ok()?)
            }
            "year" => (365, today.first_of_year()),
            _ => return None,
        })
    }

    /// After "since": a date, a month, a year, a weekday.
    fn since(&self, at: usize) -> Option<(Window, usize)> {
        if let Some(Sort::Date(date)) = self.tokens.get(at).map(|token| &token.sort) {
            return Some((Window::Since(*date), at + 1));
        }
        if matches!(self.stem(at), "last" | "the" | "past") && days_of(self.stem(at + 1)).is_some() {
            return self.last(at + 1);
        }
        let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        if let Some(place) = weekdays.iter().position(|day| *day == self.stem(at)) {
            let weekday = Weekday::from_monday_zero_offset(i8::try_from(place).ok()?).ok()?;
            let date = self.today.nth_weekday(-1, weekday).ok()?;
            return Some((Window::Since(date), at + 1));
        }
        if let Some((days, used)) = self.length(at) {
            return Some((Window::Days(days), at + used));
        }
        let (from, _, used, _) = self.period(at)?;
        Some((Window::Since(from), at + used))
    }

    /// "March", "March 2025", "1 March", "Q3", "Q3 2025", "2025": first day, day after the last, tokens, and whether its
    /// year is given. Without a year it is the latest that has begun.
    fn period(&self, at: usize) -> Option<(Date, Date, usize, bool)> {
        let year = |at: usize| match self.tokens.get(at).map(|token| &token.sort) {
            Some(Sort::Number { value, percent: false, currency: None }) => whole_year(*value),
            _ => None,
        };
        if let Some(year) = year(at) {
            let first = Date::new(year, 1, 1).ok()?;
            return Some((first, first.checked_add(1.year()).ok()?, 1, true));
        }
        let day = match self.tokens.get(at).map(|token| &token.sort) {
            Some(Sort::Number { value, .. }) if *value <= 31.0 => Some(*value),
            _ => None,
        };
        let here = at + usize::from(day.is_some());
        let stem = self.stem(here);
        let quarter = ["q1", "q2", "q3", "q4"].iter().position(|quarter| *quarter == stem);
        let month = MONTHS.iter().position(|month| *month == stem);
        let month = month.or_else(|| MONTHS_IN_FULL.iter().position(|month| *month == stem));
        let (month, length) = match (quarter, month) {
            (Some(quarter), _) if day.is_none() => (quarter * 3 + 1, 3.months()),
            (_, Some(month)) => (month + 1, 1.month()),
            _ => return None,
        };
        let month = i8::try_from(month).ok()?;
        let given = year(here + 1);
        let this_year = Date::new(given.unwrap_or(self.today.year()), month, 1).ok()?;
        let last_year = given.is_none() && this_year > self.today;
        let first = if last_year { this_year.checked_sub(1.year()).ok()? } else { this_year };
        let used = here + 1 + usize::from(given.is_some()) - at;
        let Some(day) = day else {
            return Some((first, first.checked_add(length).ok()?, used, given.is_some()));
        };
        let date = first.checked_add(Length::new().try_days(i64::from(whole_days(day)?) - 1).ok()?).ok()?;
        Some((date, date.checked_add(1.day()).ok()?, used, given.is_some()))
    }
}

/// One calendar unit.
fn step(unit: &str) -> Option<Length> {
    Some(match unit {
        "week" => 7.days(),
        "month" => 1.month(),
        "quarter" => 3.months(),
        "year" => 1.year(),
        _ => return None,
    })
}

#[expect(clippy::cast_possible_truncation, reason = "the range is checked before")]
fn whole_year(value: f64) -> Option<i16> {
    ((1990.0..=2100.0).contains(&value) && value.fract() == 0.0).then_some(value as i16)
}

/// A number as it is written in a filter.
pub(super) fn written(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    if rounded.fract() == 0.0 { format!("{rounded:.0}") } else { format!("{rounded}") }
}
