//! Limit-days: the limit in force at the end of each day beside the one that approved decisions, policy and events imply.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use kith_domain::account::{Account, Stage};
use kith_domain::credit::{Share, limit_is_right};
use kith_domain::organisation::Organisation;
use kith_domain::risk::Risk;
use kith_domain::value::{AccountId, EntityCode, Money};
use kith_risk::limit::Outcome;
use kith_store::{Fault, Reader};

use super::history::{Policies, Step, state_at};
use crate::engine::Engine;
use crate::noun::load;

/// A day of the window, and the moment at which it ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    pub(super) date: Date,
    pub(super) end: Timestamp,
}

/// The limit that should have been on a day on which another was in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) enforced: Option<Money>,
    pub(super) implied: Option<Money>,
}

/// What the limit-days of an account came to.
#[derive(Debug, Clone, Default)]
pub(super) struct LimitDays {
    pub(super) share: Share,
    pub(super) wrong: BTreeMap<(EntityCode, Date), Wrong>,
}

/// The limits that were in force up to a moment, oldest first.
fn limits_until(steps: &[Step], until: Timestamp) -> Vec<(Timestamp, Option<Money>)> {
    let mut limits: Vec<(Timestamp, Option<Money>)> = Vec::new();
    for step in steps.iter().take_while(|step| step.at <= until) {
        let limit = step.account.credit_limit;
        if limits.last().is_none_or(|(_, known)| *known != limit) {
            limits.push((step.at, limit));
        }
    }
    limits
}

pub(super) fn lives(account: &Account) -> bool {
    let here = account.merged_into.is_none() && account.deleted_at.is_none();
    here && matches!(account.stage, Stage::Active | Stage::Probation)
}

/// Everything that a day's recomputation needs.
struct Shadow<'s> {
    engine: &'s Engine,
    row: u32,
    risk: &'s Risk,
    steps: &'s [Step],
    organisation: &'s Organisation,
}

impl Shadow<'_> {
    /// The limit that the rules would have set by themselves on a day, from a limit; none where they leave it.
    fn ruled(&self, account: &Account, from: Money, day: Day) -> Option<Money> {
        let account = Account { credit_limit: Some(from), ..account.clone() };
        let limits = limits_until(self.steps, day.end);
        let proposal =
            self.engine.shadow_limit(self.row, &account, self.risk, (day.date, day.end), limits)?;
        let home = self.organisation.currency?;
        // Less applies by itself; more is for people to agree to.
        (proposal.outcome == Outcome::Cut).then_some(())?;
        let to = Money::new(proposal.proposed_minor, home);
        crate::risk::moved(self.organisation, from, to, day.date)
    }

    /// The master's limit as it should be at the end of a day.
    fn follow(&self, implied: &mut Option<Money>, step: &Step, day: Day, ruled_today: bool) {
        let Some(from) = *implied else { return };
        let before = Day { date: day.date.yesterday().unwrap_or(day.date), ..day };
        let enforced = step.account.credit_limit;
        if ruled_today {
            // What a rule did in the middle of the day stood on what was known then: the day before, or this one.
            let justified = [day, before]
                .into_iter()
                .any(|day| limit_is_right(enforced, self.ruled(&step.account, from, day)));
            if justified {
                *implied = enforced;
                return;
            }
        }
        if let Some(to) = self.ruled(&step.account, from, day) {
            *implied = Some(to);
        }
    }
}

/// Since when a state is, the limit that should be in it, and what it came to with each legal entity.
type Compared = (Timestamp, Option<Money>, Vec<(EntityCode, Option<Wrong>)>);

/// The limit with each legal entity beside the one that should be, where they differ.
fn compared(
    step: &Step,
    limit: Option<Money>,
    organisation: &Organisation,
    day: Day,
) -> Vec<(EntityCode, Option<Wrong>)> {
    let wanted = Account { credit_limit: limit, ..step.decided.clone() };
    let own = step.account.overrides.keys().filter(|code| **code != step.account.owning_entity);
    let codes = std::iter::once(&step.account.owning_entity).chain(own);
    let compare = |code: &EntityCode| {
        let entity = organisation.entity(code)?;
        let seen = |account: &Account| {
            let limit = account.seen_by(entity, organisation, day.date).account.credit_limit?;
            organisation.convert(limit, entity.currency, day.date)
        };
        let (enforced, implied) = (seen(&step.account), seen(&wanted));
        let wrong = (!limit_is_right(enforced, implied)).then_some(Wrong { enforced, implied });
        Some((code.clone(), wrong))
    };
    codes.filter_map(compare).collect()
}

/// Holds every limit-day of an account against what it should have been.
pub(super) fn limit_days(
    engine: &Engine,
    reader: &mut Reader<'_>,
    (id, row): (AccountId, u32),
    steps: &[Step],
    (days, policies): (&[Day], &Policies),
) -> Result<LimitDays, Fault> {
    let organisation = engine.organisation();
    let risk = load::<Risk>(reader, &id.to_string())?.state;
    let shadow = Shadow { engine, row, risk: &risk, steps, organisation: &organisation };
    let mut found = LimitDays::default();
    // What was in force before the window is taken as right.
    let mut since = days.first().and_then(|day| day.end.checked_sub(jiff::Span::new().hours(24)).ok());
    let start = since.and_then(|at| state_at(steps, at));
    let mut implied = start.map(|step| step.account.credit_limit);
    let mut before = start.map(|step| step.account.credit_limit);
    let mut last: Option<Compared> = None;
    for day in days {
        let Some(step) = state_at(steps, day.end) else { continue };
        let today = |step: &&Step| step.at <= day.end && since.is_none_or(|since| step.at > since);
        let mut ruled_today = false;
        for step in steps.iter().filter(today) {
            ruled_today |= step.ruled;
            let now = Some(step.account.credit_limit);
            if before != now && !step.ruled {
                implied = now;
            }
            before = now;
        }
        since = Some(day.end);
        let mut limit = implied.flatten();
        if lives(&step.account) && policies.limits_follow(day.end) {
            shadow.follow(&mut limit, step, *day, ruled_today);
            implied = Some(limit);
        }
        if !lives(&step.account) {
            continue;
        }
        // Most days are like the one before: the same state, and the same limit that should be.
        let alike = last.as_ref().is_some_and(|(at, known, _)| (*at, *known) == (step.at, limit));
        if !alike {
            last = Some((step.at, limit, compared(step, limit, &organisation, *day)));
        }
        for (code, wrong) in last.iter().flat_map(|(_, _, all)| all) {
            found.share.count(wrong.is_none());
            found.wrong.extend(wrong.map(|wrong| ((code.clone(), day.date), wrong)));
        }
    }
    Ok(found)
}
