//! The three lanes, and what is asked about the world to choose one.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::approval::Operation;
use crate::context::ActorKind;

/// How much care a change needs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Applies at once, audited.
    #[default]
    Green,
    /// The steps of its row.
    Yellow,
    /// The steps of its row; raised to it, Controller and CFO besides.
    Red,
}

impl Lane {
    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }
}

/// What the policy asks about an operation and the world.
#[derive(Debug, Clone)]
pub struct LaneFacts {
    /// What is done.
    pub operation: Operation,
    /// The fields that it touches, as dotted paths without row ids: `credit_limit`, `contacts.title`.
    pub fields: BTreeSet<String>,
    /// What kind of actor submits, or edited it.
    pub actor: ActorKind,
    /// Whether the organisation is in its first 7 days and set-up is not closed.
    pub in_setup: bool,
    /// Whether the submitter's own user is younger than 7 days.
    pub new_submitter: bool,
    /// How many records it touches.
    pub records: u64,
    /// Whether an amount in it is above 1,000,000 of the organisation's currency.
    pub over_million: bool,
    /// Whether a target has an open fraud or compliance item.
    pub open_compliance: bool,
    /// Whether a target is held in any other way.
    pub held: bool,
}

impl LaneFacts {
    /// The facts of an everyday change by an actor: nothing raises it.
    #[must_use]
    pub fn everyday(operation: Operation, actor: ActorKind) -> Self {
        Self {
            operation,
            fields: BTreeSet::new(),
            actor,
            in_setup: false,
            new_submitter: false,
            records: 1,
            over_million: false,
            open_compliance: false,
            held: false,
        }
    }

    /// Whether it touches a field of high sensitivity.
    #[must_use]
    pub fn touches_sensitive(&self) -> bool {
        self.fields.iter().any(|field| sensitive(field, self.held))
    }
}

/// Whether a field is of high sensitivity: legal identity, tax, credit, terms, where bills go, where money
/// goes; where goods go, when the account is held.
#[must_use]
pub fn sensitive(field: &str, held: bool) -> bool {
    field.split('.').any(|part| {
        matches!(
            part,
            "tax_id"
                | "tax_profiles"
                | "legal_name"
                | "credit_limit"
                | "payment_terms"
                | "billing_email"
                | "bank_accounts"
                | "remit_to"
        ) || (held && part == "addresses")
    })
}
