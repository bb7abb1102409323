//! What happened to a delegation. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Terms;
use crate::context::Actor;
use crate::value::{DelegationId, UserId};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was made.
    Made {
        /// The delegation.
        id: DelegationId,
        /// Who delegates.
        from: UserId,
        /// What.
        terms: Terms,
        /// When.
        at: Timestamp,
    },
    /// It was ended before its time.
    Ended {
        /// Who ended it.
        by: Actor,
        /// When.
        at: Timestamp,
    },
}
