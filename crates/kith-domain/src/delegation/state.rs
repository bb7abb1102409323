//! The state of a delegation.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Event, Terms};
use crate::approval::Operation;
use crate::value::{DelegationId, Money, UserId};

/// Somebody decides for somebody else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Delegation {
    /// Which delegation.
    pub id: DelegationId,
    /// Who delegates.
    pub from: UserId,
    /// What; `None` before it was made.
    pub terms: Option<Terms>,
    /// When it was made.
    pub made_at: Option<Timestamp>,
    /// When it was ended before its time.
    pub ended_at: Option<Timestamp>,
}

impl Delegation {
    /// Whether it was made.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.terms.is_some()
    }

    /// Whether it holds at an instant: from its start, until before its end.
    #[must_use]
    pub fn is_active(&self, now: Timestamp) -> bool {
        let within = |terms: &Terms| terms.starts <= now && now < terms.ends;
        self.ended_at.is_none() && self.terms.as_ref().is_some_and(within)
    }

    /// Whether it lets a change of an operation be decided now. `in_cap` is the change's amount in the currency
    /// of the cap; under a cap, an amount that is not known is not covered, and a change without any amount is.
    #[must_use]
    pub fn covers(
        &self,
        operation: Operation,
        has_amount: bool,
        in_cap: Option<Money>,
        now: Timestamp,
    ) -> bool {
        let Some(terms) = self.terms.as_ref().filter(|_| self.is_active(now)) else { return false };
        let named = terms.operations.is_empty() || terms.operations.contains(&operation);
        let within = match terms.amount_cap {
            Some(cap) if has_amount => {
                in_cap.is_some_and(|amount| amount.currency == cap.currency && amount.minor <= cap.minor)
            }
            _ => true,
        };
        named && within
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Made { id, from, terms, at } => {
                self.id = *id;
                self.from = *from;
                self.terms = Some(terms.clone());
                self.made_at = Some(*at);
            }
            Event::Ended { at, .. } => self.ended_at = Some(*at),
        }
    }
}
