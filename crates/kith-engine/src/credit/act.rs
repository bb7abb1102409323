//! What a request does in a sitting.

use std::sync::Arc;

use kith_connect::exposure::Line;
use kith_domain::access::Grant;
use kith_domain::account::{Account, Blocks, Hold, HoldType};
use kith_domain::approval::Diff;
use kith_domain::contract::{Contract, ContractState};
use kith_domain::credit::{Decision, Standing, ceiling, judge};
use kith_domain::decider::Decider as _;
use kith_domain::organisation::LegalEntity;
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::reservation::{
    Command, Draft, Event, Reservation, ReservationState, TIMEOUT_DEFAULT_S, TIMEOUT_MAX_S, refusal, valid_id,
};
use kith_domain::value::{AccountId, EntityCode, Money, ReservationId};
use kith_profile::{merged_number, order_number};
use kith_store::idempotency::Answer as Kept;
use kith_store::{Fault, Noun};
use ring::digest::{SHA256, digest};

use super::desk::Sitting;
use super::known::Customer;
use super::line::hold_of;
use super::teller::Waiting;
use super::{CreditAsk, ReserveAsk, Reserved, Resolve, Told};
use crate::caller::Caller;
use crate::noun::{Loaded, read};
use crate::permit;

/// A request.
#[derive(Debug)]
pub(super) enum Act {
    Check(CreditAsk),
    Reserve(Box<ReserveAsk>),
    Resolve {
        id: String,
        resolve: Resolve,
        key: Option<String>,
    },
    /// By the document's own id.
    Expire(String),
    /// Where an account stands with an entity; the caller may see it.
    Look(AccountId, EntityCode),
    /// The same of many; the caller may see them.
    LookAt(Vec<(AccountId, EntityCode)>),
    /// The same of many that have a limit, with every entity that has a word in it.
    Limited(Vec<AccountId>),
    /// Rows of an extract against the book.
    Compare(Vec<Line>),
    /// Accounts of which an extract that is whole has no row, against the book.
    Absent {
        entity: EntityCode,
        /// Which amounts the extract has columns for.
        columns: [bool; 4],
        accounts: Vec<AccountId>,
    },
    /// Where an account would stand with an entity if its record were changed so.
    Foresee(AccountId, EntityCode, Vec<Diff>),
    /// Where the group below an account would stand if its limit were changed so.
    ForeseeGroup(AccountId, Vec<Diff>),
    /// Holds that the rules ask for.
    Tend(Vec<AccountId>),
}

/// What stands in an account's way with an entity.
#[derive(Debug, Default)]
pub(super) struct Bars {
    pub(super) suspended: Option<String>,
    pub(super) credit_hold: bool,
    pub(super) watch: bool,
}

/// What stands in an account's way with an entity.
pub(super) fn bars(account: &Account, entity: &EntityCode) -> Bars {
    let suspends = |hold: &&Hold| hold.blocks == Blocks::All || hold.kind.is_compliance();
    let mut bars = Bars { watch: account.watch.is_some(), ..Bars::default() };
    for hold in account.holds_on(Some(entity)) {
        if suspends(&hold) {
            bars.suspended.get_or_insert_with(|| hold.kind.as_str().to_owned());
        } else {
            bars.credit_hold |= hold.blocks == Blocks::Credit || hold.kind == HoldType::Credit;
        }
    }
    bars
}

type Outcome = Result<Result<Told, Refusal>, Fault>;

/// Ends a function with a refusal.
macro_rules! allowed {
    ($outcome:expr) => {
        match $outcome {
            Ok(value) => value,
            Err(refusal) => return Ok(Err(refusal)),
        }
    };
}

