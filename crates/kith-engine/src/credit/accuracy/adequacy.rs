//! Whether limits fitted, looked at 120 days later, when it is known: too tight where they held an order that was paid well,
//! too loose where more than the need went unpaid.

use jiff::civil::Date;
use kith_domain::account::Account;
use kith_domain::credit::Outcome;
use kith_domain::reservation::Reservation;
use kith_domain::value::{Currency, Money};
use kith_profile::{Fate, order_number};
use kith_store::Fault;

use super::decisions::Past;
use super::history::state_at;
use super::limits::Day;
use crate::credit::line::entity_number;
use crate::engine::{profile_day, pseudonym_key};
use crate::noun::Loaded;

/// Days late within which an order that was held counts as legitimate.
const LEGITIMATE_DAYS: u16 = 15;
/// Days past due from which an invoice was too much.
const GRAVE_DAYS: u16 = 90;

/// What became of one active limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Fit {
    pub(super) too_tight: bool,
    pub(super) too_loose: bool,
}

impl Past<'_> {
    /// How each limit that was active on the last of some days fitted in that time.
    pub(super) fn fits(&self, all: &[Loaded<Reservation>], days: &[Day]) -> Result<Vec<Fit>, Fault> {
        let (Some(first), Some(last)) = (days.first(), days.last()) else { return Ok(Vec::new()) };
        let Some(step) = state_at(self.steps, last.end) else { return Ok(Vec::new()) };
        let organisation = self.engine.organisation();
        let fates = self.engine.living().fates(self.row);
        let own = step.account.overrides.keys().filter(|code| **code != step.account.owning_entity);
        let mut fits = Vec::new();
        for code in std::iter::once(&step.account.owning_entity).chain(own) {
            let Some(entity) = organisation.entity(code) else { continue };
            let limit = step.account.seen_by(entity, &organisation, last.date).account.credit_limit;
            if !super::limits::lives(&step.account) || limit.is_none_or(|limit| limit.minor <= 0) {
                continue;
            }
            let number = entity_number(&organisation, code);
            let span = (profile_day(first.date), profile_day(last.date));
            let of_entity = |fate: &&Fate| Some(fate.entity) == number || fate.entity == 0;
            let held = all.iter().filter(|loaded| {
                loaded.state.draft.as_ref().is_some_and(|draft| draft.entity == *code)
                    && loaded.state.decided_at.is_some_and(|at| at <= last.end)
                    && loaded.state.decided_at.is_some_and(|at| profile_day(day_of(at)) >= span.0)
            });
            let too_tight = held.into_iter().any(|loaded| self.was_legitimate(&loaded.state, &fates));
            let grave = |fate: &&Fate| {
                (span.0..=span.1).contains(&fate.issued) && fate.late >= GRAVE_DAYS && fate.minor > 0
            };
            let mut too_loose = false;
            for fate in fates.iter().filter(of_entity).filter(grave) {
                too_loose |= self.was_above_need(&step.account, fate)?;
            }
            fits.push(Fit { too_tight, too_loose });
        }
        Ok(fits)
    }

    /// Whether a request was held for its limit although its order was paid well in the end.
    fn was_legitimate(&self, reservation: &Reservation, fates: &[Fate]) -> bool {
        let held = reservation.decision.as_ref().is_some_and(|decision| {
            let for_limit = |code: &str| matches!(code, "over_limit" | "group_limit");
            decision.outcome == Outcome::Hold && decision.reasons.iter().any(|reason| for_limit(&reason.code))
        });
        let Some(order_no) = reservation.order_no.as_deref().filter(|_| held) else { return false };
        let order = order_number(&pseudonym_key(self.engine.store()), order_no);
        let mut of_order = fates.iter().filter(|fate| fate.order == Some(order)).peekable();
        of_order.peek().is_some() && of_order.all(|fate| !fate.open && fate.late <= LEGITIMATE_DAYS)
    }

    /// Whether more was owed when an invoice was issued than the customer needed.
    fn was_above_need(&self, account: &Account, fate: &Fate) -> Result<bool, Fault> {
        let Some(home) = self.engine.organisation().currency else { return Ok(false) };
        let day = date_of(fate.issued);
        let end = super::end_of(self.engine, day);
        let owed = self.engine.living().credit_history_on(self.row, None, fate.issued);
        let Some(exposure) = owed.and_then(|history| history.exposure_minor) else { return Ok(false) };
        let need = self.engine.shadow_limit(self.row, account, &self.risk, (day, end), Vec::new());
        let need = need.map_or(0, |proposal| proposal.need_minor);
        Ok(above(exposure, need, home))
    }
}

/// Above the need by more than a whole unit.
fn above(exposure: i64, need: i64, home: Currency) -> bool {
    exposure.saturating_sub(need) > Money::new(10_i64.pow(home.exponent().into()), home).minor
}

fn day_of(at: jiff::Timestamp) -> Date {
    at.to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn date_of(day: u16) -> Date {
    Date::constant(1970, 1, 1).saturating_add(jiff::Span::new().days(i32::from(day)))
}
