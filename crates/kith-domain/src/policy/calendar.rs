//! Business hours: Monday to Friday, from opening to closing, without holidays, in the entity's zone (D§0.2).

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::value::EntityCode;

/// A day on which nobody is expected to decide.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Where it is kept; `None` for everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityCode>,
    /// Which day.
    pub on: Date,
}

/// When people work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// When a business day begins.
    pub opens: Time,
    /// When it ends; later than it begins.
    pub closes: Time,
    /// Days off, besides Saturdays and Sundays.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
}

impl Default for Calendar {
    fn default() -> Self {
        Self { opens: Time::constant(8, 0, 0, 0), closes: Time::constant(18, 0, 0, 0), holidays: Vec::new() }
    }
}

/// Seconds of a minute.
const MINUTE: i64 = 60;
/// Days that are looked at, at most: more holidays in a row are not kept anywhere.
const DAYS_MAX: u32 = 4_000;

impl Calendar {
    /// Minutes of a business day.
    #[must_use]
    pub fn minutes_of_day(&self) -> u32 {
        u32::try_from(self.seconds_from(self.opens) / MINUTE).unwrap_or_default()
    }

    /// The instant so many business minutes after another one. Minutes outside business hours do not count.
    #[must_use]
    pub fn after(
        &self,
        start: Timestamp,
        minutes: u32,
        zone: &str,
        entity: Option<&EntityCode>,
    ) -> Timestamp {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let begun = zone.to_datetime(start);
        let mut left = i64::from(minutes).saturating_mul(MINUTE);
        let (mut day, mut from) = (begun.date(), begun.time().max(self.opens));
        for _ in 0..DAYS_MAX {
            let open = if self.is_business_day(day, entity) { self.seconds_from(from) } else { 0 };
            if open > 0 && left <= open {
                let end = day.to_datetime(from).saturating_add(left.seconds());
                return zone.to_ambiguous_timestamp(end).compatible().unwrap_or(start);
            }
            left = left.saturating_sub(open);
            day = day.saturating_add(1.day());
            from = self.opens;
        }
        start
    }

    /// Business minutes from one instant to another, whole ones.
    #[must_use]
    pub fn minutes_between(
        &self,
        from: Timestamp,
        until: Timestamp,
        zone: &str,
        entity: Option<&EntityCode>,
    ) -> u32 {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let (begun, ended) = (zone.to_datetime(from), zone.to_datetime(until));
        let (mut seconds, mut day) = (0_i64, begun.date());
        for _ in 0..DAYS_MAX {
            if day > ended.date() {
                break;
            }
            let start = if day == begun.date() { begun.time().max(self.opens) } else { self.opens };
            let stop = if day == ended.date() { ended.time().min(self.closes) } else { self.closes };
            if self.is_business_day(day, entity) {
                seconds = seconds.saturating_add(start.duration_until(stop).as_secs().max(0));
            }
            day = day.saturating_add(1.day());
        }
        u32::try_from(seconds / MINUTE).unwrap_or(u32::MAX)
    }

    fn is_business_day(&self, day: Date, entity: Option<&EntityCode>) -> bool {
        let off = |holiday: &Holiday| {
            holiday.on == day && (holiday.entity.is_none() || holiday.entity.as_ref() == entity)
        };
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.holidays.iter().any(off)
    }

    /// Seconds from a time of day to closing.
    fn seconds_from(&self, from: Time) -> i64 {
        from.duration_until(self.closes).as_secs().max(0)
    }
}