impl Sitting<'_, '_> {
    /// The account whose line a request needs.
    pub(super) fn concerned(&mut self, act: &Act) -> Result<Option<Arc<Customer>>, Fault> {
        let reservation = match act {
            // What only looks waits for nobody.
            Act::Check(_)
            | Act::Look(..)
            | Act::Foresee(..)
            | Act::ForeseeGroup(..)
            | Act::LookAt(_)
            | Act::Limited(_)
            | Act::Compare(_)
            | Act::Absent { .. }
            | Act::Tend(_) => return Ok(None),
            Act::Reserve(ask) => return self.customer_named(&ask.ask.account),
            Act::Resolve { id, .. } => self.reservation("client_id", id)?,
            Act::Expire(id) => self.reservation("id", id)?,
        };
        let account = reservation.and_then(|found| found.state.draft.map(|draft| draft.account));
        account.map_or(Ok(None), |account| self.customer(account))
    }

    pub(super) fn carry_out(&mut self, waiting: &Waiting) -> Outcome {
        let caller = &waiting.caller;
        if !matches!(waiting.act, Act::Reserve(_) | Act::Check(_)) {
            // These read reservations in other ways.
            self.store_fresh()?;
        }
        match &waiting.act {
            Act::Check(ask) => {
                let (customer, entity) = allowed!(self.reach(caller, ask, Grant::CreditRead)?);
                allowed!(checked(
                    &ReserveAsk { ask: ask.clone(), id: None, timeout_s: None, key: None },
                    false
                ));
                let (decision, _) = self.decide(ask, &customer, &entity)?;
                Ok(Ok(Told::Decision(Box::new(decision))))
            }
            Act::Reserve(ask) => self.reserve(caller, ask),
            Act::Resolve { id, resolve, key } => self.resolve(caller, id, resolve, key.as_deref()),
            Act::Look(account, entity) => self.look(*account, entity),
            Act::Foresee(account, entity, diffs) => self.foresee(*account, entity, diffs),
            Act::ForeseeGroup(account, diffs) => self.foresee_group(*account, diffs),
            Act::Compare(lines) => Ok(Ok(Told::Compared(self.compare(caller, lines)?))),
            Act::Absent { entity, columns, accounts } => {
                Ok(Ok(Told::Compared(self.absent(caller, (entity, *columns), accounts)?)))
            }
            Act::Tend(accounts) => Ok(Ok(Told::Moves(self.tend(accounts)?))),
            Act::LookAt(accounts) => Ok(Ok(Told::Rows(self.look_at(accounts)?))),
            Act::Limited(accounts) => Ok(Ok(Told::Rows(self.limited(accounts)?))),
            Act::Expire(id) => {
                let Some(found) = self.reservation("id", id)? else {
                    return Ok(Err(refusal::not_found()));
                };
                self.apply(caller, found, &Command::Expire, None)
            }
        }
    }

    /// The account and the entity, if the caller may do this with them.
    fn reach(
        &mut self,
        caller: &Caller,
        ask: &CreditAsk,
        grant: Grant,
    ) -> Result<Result<(Arc<Customer>, LegalEntity), Refusal>, Fault> {
        if !caller.principal.may(grant, None) {
            return Ok(Err(permit::denied(grant)));
        }
        let customer = self.customer_named(&ask.account)?;
        let Some(customer) = customer.filter(|found| permit::sees(&caller.principal, &found.account)) else {
            return Ok(Err(permit::no_account()));
        };
        let Some(entity) = self.entity(&ask.entity) else {
            return Ok(Err(super::show::entity_unknown()));
        };
        let may = |entity| caller.principal.may(grant, Some(entity));
        if !may(&entity.code) && !may(&customer.account.owning_entity) {
            return Ok(Err(permit::denied_for(grant, &entity.code)));
        }
        Ok(Ok((customer, entity)))
    }

    fn decide(
        &mut self,
        ask: &CreditAsk,
        customer: &Customer,
        entity: &LegalEntity,
    ) -> Result<(Decision, Standing), Fault> {
        let standing = self.standing(customer, entity, Some(ask.amount))?;
        let asked = self.asked(ask, customer, entity);
        Ok((judge(&asked, &standing, &self.rules.1), standing))
    }

