//! What happened to a mail. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Letter, SentBy};
use crate::value::{Personal, UserId};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was put into the outbox.
    Queued {
        /// What is written.
        letter: Box<Letter>,
        /// When.
        at: Timestamp,
    },
    /// It left.
    Sent {
        /// How.
        by: SentBy,
        /// When.
        at: Timestamp,
    },
    /// A try failed; it is tried again.
    Failed {
        /// Why, in one word.
        code: String,
        /// What was answered.
        answer: Personal<String>,
        /// When it is tried again.
        next_at: Timestamp,
        /// When.
        at: Timestamp,
    },
    /// A try failed, and there is no other one.
    GivenUp {
        /// Why, in one word.
        code: String,
        /// What was answered.
        answer: Personal<String>,
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
    /// Somebody does not want it to be sent.
    Discarded {
        /// Who; none for Kith itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<UserId>,
        /// When.
        at: Timestamp,
    },
}
