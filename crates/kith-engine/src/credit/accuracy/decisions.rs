//! Decisions replayed: what would have been decided at that very moment with all that is known today.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kith_domain::account::Account;
use kith_domain::credit::{Asked, Book, Cap, Decision, Exposure, Held, Severity, Standing, judge};
use kith_domain::organisation::{LegalEntity, Organisation};
use kith_domain::reservation::{Reservation, ReservationState};
use kith_domain::risk::Risk;
use kith_domain::value::{AccountId, Money};
use kith_profile::order_number;
use kith_risk::RiskClass;
use kith_store::{Fault, Noun, Reader};

use super::history::{Policies, Step, state_at};
use super::limits::LimitDays;
use super::place::{Places, Record};
use crate::credit::act::bars;
use crate::credit::line::entity_number;
use crate::credit::standing::{exchange, is_cash};
use crate::engine::{Engine, profile_day, pseudonym_key};
use crate::noun::{Loaded, load, read};

/// Reservations of an account that are looked at.
const RESERVATIONS_MAX: u32 = 5_000;

/// What an account was in the time that is looked at.
pub(super) struct Past<'p> {
    pub(super) engine: &'p Engine,
    pub(super) id: AccountId,
    pub(super) row: u32,
    pub(super) steps: &'p [Step],
    pub(super) limits: &'p LimitDays,
    pub(super) policies: &'p Policies,
    pub(super) risk: Risk,
}

/// All reservations and refused requests of an account.
pub(super) fn reservations(
    reader: &mut Reader<'_>,
    id: AccountId,
) -> Result<Vec<Loaded<Reservation>>, Fault> {
    let id = id.to_string();
    let index = [("account_id", id.as_str().into())];
    let found = reader.list_newest(Noun::Reservation, &index, None, RESERVATIONS_MAX)?;
    found.into_iter().map(read::<Reservation>).collect()
}

/// The moment of a decision, in the order of the ledger.
struct Then<'t, 'r> {
    reader: &'t mut Reader<'r>,
    places: &'t mut Places,
    /// The decision's own reservation, and the row of its account.
    own: &'t Loaded<Reservation>,
    own_row: u32,
    at: Timestamp,
    day: Date,
}

impl Then<'_, '_> {
    /// Whether a record of a reservation stands before the decision. Decisions of one sitting share their time.
    fn is_past(&mut self, id: &str, what: Record, when: Timestamp) -> Result<bool, Fault> {
        if when != self.at {
            return Ok(when < self.at);
        }
        let own = self.places.of(self.reader, &self.own.id)?.at(Record::Decided);
        Ok(self.places.of(self.reader, id)?.at(what) < own)
    }

    /// What a reservation held then: as asked until it was resolved.
    fn held(&mut self, loaded: &Loaded<Reservation>) -> Result<Option<(Money, bool)>, Fault> {
        let reservation = &loaded.state;
        let Some(draft) = reservation.draft.as_ref().filter(|draft| !draft.prepaid) else { return Ok(None) };
        let goes = reservation.decision.as_ref().is_some_and(|decision| decision.outcome.goes());
        let Some(decided) = reservation.decided_at.filter(|_| goes) else { return Ok(None) };
        if !self.is_past(&loaded.id, Record::Decided, decided)? {
            return Ok(None);
        }
        if let Some(resolved) = reservation.resolved_at
            && self.is_past(&loaded.id, Record::Resolved, resolved)?
        {
            let committed = reservation.state == Some(ReservationState::Committed);
            return Ok(reservation.held_at(self.at).map(|money| (money, committed)));
        }
        let holds = reservation.expires_at.is_none_or(|until| until > self.at);
        Ok(holds.then_some((draft.amount, false)))
    }

    /// The book of an account, with all that is known today of the time until then.
    fn book(
        &mut self,
        engine: &Engine,
        (row, owner): (u32, u8),
        held: &[Loaded<Reservation>],
    ) -> Result<Book, Fault> {
        let organisation = engine.organisation();
        let key = pseudonym_key(engine.store());
        let number = |reservation: &Reservation| {
            reservation.order_no.as_deref().map(|order_no| order_number(&key, order_no))
        };
        let mut documents =
            engine.living().documents_until(row, self.at.as_millisecond(), profile_day(self.day));
        // The order that is decided on may have been written down before the decision.
        if let Some(own) = number(&self.own.state).filter(|_| row == self.own_row) {
            documents.orders.retain(|order| order.doc != own);
            documents.invoices.retain(|invoice| invoice.order != Some(own));
        }
        let mut book = Book::of(&documents, owner, &exchange(&organisation, self.day));
        for loaded in held.iter().filter(|loaded| loaded.id != self.own.id) {
            let Some((money, committed)) = self.held(loaded)? else { continue };
            let entity =
                loaded.state.draft.as_ref().and_then(|draft| entity_number(&organisation, &draft.entity));
            let Some(entity) = entity else { continue };
            let order = number(&loaded.state);
            book.hold(&Held { order, entity, currency: money.currency, amount: money.minor, committed });
        }
        Ok(book)
    }
}

fn owner_number(organisation: &Organisation, account: &Account) -> u8 {
    entity_number(organisation, &account.owning_entity).unwrap_or(1)
}

