//! A moment or a civil day, as business members give either.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};

#[cfg(test)]
mod tests;

/// First second that Kith accepts: 1971-01-01T00:00Z.
const FIRST_SECOND: i64 = 31_536_000;
/// First second that is too late: 2105-01-01T00:00Z.
const END_SECOND: i64 = 4_260_211_200;
const DAY_SECONDS: i64 = 86_400;
/// Business hours are Mon–Fri 08:00–18:00 (D§0.2).
const OPEN_SECOND: i64 = 8 * 3_600;
const OPEN_LENGTH: i64 = 10 * 3_600;

/// An instant or a day. Days are counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Milliseconds since 1970-01-01T00:00Z.
    Instant(i64),
    /// A civil day, in the zone of whoever names it.
    Day(u16),
}

impl When {
    /// The business day in a zone.
    #[must_use]
    pub fn day(self, zone: &TimeZone) -> u16 {
        match self {
            Self::Instant(ms) => business_day(ms, zone),
            Self::Day(day) => day,
        }
    }

    /// Whether this is not after `limit`; compared as instants where both are, else as days of the zone.
    #[must_use]
    pub fn meets(self, limit: Self, zone: &TimeZone) -> bool {
        match (self, limit) {
            (Self::Instant(actual), Self::Instant(limit)) => actual <= limit,
            _ => self.day(zone) <= limit.day(zone),
        }
    }

    /// Reads an RFC 3339 date or date-time between 1971 and 2105.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.len() == 10 { parse_day(text).map(Self::Day) } else { parse_instant(text).map(Self::Instant) }
    }
}

/// Milliseconds of an RFC 3339 date-time between 1971 and 2105.
pub(crate) fn parse_instant(text: &str) -> Option<i64> {
    plain_instant(text).map_or_else(|| any_instant(text), |ms| in_range(ms).then_some(ms))
}

/// The form that most producers write, `2026-11-22T10:00:00Z`, without a parser for all the others.
fn plain_instant(text: &str) -> Option<i64> {
    let bytes: &[u8; 20] = text.as_bytes().try_into().ok()?;
    if (bytes[10], bytes[13], bytes[16], bytes[19]) != (b'T', b':', b':', b'Z') {
        return None;
    }
    let two = |place: usize| {
        let (tens, ones) = (bytes[place].wrapping_sub(b'0'), bytes[place + 1].wrapping_sub(b'0'));
        (tens < 10 && ones < 10).then(|| i64::from(tens) * 10 + i64::from(ones))
    };
    let (hour, minute, second) = (two(11)?, two(14)?, two(17)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let day = i64::from(parse_day(text.get(..10)?)?);
    Some((day * DAY_SECONDS + hour * 3_600 + minute * 60 + second) * 1_000)
}

fn any_instant(text: &str) -> Option<i64> {
    // The parser is more lenient than RFC 3339: annotations in brackets and dates alone are not for us.
    if text.len() < 20 || text.len() > 40 || text.ends_with(']') {
        return None;
    }
    let stamp: Timestamp = text.parse().ok()?;
    let stamp = stamp
        .round(jiff::TimestampRound::new().smallest(Unit::Millisecond).mode(jiff::RoundMode::Floor))
        .ok()?;
    let second = stamp.as_second();
    (FIRST_SECOND..END_SECOND).contains(&second).then(|| stamp.as_millisecond())
}

/// Whether a moment is one that Kith accepts.
pub(crate) fn in_range(ms: i64) -> bool {
    (FIRST_SECOND..END_SECOND).contains(&ms.div_euclid(1_000))
}

fn parse_day(text: &str) -> Option<u16> {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| -> Option<i16> {
        bytes
            .get(from..to)?
            .iter()
            .try_fold(0_i16, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i16::from(byte - b'0')))
    };
    if bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return None;
    }
    let month = i8::try_from(number(5, 7)?).ok()?;
    let date = Date::new(number(0, 4)?, month, i8::try_from(number(8, 10)?).ok()?).ok()?;
    if !(1971..2105).contains(&date.year()) {
        return None;
    }
    u16::try_from(days_from_civil(date)).ok()
}

fn days_from_civil(date: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    date.duration_since(epoch).as_hours() / 24
}

/// Seconds of the wall clock in a zone, counted from 1970-01-01T00:00 local.
fn local_second(ms: i64, zone: &TimeZone) -> i64 {
    let second = ms.div_euclid(1_000);
    let offset = Timestamp::from_second(second).map_or(0, |stamp| zone.to_offset(stamp).seconds());
    second.saturating_add(i64::from(offset))
}

/// The civil day of an instant in a zone, in days since 1970-01-01; clamped to what 16 bits hold.
#[must_use]
pub fn business_day(ms: i64, zone: &TimeZone) -> u16 {
    let day = local_second(ms, zone).div_euclid(DAY_SECONDS);
    u16::try_from(day.clamp(0, i64::from(u16::MAX))).unwrap_or(u16::MAX)
}

/// Business seconds (Mon–Fri 08:00–18:00 of the zone) from a fixed Monday to an instant. The difference of
/// two is the business time between them.
#[must_use]
pub fn business_seconds(ms: i64, zone: &TimeZone) -> i64 {
    let local = local_second(ms, zone);
    // 1970-01-01 was a Thursday: three days on, weeks begin on Monday.
    let day = local.div_euclid(DAY_SECONDS) + 3;
    let (week, weekday) = (day.div_euclid(7), day.rem_euclid(7));
    let today =
        if weekday < 5 { (local.rem_euclid(DAY_SECONDS) - OPEN_SECOND).clamp(0, OPEN_LENGTH) } else { 0 };
    (week * 5 + weekday.min(5)) * OPEN_LENGTH + today
}
