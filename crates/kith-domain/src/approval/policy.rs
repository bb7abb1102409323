//! The seed policy: which lane an operation takes, and whose approval that needs (D§5.1).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Operation;
use crate::access::Role;
use crate::context::ActorKind;

/// How much care a change needs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Applies at once, audited.
    #[default]
    Green,
    /// The steps of the table.
    Yellow,
    /// The steps of the table, and Controller and CFO in any case.
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

/// What the policy asks about the world.
#[derive(Debug, Clone)]
pub struct LaneFacts {
    /// What kind of actor submits.
    pub actor: ActorKind,
    /// Whether the organisation is in its first 7 days and set-up is not closed.
    pub in_setup: bool,
    /// Whether the submitter's own user is younger than 7 days.
    pub new_submitter: bool,
    /// How many records it touches.
    pub records: u64,
    /// Whether an amount in it is above 1,000,000 of the organisation's currency.
    pub over_million: bool,
    /// Whether it grants a role that approves ([`Role::approves`]).
    pub grants_approving: bool,
    /// Whether a target has an open fraud or compliance item.
    pub open_compliance: bool,
}

impl LaneFacts {
    /// The facts of an everyday change by an actor: nothing raises it.
    #[must_use]
    pub fn everyday(actor: ActorKind) -> Self {
        Self {
            actor,
            in_setup: false,
            new_submitter: false,
            records: 1,
            over_million: false,
            grants_approving: false,
            open_compliance: false,
        }
    }
}

/// Whether a field is of high sensitivity: legal identity, tax, credit, terms, where bills go.
#[must_use]
pub fn sensitive(field: &str) -> bool {
    matches!(field, "tax_id" | "legal_name" | "credit_limit" | "payment_terms" | "billing_email")
}

/// The lane of an operation that touches these fields.
///
/// A change that needs approval is raised one lane when an agent touches a sensitive field, when it touches more than
/// 100 records (imports have a review of their own), when an amount is above a million, when a target has an
/// open compliance item, and when its submitter is new (but not while the organisation itself is).
#[must_use]
pub fn lane(operation: Operation, fields: &BTreeSet<&str>, facts: &LaneFacts) -> Lane {
    let base = match operation {
        Operation::AccountCreate
        | Operation::AccountUpdate
        | Operation::AccountDeactivate
        | Operation::AccountReactivate
        | Operation::AccountClose
        | Operation::AccountMerge
        | Operation::AccountUnmerge
        | Operation::AccountSetParent
        | Operation::AccountRelate
        | Operation::ImportExecute
        | Operation::ImportRevert => Lane::Yellow,
        Operation::AccountReopen | Operation::AccountDelete => Lane::Red,
        Operation::UserAdd | Operation::UserSetRoles if facts.grants_approving && !facts.in_setup => {
            Lane::Red
        }
        _ => Lane::Green,
    };
    if base == Lane::Green {
        return base;
    }
    let raised = (facts.actor == ActorKind::Agent && fields.iter().any(|field| sensitive(field)))
        || (facts.records > 100 && !matches!(operation, Operation::ImportExecute | Operation::ImportRevert))
        || facts.over_million
        || facts.open_compliance
        || (facts.new_submitter && !facts.in_setup);
    if raised { Lane::Red } else { base }
}

/// The roles that approve, in sequence; none in the green lane.
#[must_use]
pub fn steps(operation: Operation, lane: Lane) -> Vec<Role> {
    if lane == Lane::Green {
        return Vec::new();
    }
    let mut roles = match operation {
        Operation::AccountCreate | Operation::AccountUpdate | Operation::AccountRelate => {
            vec![Role::ArManager, Role::Controller]
        }
        Operation::AccountDeactivate
        | Operation::AccountReactivate
        | Operation::AccountClose
        | Operation::AccountReopen
        | Operation::AccountDelete
        | Operation::AccountMerge
        | Operation::AccountUnmerge
        | Operation::AccountSetParent => vec![Role::Manager, Role::Controller],
        Operation::ImportExecute | Operation::ImportRevert => vec![Role::Manager],
        _ => Vec::new(),
    };
    if lane == Lane::Red {
        for role in [Role::Controller, Role::Cfo] {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
    }
    roles
}
