//! Days of the calendar: some numbers hold a birthday, and a few of them mean another century once it has passed.

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// With its century.
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    /// 1 to 31.
    pub day: i64,
}

impl Day {
    /// The day, if the calendar has it.
    #[must_use]
    pub fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        let known = (1..=9999).contains(&year) && (1..=12).contains(&month);
        (known && (1..=days_in(year, month)).contains(&day)).then_some(Self { year, month, day })
    }
}

/// How many days the month has.
pub(crate) fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
