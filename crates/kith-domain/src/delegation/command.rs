//! What may be asked of a delegation.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::approval::Operation;
use crate::value::{DelegationId, Money, UserId};

/// What is delegated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Who decides instead.
    pub to: UserId,
    /// On which operations; empty for all.
    #[serde(default)]
    pub operations: BTreeSet<Operation>,
    /// Only on changes whose amount is known and not above this.
    #[serde(default)]
    pub amount_cap: Option<Money>,
    /// From when.
    pub starts: Timestamp,
    /// Until when, 30 days after at most.
    pub ends: Timestamp,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Let somebody decide.
    Make {
        /// The new delegation's id.
        id: DelegationId,
        /// What is delegated.
        terms: Terms,
    },
    /// End it.
    End,
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Make { .. } => Operation::DelegationMake,
            Self::End => Operation::DelegationEnd,
        }
    }
}
