//! The time a page is drawn at, and how moments read beside it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};

/// When and where the page is read.
#[derive(Debug, Clone)]
pub struct Clock {
    /// When the page is drawn.
    pub now: Timestamp,
    /// The reader's time zone.
    pub zone: TimeZone,
}

impl Clock {
    /// How long ago, in one short word: `now`, `2 min`, `3 h`, `12 d`, `14 mo`, `3 y`. `None` when `at` is not RFC 3339.
    pub(crate) fn age(&self, at: &str) -> Option<String> {
        let at: Timestamp = at.parse().ok()?;
        let seconds = self.now.as_second().saturating_sub(at.as_second());
        if seconds < 0 {
            return Some(format!("in {}", span(seconds.saturating_neg())));
        }
        Some(if seconds < 60 { "now".to_owned() } else { span(seconds) })
    }

    /// The same with `ago`, as a sentence needs it.
    pub(crate) fn ago(&self, at: &str) -> String {
        match self.age(at) {
            Some(age) if age == "now" => "just now".to_owned(),
            Some(age) if age.starts_with("in ") => age,
            Some(age) => format!("{age} ago"),
            None => "at an unknown time".to_owned(),
        }
    }

    /// `22 Nov 2026, 09:38 GMT`.
    pub(crate) fn exact(&self, at: &str) -> String {
        let Ok(at) = at.parse::<Timestamp>() else { return at.to_owned() };
        let local = at.to_zoned(self.zone.clone());
        local.strftime("%-d %b %Y, %H:%M %Z").to_string()
    }

    /// `09:38`.
    pub(crate) fn time(&self, at: &str) -> String {
        let Ok(at) = at.parse::<Timestamp>() else { return String::new() };
        at.to_zoned(self.zone.clone()).strftime("%H:%M").to_string()
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
        let days = (today - day).get_days();
        match days {
            0 => "Today".to_owned(),
            1 => "Yesterday".to_owned(),
            _ if day.year() == today.year() => day.strftime("%a %-d %b").to_string(),
            _ => day.strftime("%a %-d %b %Y").to_string(),
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

/// An ISO date as `22 Nov 2026`; other text as it is.
pub(crate) fn date(iso: &str) -> String {
    match iso.parse::<Date>() {
        Ok(date) => date.strftime("%-d %b %Y").to_string(),
        Err(_) => iso.to_owned(),
    }
}

/// A length of time in its largest unit.
fn span(seconds: i64) -> String {
    let minutes = seconds / 60;
    let hours = minutes / 60;
    let days = hours / 24;
    match (minutes, hours, days) {
        (0..60, _, _) => format!("{} min", minutes.max(1)),
        (_, 0..24, _) => format!("{hours} h"),
        (_, _, 0..60) => format!("{days} d"),
        (_, _, 60..730) => format!("{} mo", days / 30),
        _ => format!("{} y", days / 365),
    }
}
