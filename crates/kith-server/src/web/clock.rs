//! The time a page is drawn at, and how moments read beside it.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use kith_template::{html, say};
use maud::Markup;

use super::words::{Format, Language, reader, t, zone};

/// When and where the page is read.
#[derive(Debug, Clone)]
pub struct Clock {
    /// When the page is drawn.
    pub now: Timestamp,
    /// The reader's time zone.
    pub zone: TimeZone,
}

/// How far from now.
enum Age {
    Now,
    Past(String),
    Ahead(String),
}

impl Clock {
    fn far(&self, at: &str) -> Option<Age> {
        let at: Timestamp = at.parse().ok()?;
        let seconds = self.now.as_second().saturating_sub(at.as_second());
        Some(match seconds {
            ..0 => Age::Ahead(say!("in {span}", span = span(seconds.saturating_neg()))),
            0..60 => Age::Now,
            _ => Age::Past(span(seconds)),
        })
    }

    /// How long ago, in one short word: `now`, `2 min`, `3 h`, `12 d`, `14 mo`, `3 y`. `None` when `at` is not RFC 3339.
    pub(crate) fn age(&self, at: &str) -> Option<String> {
        Some(match self.far(at)? {
            Age::Now => t("now").to_owned(),
            Age::Past(age) | Age::Ahead(age) => age,
        })
    }

    /// The same with `ago`, as a sentence needs it.
    pub(crate) fn ago(&self, at: &str) -> String {
        match self.far(at) {
            Some(Age::Now) => t("just now").to_owned(),
            Some(Age::Ahead(age)) => age,
            Some(Age::Past(age)) => say!("{age} ago"),
            None => t("at an unknown time").to_owned(),
        }
    }

    /// `22 Nov 2026, 09:38 GMT`: always with the name of the zone.
    pub(crate) fn exact(&self, at: &str) -> String {
        at.parse::<Timestamp>().map_or_else(|_| at.to_owned(), |at| in_zone(at, self.zone.clone()))
    }

    /// `09:38`.
    pub(crate) fn time(&self, at: &str) -> String {
        let Ok(at) = at.parse::<Timestamp>() else { return String::new() };
        clock_time(&at.to_zoned(self.zone.clone()))
    }

    /// The civil day of a moment in the reader's zone.
    pub(crate) fn day(&self, at: &str) -> Option<Date> {
        Some(at.parse::<Timestamp>().ok()?.to_zoned(self.zone.clone()).date())
    }

    /// The civil day in the reader's zone.
    pub(crate) fn today(&self) -> Date {
        self.now.to_zoned(self.zone.clone()).date()
    }

    /// `Today`, `Yesterday`, `Fri 20 Nov`, and with the year when it is another one.
    pub(crate) fn day_name(&self, day: Date) -> String {
        let today = self.today();
        match (today - day).get_days() {
            0 => t("Today").to_owned(),
            1 => t("Yesterday").to_owned(),
            _ => week_day(day, day.year() != today.year()),
        }
    }

    /// Days from today to an ISO date, negative when it has passed.
    pub(crate) fn days_until(&self, date: &str) -> Option<i32> {
        let date: Date = date.parse().ok()?;
        let today = self.today();
        Some((date - today).get_days())
    }

    /// A `<time>` that reads as an age and carries the exact moment.
    pub(crate) fn age_mark(&self, at: Option<&str>) -> Markup {
        match at.and_then(|at| Some((at, self.age(at)?))) {
            Some((at, age)) => html! { time datetime=(at) title=(self.exact(at)) data-age { (age) } },
            None => html! { span title="Nothing has been observed yet" { "–" } },
        }
    }
}

fn in_zone(at: Timestamp, zone: TimeZone) -> String {
    let local = at.to_zoned(zone);
    format!("{}, {} {}", day_of_year(local.date()), clock_time(&local), zone_name(&local))
}

