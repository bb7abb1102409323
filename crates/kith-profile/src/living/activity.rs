//! What goes on with an account just now: questions that wait, and how many came this week.

use super::Living;
use crate::fact::{Fact, FactKind};
use crate::metric::sheet::View;

/// Days of the week that is looked at.
const WEEK: u16 = 7;
/// Weeks before it that say what is usual.
const WEEKS_BEFORE: u16 = 8;
/// Inquiries in a week from which on more than usual means something.
const RISING_LEAST: u32 = 3;
/// How much more than usual is a rise.
const RISING: f64 = 1.5;

/// What goes on with an account (D§8: activity badges).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Activity {
    /// Inquiries that nobody has answered or settled.
    pub unread: u32,
    /// Inquiries of the last seven days.
    pub week: u32,
    /// Inquiries of a week, as the mean of the eight weeks before.
    pub usual: f64,
}

impl Activity {
    /// Whether markedly more comes in than usual.
    #[must_use]
    pub fn is_rising(&self) -> bool {
        self.week >= RISING_LEAST && f64::from(self.week) > self.usual * RISING
    }
}

impl Living {
    /// What goes on with an account; `None` for an unknown row.
    #[must_use]
    pub fn activity(&self, row: u32) -> Option<Activity> {
        self.with_account(row, |_, view| Some(activity(&view)))
    }
}

fn activity(view: &View<'_>) -> Activity {
    let received = view.latest(FactKind::InquiryReceived);
    let in_days = |window: u16| received.iter().filter(|fact| view.within(fact.day, window)).count();
    let week = in_days(WEEK);
    let before = in_days(WEEK * (WEEKS_BEFORE + 1)) - week;
    let unread = received.iter().filter(|fact| waits(view, fact)).count();
    Activity {
        unread: u32::try_from(unread).unwrap_or(u32::MAX),
        week: u32::try_from(week).unwrap_or(u32::MAX),
        usual: before as f64 / f64::from(WEEKS_BEFORE),
    }
}

/// Whether the last word on an inquiry is the customer's: it was asked, or opened again, after any reply and any end.
fn waits(view: &View<'_>, received: &Fact) -> bool {
    let of_it = |kind: FactKind| view.kind(kind).iter().filter(|fact| fact.doc == received.doc);
    let last = |kind: FactKind| of_it(kind).map(|fact| fact.at()).max();
    let asked = last(FactKind::InquiryReopened).unwrap_or_default().max(received.at());
    let answered = last(FactKind::InquiryReplied).max(last(FactKind::InquiryResolved));
    answered.is_none_or(|at| at < asked)
}