    fn reserve(&mut self, caller: &Caller, ask: &ReserveAsk) -> Outcome {
        let (customer, entity) = allowed!(self.reach(caller, &ask.ask, Grant::CreditReserve)?);
        let endless = ask.timeout_s == Some(0) && !self.has_contract(&customer, &entity)?;
        allowed!(checked(ask, endless));
        let request_key = ask.key.as_ref().map(|key| self.request_key(caller, key));
        let new = ReservationId(self.engine.new_uuid()?).to_string();
        let mut draft = Draft {
            id: ask.id.clone().unwrap_or_else(|| new.clone()),
            account: customer.account.id,
            entity: entity.code.clone(),
            amount: ask.ask.amount,
            order_no: ask.ask.order_no.clone(),
            timeout_s: ask.timeout_s.unwrap_or(TIMEOUT_DEFAULT_S),
            request_key,
            prepaid: ask.ask.prepaid,
        };
        if let Some(known) = self.same_key(&draft)? {
            if ask.id.is_none() {
                draft.id = known.state.draft.as_ref().map_or_else(String::new, |known| known.id.clone());
            }
            let same = known.state.draft.as_ref().is_some_and(|known| known.id == draft.id);
            if !same
                || known.state.decide(&caller.context(self.now), &None, &Command::Reserve(draft)).is_err()
            {
                return Ok(Err(key_reused()));
            }
            return Ok(Ok(self.told(known.state, false)));
        }
        // An id that was drawn just now is nobody's yet.
        let known = if ask.id.is_some() { self.reservation("client_id", &draft.id)? } else { None };
        if let Some(known) = known {
            allowed!(known.state.decide(&caller.context(self.now), &None, &Command::Reserve(draft)));
            return Ok(Ok(self.told(known.state, false)));
        }
        if endless {
            return Ok(Err(without_end()));
        }
        let (decision, standing) = self.decide(&ask.ask, &customer, &entity)?;
        let fresh = Loaded { id: new, state: Reservation::default(), version: 0, row: None };
        let told = self.apply(caller, fresh, &Command::Reserve(draft), Some((decision, standing)))?;
        Ok(told)
    }