/// A moment inside a sentence of the engine, `2026-11-22 09:38 UTC` or RFC 3339, in the reader's zone; `None` for what is
/// no moment.
pub(crate) fn moment(text: &str) -> Option<String> {
    let spoken = || Some(format!("{}Z", text.strip_suffix(" UTC")?.replacen(' ', "T", 1)));
    let at = text.parse::<Timestamp>().ok().or_else(|| spoken()?.parse().ok())?;
    Some(in_zone(at, zone()))
}

/// An ISO date as `22 Nov 2026`, `Nov 22, 2026` or `22.11.2026`; other text as it is.
pub(crate) fn date(iso: &str) -> String {
    iso.parse::<Date>().map_or_else(|_| iso.to_owned(), day_of_year)
}

/// An ISO date without its year: `22 Nov`, `Nov 22` or `22.11.`; other text as it is.
pub(crate) fn day_month(iso: &str) -> String {
    let form = match reader().format {
        Format::Britain => "%-d %b",
        Format::America => "%b %-d",
        Format::Germany | Format::Austria | Format::Switzerland => "%-d.%-m.",
    };
    iso.parse::<Date>().map_or_else(|_| iso.to_owned(), |day| day.strftime(form).to_string())
}

fn day_of_year(day: Date) -> String {
    let form = match reader().format {
        Format::Britain => "%-d %b %Y",
        Format::America => "%b %-d, %Y",
        Format::Germany | Format::Austria | Format::Switzerland => "%d.%m.%Y",
    };
    day.strftime(form).to_string()
}

/// Abbreviated months and days of the week in German (CLDR, form `abbreviated`).
const MONTHS: [&str; 12] =
    ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."];

fn week_day(day: Date, with_year: bool) -> String {
    if reader().language == Language::German {
        let name = match day.weekday() {
            Weekday::Monday => "Mo.",
            Weekday::Tuesday => "Di.",
            Weekday::Wednesday => "Mi.",
            Weekday::Thursday => "Do.",
            Weekday::Friday => "Fr.",
            Weekday::Saturday => "Sa.",
            Weekday::Sunday => "So.",
        };
        let month = usize::try_from(day.month() - 1).ok().and_then(|place| MONTHS.get(place)).unwrap_or(&"");
        let year = if with_year { format!(" {}", day.year()) } else { String::new() };
        return format!("{name}, {}. {month}{year}", day.day());
    }
    let form = match (reader().format, with_year) {
        (Format::America, false) => "%a, %b %-d",
        (Format::America, true) => "%a, %b %-d, %Y",
        (_, false) => "%a %-d %b",
        (_, true) => "%a %-d %b %Y",
    };
    day.strftime(form).to_string()
}

fn clock_time(local: &Zoned) -> String {
    let form = if reader().format == Format::America { "%-I:%M %p" } else { "%H:%M" };
    local.strftime(form).to_string()
}

/// The short name of the zone at that moment, as German has it where it has one of its own.
fn zone_name(local: &Zoned) -> String {
    let name = local.strftime("%Z").to_string();
    if reader().language != Language::German {
        return name;
    }
    match name.as_str() {
        "CET" => "MEZ".to_owned(),
        "CEST" => "MESZ".to_owned(),
        "WET" => "WEZ".to_owned(),
        "WEST" => "WESZ".to_owned(),
        "EET" => "OEZ".to_owned(),
        "EEST" => "OESZ".to_owned(),
        _ => name,
    }
}

/// A length of time in its largest unit.
fn span(seconds: i64) -> String {
    let minutes = seconds / 60;
    let hours = minutes / 60;
    let days = hours / 24;
    match (minutes, hours, days) {
        (0..60, _, _) => say!("{n} min", n = minutes.max(1)),
        (_, 0..24, _) => say!("{n} h", n = hours),
        (_, _, 0..60) => say!("{n} d", n = days),
        (_, _, 60..730) => say!("{n} mo", n = days / 30),
        _ => say!("{n} y", n = days / 365),
    }
}