/// What was told of the request besides the book: a finding, who ordered, in which currency.
fn asked(decision: &Decision, prepaid: bool, amount: Option<i64>) -> Asked {
    let told = |code: &str| decision.reasons.iter().find(|reason| reason.code == code);
    let anomaly = told("anomaly").map(|reason| reason.severity);
    Asked {
        amount,
        prepaid,
        authorised: told("not_authorised").is_none(),
        currency_enabled: told("currency_not_enabled").is_none(),
        anomaly: anomaly.filter(|severity| *severity >= Severity::Warning),
    }
}

impl Past<'_> {
    /// What would have been decided; nothing where it cannot be said any more.
    pub(super) fn replay(
        &self,
        (reader, places): (&mut Reader<'_>, &mut Places),
        decided: &Loaded<Reservation>,
        all: &[Loaded<Reservation>],
    ) -> Result<Option<Decision>, Fault> {
        let reservation = &decided.state;
        let (Some(draft), Some(decision), Some(at)) =
            (&reservation.draft, &reservation.decision, reservation.decided_at)
        else {
            return Ok(None);
        };
        let organisation = self.engine.organisation();
        let (Some(entity), Some(step)) = (organisation.entity(&draft.entity), state_at(self.steps, at))
        else {
            return Ok(None);
        };
        let zone = TimeZone::get(&entity.timezone).unwrap_or(TimeZone::UTC);
        let day = at.to_zoned(zone).date();
        let Some((version, rules)) = self.policies.at(at) else { return Ok(None) };
        let owner = owner_number(&organisation, &step.account);
        let mut then = Then { reader, places, own: decided, own_row: self.row, at, day };
        let book = then.book(self.engine, (self.row, owner), all)?;
        let mut standing = self.standing(step, entity, (at, day), &book)?;
        standing.policy_version = version;
        standing.caps = self.caps(&mut then, (&book, draft.amount))?;
        let amount = organisation.convert(draft.amount, entity.currency, day).map(|money| money.minor);
        Ok(Some(judge(&asked(decision, draft.prepaid, amount), &standing, &rules.credit)))
    }

    fn standing(
        &self,
        step: &Step,
        entity: &LegalEntity,
        (at, day): (Timestamp, Date),
        book: &Book,
    ) -> Result<Standing, Fault> {
        let organisation = self.engine.organisation();
        let account = &step.account;
        let seen = account.seen_by(entity, &organisation, day);
        let limit = seen.account.credit_limit;
        let limit = limit.and_then(|limit| organisation.convert(limit, entity.currency, day));
        // Where another limit should have been in force, it decides.
        let wrong = self.limits.wrong.get(&(entity.code.clone(), day.min(self.engine.day())));
        let limit = wrong.map_or(limit, |wrong| wrong.implied);
        let shared = seen.limit.shared_by.iter().filter_map(|code| entity_number(&organisation, code));
        let mut pool: Vec<u8> = shared.collect();
        if pool.is_empty() {
            pool.extend(entity_number(&organisation, &entity.code));
        }
        let exposure = Exposure::of(
            book,
            &|number| pool.contains(&number),
            entity.currency,
            profile_day(day),
            &exchange(&organisation, day),
        );
        let bars = bars(account, &entity.code);
        let class = self.engine.class_on(self.row, account, self.risk.clone(), day)?;
        Ok(Standing {
            stage: account.stage,
            suspended: bars.suspended,
            credit_hold: bars.credit_hold,
            watch: bars.watch,
            cash_terms: is_cash(seen.account.payment_terms.as_deref()),
            currency: entity.currency,
            limit: limit.map(|limit| limit.minor),
            exposure,
            caps: Vec::new(),
            class: class.map(RiskClass::letter),
            age_hours: None,
            current: true,
            position: 0,
            data_as_of: at,
            policy_version: 0,
        })
    }

    /// The limits of the group as they are today, with what counted against each then.
    fn caps(&self, then: &mut Then<'_, '_>, (own, asked): (&Book, Money)) -> Result<Vec<Cap>, Fault> {
        let day = then.day;
        let organisation = self.engine.organisation();
        let (above, home) = {
            let inner = self.engine.directory().read();
            let rows: Vec<u32> =
                std::iter::once(self.row).chain(inner.ancestors_of(self.row, self.engine.day())).collect();
            let ids = rows.iter().filter_map(|row| Some((*row, inner.entry(*row)?.id)));
            (ids.collect::<Vec<_>>(), self.engine.day())
        };
        let mut caps = Vec::new();
        for (row, id) in above {
            let Some(limit) = load::<Account>(then.reader, &id.to_string())?.state.group_credit_limit else {
                continue;
            };
            let members: Vec<(u32, AccountId)> = {
                let inner = self.engine.directory().read();
                let tree = inner.tree_of(row, home);
                tree.iter().filter_map(|branch| Some((branch.row, inner.entry(branch.row)?.id))).collect()
            };
            let mut exposure = Some(0_i64);
            for (row, member) in members {
                let convert = exchange(&organisation, day);
                let total = |book: &Book| {
                    let whole = Exposure::of(book, &|_| true, limit.currency, profile_day(day), &convert)?;
                    Some(whole.buckets.exposure())
                };
                let sum = if member == self.id {
                    total(own)
                } else {
                    let account = load::<Account>(then.reader, &member.to_string())?.state;
                    let owner = owner_number(&organisation, &account);
                    let held = reservations(then.reader, member)?;
                    total(&then.book(self.engine, (row, owner), &held)?)
                };
                exposure = exposure.zip(sum).map(|(all, one)| all.saturating_add(one));
            }
            let amount = organisation.convert(asked, limit.currency, day).map(|money| money.minor);
            caps.push(Cap { limit, exposure, amount });
        }
        Ok(caps)
    }
}
