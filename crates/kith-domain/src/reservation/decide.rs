//! The rules of reservations.

use jiff::SignedDuration;

use super::{Command, Draft, Event, Reservation, ReservationState, refusal};
use crate::context::Context;
use crate::credit::Decision;
use crate::decider::Decider;
use crate::refusal::Refusal;
use crate::value::Money;

impl Decider for Reservation {
    type Command = Command;
    type Event = Event;
    /// What the table says to this request, or to the difference that an amendment asks for.
    type Facts = Option<Decision>;

    fn decide(
        &self,
        context: &Context,
        facts: &Self::Facts,
        command: &Command,
    ) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Reserve(draft) => self.reserve(context, facts.as_ref(), draft),
            Command::Commit { amount, order_no } => self.commit(context, *amount, order_no.as_deref()),
            Command::Void => {
                self.must_be_pending(context)?;
                Ok(vec![Event::Voided { at: context.now }])
            }
            Command::Expire => match self.state_at(context.now) {
                Some(ReservationState::Expired) if self.resolved_at.is_none() => {
                    Ok(vec![Event::Expired { at: context.now }])
                }
                Some(_) => Ok(Vec::new()),
                None => Err(refusal::not_found()),
            },
            Command::Amend { amount } => self.amend(context, facts.as_ref(), *amount),
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Decided { .. } => "reservation.decided.v1",
            Event::Committed { .. } => "reservation.committed.v1",
            Event::Voided { .. } => "reservation.voided.v1",
            Event::Expired { .. } => "reservation.expired.v1",
            Event::Amended { .. } => "reservation.amended.v1",
            Event::AmendRefused { .. } => "reservation.amend_refused.v1",
        }
    }
}

fn same_currency(one: Money, other: Money) -> Result<(), Refusal> {
    if one.currency == other.currency { Ok(()) } else { Err(refusal::currency_differs()) }
}

impl Reservation {
    fn reserve(
        &self,
        context: &Context,
        decision: Option<&Decision>,
        draft: &Draft,
    ) -> Result<Vec<Event>, Refusal> {
        if let Some(known) = &self.draft {
            return differs(known, draft).map_or(Ok(Vec::new()), Err);
        }
        if draft.amount.minor <= 0 {
            return Err(refusal::amount_not_positive());
        }
        let decision = decision.ok_or_else(refusal::undecided)?;
        let expires_at = (draft.timeout_s > 0)
            .then(|| context.now.saturating_add(SignedDuration::from_secs(i64::from(draft.timeout_s))).ok())
            .flatten();
        let (draft, decision) = (draft.clone(), Box::new(decision.clone()));
        Ok(vec![Event::Decided { draft, decision, at: context.now, expires_at }])
    }

    fn must_be_pending(&self, context: &Context) -> Result<(), Refusal> {
        match self.state_at(context.now) {
            Some(ReservationState::Pending) => Ok(()),
            Some(ReservationState::Committed) => Err(refusal::already_committed()),
            Some(ReservationState::Voided) => Err(refusal::already_voided()),
            Some(ReservationState::Refused) => Err(refusal::not_reserved()),
            Some(ReservationState::Expired) => {
                Err(self.expires_at.map_or_else(refusal::expired, refusal::expired_at))
            }
            None => Err(refusal::not_found()),
        }
    }

    fn commit(
        &self,
        context: &Context,
        amount: Option<Money>,
        order_no: Option<&str>,
    ) -> Result<Vec<Event>, Refusal> {
        self.must_be_pending(context)?;
        let reserved = self.amount.ok_or_else(refusal::not_found)?;
        let amount = amount.unwrap_or(reserved);
        same_currency(amount, reserved)?;
        if amount.minor <= 0 {
            return Err(refusal::amount_not_positive());
        }
        if amount.minor > reserved.minor {
            return Err(refusal::exceeds_reserved_amount());
        }
        let own = self.order_no.as_deref();
        if order_no.is_some() && own.is_some() && own != order_no {
            return Err(refusal::order_no_differs());
        }
        let order_no = order_no.filter(|_| own.is_none()).map(str::to_owned);
        Ok(vec![Event::Committed { amount, order_no, at: context.now }])
    }

    fn amend(
        &self,
        context: &Context,
        decision: Option<&Decision>,
        amount: Money,
    ) -> Result<Vec<Event>, Refusal> {
        if self.state == Some(ReservationState::Committed) {
            return Err(refusal::amend_committed());
        }
        self.must_be_pending(context)?;
        let held = self.amount.ok_or_else(refusal::not_found)?;
        same_currency(amount, held)?;
        if amount.minor <= 0 {
            return Err(refusal::amount_not_positive());
        }
        let at = context.now;
        if amount.minor == held.minor {
            return Ok(Vec::new());
        }
        if amount.minor < held.minor {
            return Ok(vec![Event::Amended { amount, decision: None, at }]);
        }
        let decision = Box::new(decision.ok_or_else(refusal::undecided)?.clone());
        let event = if decision.outcome.goes() {
            Event::Amended { amount, decision: Some(decision), at }
        } else if self.amend_decision.as_deref() == Some(&*decision) {
            return Ok(Vec::new());
        } else {
            Event::AmendRefused { amount, decision, at }
        };
        Ok(vec![event])
    }
}

/// In what a second request under one id differs from the first.
fn differs(known: &Draft, asked: &Draft) -> Option<Refusal> {
    let checks: [(bool, fn() -> Refusal); 6] = [
        (known.account != asked.account, refusal::exists_with_different_account),
        (known.entity != asked.entity, refusal::exists_with_different_entity),
        (known.amount != asked.amount, refusal::exists_with_different_amount),
        (known.order_no != asked.order_no, refusal::exists_with_different_order_no),
        (known.timeout_s != asked.timeout_s, refusal::exists_with_different_timeout_s),
        (known.prepaid != asked.prepaid, refusal::exists_with_different_prepaid),
    ];
    checks.into_iter().find(|(differs, _)| *differs).map(|(_, refusal)| refusal())
}
