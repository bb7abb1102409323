//! What happened to a delivery. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Told;
use crate::value::UserId;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It is to be told.
    Queued {
        /// What, to whom.
        told: Box<Told>,
        /// When.
        at: Timestamp,
    },
    /// It arrived.
    Arrived {
        /// The status of the answer.
        status: u16,
        /// When.
        at: Timestamp,
    },
    /// A try failed; it is tried again.
    Failed {
        /// Why, in one word.
        code: String,
        /// What was answered.
        answer: String,
        /// When it is tried again.
        next_at: Timestamp,
        /// When.
        at: Timestamp,
    },
    /// A try failed, and there is no other one.
    Died {
        /// Why, in one word.
        code: String,
        /// What was answered.
        answer: String,
        /// When.
        at: Timestamp,
    },
    /// Somebody wants it to be tried again.
    Requeued {
        /// Who.
        by: UserId,
        /// When.
        at: Timestamp,
    },
    /// Somebody does not want it to be told.
    Discarded {
        /// Who; none for Kith itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<UserId>,
        /// When.
        at: Timestamp,
    },
}
