//! Who acts in the demo, on whom, and when: through the same door as everybody.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use kith_api::view::ChangeView;
use serde_json::Value;

use super::account::{self, Created};
use super::people::People;
use crate::demo::Story;
use crate::door::{Call, Door, Local};
use crate::failure::Failure;

/// The last business days before the day of the demo, in which people work with what they brought over.
pub(super) const DAYS: usize = 4;

/// The business days in which the company comes to life.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar {
    /// The day of the demo.
    pub(super) today: Date,
    /// How many days before it each business day was, the first one first.
    ago: [i64; DAYS],
}

impl Calendar {
    pub(super) fn before(today: Date) -> Self {
        let mut ago = [0; DAYS];
        let mut day = 0;
        for slot in ago.iter_mut().rev() {
            day += 1;
            while today.saturating_sub(Span::new().days(day)).weekday().to_monday_one_offset() > 5 {
                day += 1;
            }
            *slot = day;
        }
        Self { today, ago }
    }

    /// A day counted from the day of the demo; negative is before it.
    pub(super) fn day(&self, days: i64) -> String {
        self.today.saturating_add(Span::new().days(days)).to_string()
    }

    /// The date of a business day.
    pub(super) fn date(&self, day: usize) -> Date {
        self.today.saturating_sub(Span::new().days(self.ago.get(day).copied().unwrap_or_default()))
    }

    /// An hour of a business day (UTC). Where the demo is of another day than that of the machine, on the clock of the machine.
    pub(super) fn hour(&self, day: usize, hour: i64) -> Timestamp {
        let now = Timestamp::now().to_zoned(TimeZone::UTC).date();
        let away = now.duration_since(self.today).as_hours() / 24;
        let away = if away.abs() <= 1 { 0 } else { away };
        let date = self.date(day).saturating_add(Span::new().days(away));
        let midnight = date.to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp());
        midnight.saturating_add(SignedDuration::from_hours(hour)).unwrap_or(midnight)
    }
}

/// People, accounts and days of the demo.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) local: Local,
    pub(super) people: People,
    pub(super) created: Vec<Created>,
    pub(super) calendar: Calendar,
}

impl Stage {
    /// Lets somebody call, by first name.
    pub(super) async fn call(&self, who: &str, call: Call) -> Result<Value, Failure> {
        let caller = self.people.with_address(&format!("{who}@meridian.example"))?;
        Door::Local(self.local.of(caller)).call(call).await?.json()
    }

    /// Lets the account manager of an account call.
    pub(super) async fn manager_calls(&self, account: &Created, call: Call) -> Result<Value, Failure> {
        let caller = self.people.with_address(&account.manager)?;
        Door::Local(self.local.of(caller)).call(call).await?.json()
    }

    /// Lets whoever must approve a change that waits.
    pub(super) async fn settle(&self, change: Value) -> Result<ChangeView, Failure> {
        let change = serde_json::from_value(change).map_err(|error| Failure::Here(error.to_string()))?;
        account::approve(&self.local, &self.people, change).await
    }

    /// Calls, and lets whoever must approve what waits.
    pub(super) async fn settled(&self, who: &str, call: Call) -> Result<ChangeView, Failure> {
        let change = self.call(who, call).await?;
        self.settle(change).await
    }

    /// Lets whatever is due come about: alerts, holds, reminders, renewals.
    pub(super) async fn evening(&self) -> Result<(), Failure> {
        self.local.engine().do_jobs().await.map_err(|fault| Failure::Here(fault.to_string()))
    }

    /// Goes on to an hour of a business day.
    pub(super) async fn go_to(&self, day: usize, hour: i64) -> Result<(), Failure> {
        let engine = self.local.engine();
        engine.move_clock(self.calendar.hour(day, hour));
        engine.open_day().await.map(drop).map_err(|fault| Failure::Here(fault.to_string()))
    }

    /// Goes on to now.
    pub(super) async fn go_to_now(&self) -> Result<(), Failure> {
        self.go_to_before_now(0).await
    }

    /// Goes on to some hours before now.
    pub(super) async fn go_to_before_now(&self, hours: i64) -> Result<(), Failure> {
        let engine = self.local.engine();
        let now = Timestamp::now();
        engine.move_clock(now.saturating_sub(SignedDuration::from_hours(hours)).unwrap_or(now));
        engine.open_day().await.map(drop).map_err(|fault| Failure::Here(fault.to_string()))
    }

    /// The accounts with a story.
    pub(super) fn with(&self, story: Story) -> impl Iterator<Item = &Created> {
        self.created.iter().filter(move |account| account.story == story)
    }

    /// Accounts without a story that take part in what others do not: none is taken twice.
    pub(super) fn steady(&self, tier: &'static str, entity: &'static str) -> impl Iterator<Item = &Created> {
        let fits = move |account: &&Created| account.tier == tier && account.entity == entity;
        self.with(Story::Steady).filter(fits)
    }
}
