//! The state of a reservation.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Draft, Event};
use crate::credit::Decision;
use crate::value::Money;

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReservationState {
    /// Held or rejected: nothing is reserved.
    Refused,
    /// Reserved, not resolved.
    Pending,
    /// The order is confirmed.
    Committed,
    /// The order is off.
    Voided,
    /// Nobody resolved it in time.
    Expired,
}

impl ReservationState {
    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Pending => "pending",
            Self::Committed => "committed",
            Self::Voided => "voided",
            Self::Expired => "expired",
        }
    }
}

/// Credit that is held for an order, or the decision against it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reservation {
    /// What was asked; `None` before.
    pub draft: Option<Draft>,
    /// What came of it.
    pub decision: Option<Box<Decision>>,
    /// How far it has come; `None` before it was decided.
    pub state: Option<ReservationState>,
    /// What it holds now, as asked, amended or committed.
    pub amount: Option<Money>,
    /// The order that it is for.
    pub order_no: Option<String>,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// When it expires; never, when absent.
    pub expires_at: Option<Timestamp>,
    /// When it was committed, voided or expired.
    pub resolved_at: Option<Timestamp>,
    /// The latest decision on an amendment.
    pub amend_decision: Option<Box<Decision>>,
}

impl Reservation {
    /// Whether it was decided on.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.state.is_some()
    }

    /// How far it has come at a moment: what nobody resolved in time has expired, noticed or not.
    #[must_use]
    pub fn state_at(&self, now: Timestamp) -> Option<ReservationState> {
        let over = self.expires_at.is_some_and(|at| at <= now);
        match self.state {
            Some(ReservationState::Pending) if over => Some(ReservationState::Expired),
            state => state,
        }
    }

    /// What it holds at a moment, unless its order has come meanwhile. Paid in advance, it holds nothing.
    #[must_use]
    pub fn held_at(&self, now: Timestamp) -> Option<Money> {
        let prepaid = self.draft.as_ref().is_some_and(|draft| draft.prepaid);
        let holds =
            matches!(self.state_at(now), Some(ReservationState::Pending | ReservationState::Committed));
        self.amount.filter(|_| holds && !prepaid)
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Decided { draft, decision, at, expires_at } => {
                let goes = decision.outcome.goes();
                self.state = Some(if goes { ReservationState::Pending } else { ReservationState::Refused });
                self.amount = Some(draft.amount);
                self.order_no.clone_from(&draft.order_no);
                self.draft = Some(draft.clone());
                self.decision = Some(decision.clone());
                self.decided_at = Some(*at);
                self.expires_at = *expires_at;
            }
            Event::Committed { amount, order_no, at } => {
                self.state = Some(ReservationState::Committed);
                self.amount = Some(*amount);
                if order_no.is_some() {
                    self.order_no.clone_from(order_no);
                }
                self.resolved_at = Some(*at);
            }
            Event::Voided { at } => {
                self.state = Some(ReservationState::Voided);
                self.resolved_at = Some(*at);
            }
            Event::Expired { at } => {
                self.state = Some(ReservationState::Expired);
                self.resolved_at = Some(*at);
            }
            Event::Amended { amount, decision, .. } => {
                self.amount = Some(*amount);
                self.amend_decision.clone_from(decision);
            }
            Event::AmendRefused { decision, .. } => self.amend_decision = Some(decision.clone()),
        }
    }
}
