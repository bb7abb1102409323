//! Which scorecard was in force when, and what it says of an account.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use kith_domain::policy::Event;
use kith_domain::scorecard::Scorecard;
use kith_risk::scorecard::Card;
use kith_store::{Fault, Noun, Reader};

use crate::engine::Engine;
use crate::noun::{POLICY, load};

/// What accounts can be scored by; the columns of a card that scores them are among these.
pub(crate) const COLUMNS: [&str; 17] = [
    "days_beyond_terms",
    "on_time_amount",
    "utilisation_p90",
    "overdue_60_share",
    "broken_promises_180d",
    "returned_payments_365d",
    "tenure_months",
    "orders_decline",
    "trend_per_week",
    "terms_days",
    "paid_invoices",
    "paid_months",
    "history_days",
    "bureau_score",
    "altman_z",
    "customer_type",
    "tier",
];

/// The columns of a card that accounts do not have.
pub(super) fn unknown_columns(card: &Card) -> Vec<&str> {
    let names = card.variables.iter().map(|variable| variable.name.as_str());
    names.filter(|name| !COLUMNS.contains(name)).collect()
}

/// A card that is or was in force.
#[derive(Debug)]
pub(crate) struct Active {
    pub(crate) version: u64,
    pub(crate) card: Card,
}

/// Since when which card scored; nothing is the expert card.
type Course = Arc<Vec<(Timestamp, Option<Arc<Active>>)>>;

/// What is remembered of that, with the version of the policy's document that it was read from.
#[derive(Debug, Default)]
pub(crate) struct Cards(Mutex<(u64, Course)>);

/// The policy's own version is one more than its document's: the seed is version 1 and no document.
fn document_of(policy: u64) -> u64 {
    policy.saturating_sub(1)
}

impl Cards {
    fn known(&self) -> (u64, Course) {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (known.0, Arc::clone(&known.1))
    }
}

fn at(course: &Course, now: Timestamp) -> Option<Arc<Active>> {
    let began = course.iter().rev().find(|(since, _)| *since <= now);
    began.and_then(|(_, card)| card.clone())
}

impl Engine {
    /// Reads again which card scored when, if the policy is another one.
    pub(crate) fn follow_cards(&self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let version = reader.document_version(Noun::Policy, POLICY)?;
        let cards = &self.core().cards;
        if cards.known().0 == version {
            return Ok(());
        }
        let mut course: Vec<(Timestamp, Option<Arc<Active>>)> = Vec::new();
        for record in reader.stream(&format!("policy/{POLICY}"), 0, u32::MAX)? {
            let event: Event = serde_json::from_value(record.header.body)
                .map_err(|_| Fault::corrupt("an event of the policy"))?;
            let Event::Set { rules, at, .. } = event;
            let asked = rules.credit.scorecard;
            let before = course.last().and_then(|(_, card)| card.as_ref()).map(|card| card.version);
            if asked == before {
                continue;
            }
            let card = match asked {
                None => None,
                Some(version) => {
                    let found = load::<Scorecard>(reader, &version.to_string())?.state;
                    let card = found.read().ok_or_else(|| Fault::corrupt("a scorecard in force"))?;
                    Some(Arc::new(Active { version, card }))
                }
            };
            course.push((at, card));
        }
        *cards.0.lock().unwrap_or_else(PoisonError::into_inner) = (version, Arc::new(course));
        Ok(())
    }

    /// The same for whoever knows the version of the policy: nothing is asked of the store where it is the one that was read.
    pub(crate) fn follow_policy(&self, reader: &mut Reader<'_>, policy: u64) -> Result<(), Fault> {
        if self.core().cards.known().0 == document_of(policy) { Ok(()) } else { self.follow_cards(reader) }
    }

    /// The card that scores at a moment; nothing is the expert card.
    pub(crate) fn card_at(&self, now: Timestamp) -> Option<Arc<Active>> {
        at(&self.core().cards.known().1, now)
    }

    /// The card that scores today.
    pub(crate) fn card_now(&self) -> Option<Arc<Active>> {
        self.core().cards.known().1.last().and_then(|(_, card)| card.clone())
    }
}
