//! What the clock asks of a contract: it begins, its end comes near, it goes on or ends, an audit falls due.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp, ToSpan};

use super::check::term_end;
use super::{Contract, ContractState, Event, Terms};
use crate::contract_template::Renewal;

/// People are reminded so many days before the deadline (D§1.8).
pub const REMIND_BEFORE_DAYS: [u16; 6] = [120, 90, 60, 30, 14, 7];
/// People are reminded of a missing signature after so many hours (D§2.3).
pub const SIGNING_REMINDERS_HOURS: [u16; 3] = [4, 24, 72];
/// Days between two audits.
const AUDIT_DAYS: i64 = 365;
/// Most events of one look: a contract that nobody looked at for decades.
const EVENTS_MAX: usize = 200;

/// The day up to which something must be done: the last day of notice, which is never after the end.
#[must_use]
pub fn deadline(terms: &Terms) -> Option<Date> {
    terms.ends_on?.checked_sub(Span::new().days(i64::from(terms.notice_days))).ok()
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

impl Contract {
    /// Everything that the clock asks on a day, in the order in which it happens.
    pub(super) fn tended(&self, today: Date) -> Vec<Event> {
        let (mut state, mut events) = (self.clone(), Vec::new());
        while let Some(event) = state.next_event(today).filter(|_| events.len() < EVENTS_MAX) {
            state.apply(&event);
            events.push(event);
        }
        events
    }

    fn next_event(&self, today: Date) -> Option<Event> {
        if self.state == ContractState::Signed {
            return self.begins(today);
        }
        if !matches!(self.state, ContractState::Active | ContractState::Expiring) {
            return None;
        }
        if let Some(notice) = self.notice.as_ref().filter(|notice| notice.on < today) {
            return Some(Event::Terminated { on: notice.on });
        }
        if let Some(last) = self.terms.ends_on.filter(|last| *last < today) {
            return Some(self.ends(last));
        }
        self.comes_near(today).or_else(|| self.audit(today))
    }

    fn begins(&self, today: Date) -> Option<Event> {
        self.validated_at?;
        if let Some(notice) = self.notice.as_ref().filter(|notice| notice.on < today) {
            return Some(Event::Terminated { on: notice.on });
        }
        self.terms.starts_on.filter(|first| *first <= today).map(|_| Event::Activated { on: today })
    }

    fn ends(&self, last: Date) -> Event {
        let next = || term_end(last.checked_add(1.day()).ok()?, self.terms.auto_renew_term_months.max(1));
        match (self.terms.renewal, &self.notice) {
            (Renewal::Auto, None) => {
                next().map_or(Event::Expired { on: last }, |ends_on| Event::Renewed { ends_on })
            }
            _ => Event::Expired { on: last },
        }
    }

    fn comes_near(&self, today: Date) -> Option<Event> {
        let deadline = deadline(&self.terms).filter(|_| self.notice.is_none())?;
        let left = days_between(today, deadline);
        let reached = REMIND_BEFORE_DAYS.into_iter().filter(|days| left <= i64::from(*days)).min()?;
        if self.state == ContractState::Active {
            return Some(Event::Expiring { deadline });
        }
        let told = self.reminded_days.is_some_and(|told| told <= reached);
        (left >= 0 && !told).then_some(Event::Reminded { days: reached, deadline })
    }

    fn audit(&self, today: Date) -> Option<Event> {
        let on = self.next_audit()?;
        (on <= today).then_some(Event::AuditDue { on })
    }

    /// Whether the clock asks anything on a day.
    #[must_use]
    pub fn is_due(&self, today: Date) -> bool {
        self.next_event(today).is_some()
    }

    /// The day of the next audit.
    #[must_use]
    pub fn next_audit(&self) -> Option<Date> {
        let last = self.audited_on.or(self.active_since)?;
        let running = matches!(self.state, ContractState::Active | ContractState::Expiring);
        last.checked_add(AUDIT_DAYS.days()).ok().filter(|_| running)
    }

    /// The reminder of a missing signature that is due, if there is one: after how many hours.
    #[must_use]
    pub fn signing_reminder(&self, now: Timestamp) -> Option<u16> {
        let sent = self.sent_at.filter(|_| self.is_out())?;
        let waited = now.duration_since(sent);
        let reached = |hours: &u16| waited >= SignedDuration::from_hours(i64::from(*hours));
        let reached = SIGNING_REMINDERS_HOURS.into_iter().filter(reached).max()?;
        self.reminded_hours.is_none_or(|told| told < reached).then_some(reached)
    }

    /// When it must be looked at next, at the earliest; `None` when the clock asks nothing of it.
    #[must_use]
    pub fn next_look(&self) -> Option<Timestamp> {
        if self.is_out() {
            let told = self.reminded_hours.unwrap_or_default();
            let hours = SIGNING_REMINDERS_HOURS.into_iter().find(|hours| *hours > told)?;
            return self.sent_at?.checked_add(SignedDuration::from_hours(i64::from(hours))).ok();
        }
        if !self.is_in_force() {
            return None;
        }
        let after = |day: Date| day.checked_add(1.day()).ok();
        let ends = self.terms.ends_on.and_then(after);
        let notice = self.notice.as_ref().and_then(|notice| after(notice.on));
        let begins = self.terms.starts_on.filter(|_| self.state == ContractState::Signed);
        let begins = begins.filter(|_| self.validated_at.is_some());
        let days = [ends, notice, begins, self.next_audit(), self.next_reminder()];
        let day = days.into_iter().flatten().min()?;
        // The first zone in which the day begins.
        let at = day.to_zoned(TimeZone::UTC).ok()?.timestamp();
        at.checked_sub(SignedDuration::from_hours(14)).ok()
    }

    fn next_reminder(&self) -> Option<Date> {
        let deadline = deadline(&self.terms).filter(|_| self.notice.is_none())?;
        let told = self.reminded_days.unwrap_or(u16::MAX);
        let days = REMIND_BEFORE_DAYS.into_iter().find(|days| *days < told)?;
        deadline.checked_sub(Span::new().days(i64::from(days))).ok()
    }
}