    /// Whether a contract with the entity is signed and holds: only then a reservation may have no end (D§3.5).
    fn has_contract(&mut self, customer: &Customer, entity: &LegalEntity) -> Result<bool, Fault> {
        let account = customer.account.id.to_string();
        for state in [ContractState::Signed, ContractState::Active, ContractState::Expiring] {
            let index = [("account_id", account.as_str().into()), ("state", state.as_str().into())];
            for found in self.unit.list(Noun::Contract, &index, None, CONTRACTS_MAX)? {
                let contract = read::<Contract>(found)?.state;
                if contract.is_in_force() && contract.terms.entity == entity.code {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn same_key(&mut self, draft: &Draft) -> Result<Option<Loaded<Reservation>>, Fault> {
        match &draft.request_key {
            Some(key) => self.reservation("request_key", key),
            None => Ok(None),
        }
    }

    fn told(&self, reservation: Reservation, fresh: bool) -> Told {
        Told::Reserved(Box::new(Reserved { reservation, at: self.now, fresh }))
    }

    /// Decides a command of a reservation, writes what comes of it, and moves the line of its account.
    fn apply(
        &mut self,
        caller: &Caller,
        mut loaded: Loaded<Reservation>,
        command: &Command,
        judged: Option<(Decision, Standing)>,
    ) -> Outcome {
        let context = caller.context(self.now);
        let (decision, standing) = judged.unzip();
        let events = allowed!(loaded.state.decide(&context, &decision, command));
        let secrets = self.engine.store().secrets();
        if loaded.version == 0 && !events.is_empty() {
            self.fresh.push(loaded.append_new(self.unit, secrets, &context, &events)?);
        } else {
            loaded.append(self.unit, secrets, &context, &events, None)?;
        }
        let Some(draft) = &loaded.state.draft else { return Ok(Err(refusal::not_found())) };
        let account = draft.account;
        if events.iter().any(holds_otherwise) {
            let (organisation, hash_key, now) = (Arc::clone(&self.organisation), self.hash_key, self.now);
            let hold = hold_of(&loaded.state, &organisation, &hash_key, now);
            let figures = standing.zip(decision).map(|(standing, decision)| {
                figures(&standing, &decision, ceiling(&standing, &self.rules.1), draft.prepaid)
            });
            self.line(account)?.put(&loaded.id, hold);
            self.moved.insert(account, figures.unwrap_or_default());
        }
        let fresh = !events.is_empty();
        Ok(Ok(self.told(loaded.state, fresh)))
    }

    fn resolve(&mut self, caller: &Caller, id: &str, resolve: &Resolve, key: Option<&str>) -> Outcome {
        if !caller.principal.may(Grant::CreditReserve, None) {
            return Ok(Err(permit::denied(Grant::CreditReserve)));
        }
        let Some(found) = self.reservation("client_id", id)? else { return Ok(Err(refusal::not_found())) };
        let Some(draft) = found.state.draft.clone() else { return Ok(Err(refusal::not_found())) };
        let Some(customer) = self.customer(draft.account)? else { return Ok(Err(refusal::not_found())) };
        let may = |entity| caller.principal.may(Grant::CreditReserve, Some(entity));
        if !permit::sees(&caller.principal, &customer.account)
            || !(may(&draft.entity) || may(&customer.account.owning_entity))
        {
            return Ok(Err(refusal::not_found()));
        }
        let asked = digest(&SHA256, format!("{id}{resolve:?}").as_bytes());
        let user = caller.principal.user().map_or_else(|| "system".to_owned(), |user| user.to_string());
        let scope = format!("{user}/reservation_resolve");
        if let Some(key) = key
            && let Some(kept) = self.unit.recall(&scope, key)?
        {
            let same = kept.fingerprint == asked.as_ref();
            return Ok(if same { Ok(self.told(found.state, false)) } else { Err(key_reused()) });
        }
        let (command, judged) = match resolve {
            Resolve::Commit { amount, order_no } => {
                (Command::Commit { amount: *amount, order_no: order_no.clone() }, None)
            }
            Resolve::Void => (Command::Void, None),
            Resolve::Amend { amount } => {
                allowed!(self.order_outstanding(&found.state, &customer)?);
                let judged = self.judge_amendment(&found.state, &draft, &customer, *amount)?;
                (Command::Amend { amount: *amount }, judged)
            }
        };
        let told = self.apply(caller, found, &command, judged)?;
        if let (Some(key), Ok(_)) = (key, &told) {
            self.unit.remember(&Kept {
                scope: &scope,
                key,
                fingerprint: asked.as_ref(),
                status: 0,
                reply: id.as_bytes(),
                subject: &user,
                at_ms: self.now.as_millisecond(),
            })?;
        }
        Ok(told)
    }

    /// Refused where the order of a reservation has come or was called off: the book counts the order, so that nothing
    /// would move. The order door never comes here: it reserves differences of their own, and voids.
    fn order_outstanding(
        &mut self,
        reservation: &Reservation,
        customer: &Customer,
    ) -> Result<Result<(), Refusal>, Fault> {
        let is_pending = reservation.state_at(self.now) == Some(ReservationState::Pending);
        let (Some(order_no), Some(draft), true) = (&reservation.order_no, &reservation.draft, is_pending)
        else {
            return Ok(Ok(()));
        };
        let number = order_number(&self.hash_key, order_no);
        let loser = Some(draft.account).filter(|made_for| *made_for != customer.account.id);
        let merged = loser.and_then(|loser| self.engine.directory().row(loser));
        let day = self.engine.day();
        let book = self.whole_book(customer, day)?;
        let consumed = book.knows(number) || merged.is_some_and(|row| book.knows(merged_number(number, row)));
        Ok(if consumed { Err(refusal::order_has_come()) } else { Ok(()) })
    }

    /// What the table says to the difference, where more is asked for.
    fn judge_amendment(
        &mut self,
        state: &Reservation,
        draft: &Draft,
        customer: &Customer,
        amount: Money,
    ) -> Result<Option<(Decision, Standing)>, Fault> {
        let held = state.amount.filter(|held| held.currency == amount.currency);
        let more = held.map(|held| amount.minor.saturating_sub(held.minor)).filter(|more| *more > 0);
        let (Some(more), Some(entity)) = (more, self.entity(&draft.entity)) else { return Ok(None) };
        let mut ask = CreditAsk::new("", entity.code.clone(), Money::new(more, amount.currency));
        ask.prepaid = draft.prepaid;
        self.decide(&ask, customer, &entity).map(Some)
    }
}

/// Whether an event changes what is held.
fn holds_otherwise(event: &Event) -> bool {
    match event {
        Event::Decided { decision, .. } => decision.outcome.goes(),
        Event::AmendRefused { .. } => false,
        Event::Committed { .. } | Event::Voided { .. } | Event::Expired { .. } | Event::Amended { .. } => {
            true
        }
    }
}

/// What the line says of an acceptance: all that is held after it, and the most that may be.
fn figures(standing: &Standing, decision: &Decision, ceiling: i64, prepaid: bool) -> (i64, i64) {
    let before = decision.exposure.map_or(0, |exposure| exposure.minor);
    let after = decision.available_after.map(|after| standing.limit.unwrap_or(0).saturating_sub(after.minor));
    let pending = standing.exposure.map_or(0, |exposure| exposure.buckets.pending);
    let asked = after.map_or(0, |after| after.saturating_sub(before));
    if prepaid || standing.cash_terms || !decision.outcome.goes() {
        return (0, 0);
    }
    (pending.saturating_add(asked), ceiling.saturating_sub(before).saturating_add(pending))
}

/// Contracts of an account in one state that are looked at.
const CONTRACTS_MAX: u32 = 200;

/// No end without a contract.
fn without_end() -> Refusal {
    let refused = refusal::timeout_needs_contract();
    let fault = FieldFault::new("/timeout_s", refused.code.clone(), refused.sentence.clone());
    refused.with_fields(vec![fault])
}

/// The shape of a request to reserve: every field at fault. One that asks for no end without a contract is told so with
/// the others; alone, it may repeat one that had a contract.
fn checked(ask: &ReserveAsk, endless: bool) -> Result<(), Refusal> {
    let number = ask.ask.order_no.as_deref();
    let checks = [
        (
            ask.ask.amount.minor <= 0,
            FieldFault::new("/amount", "amount_not_positive", "Expected an amount above zero."),
        ),
        (
            ask.id.as_deref().is_some_and(|id| !valid_id(id)),
            FieldFault::new("/id", "id_invalid", "Expected 1 to 64 letters, digits and _ - . :"),
        ),
        (
            ask.timeout_s.is_some_and(|timeout| timeout > TIMEOUT_MAX_S),
            FieldFault::new("/timeout_s", "timeout_too_long", "Expected at most 2592000 seconds (30 days)."),
        ),
        (
            number.is_some_and(|number| number.is_empty() || number.len() > 64),
            FieldFault::new("/order_no", "order_no_invalid", "Expected 1 to 64 bytes."),
        ),
    ];
    let mut faults: Vec<FieldFault> =
        checks.into_iter().filter(|(wrong, _)| *wrong).map(|(_, fault)| fault).collect();
    if faults.is_empty() {
        return Ok(());
    }
    faults.extend(endless.then(without_end).into_iter().flat_map(|refused| refused.fields));
    let sentence = "The request cannot be decided as it is.";
    Err(Refusal::new(RefusalKind::Unprocessable, "invalid", sentence, "Correct the request.")
        .with_fields(faults))
}

fn key_reused() -> Refusal {
    Refusal::new(
        RefusalKind::Unprocessable,
        "idempotency_key_reused",
        "This Idempotency-Key was used for another request.",
        "Use a new key for a new request.",
    )
}
