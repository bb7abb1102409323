//! What happened to an alert. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AlertOutcome, Finding};
use crate::context::Actor;
use crate::value::Personal;

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was found, or is known better.
    Raised {
        /// What was found.
        finding: Box<Finding>,
        /// When.
        at: Timestamp,
    },
    /// What caused it is no more.
    Cleared {
        /// When.
        at: Timestamp,
    },
    /// Somebody looks at it.
    Acknowledged {
        /// Who.
        by: Actor,
        /// When.
        at: Timestamp,
    },
    /// It is settled.
    Closed {
        /// Who.
        by: Actor,
        /// When.
        at: Timestamp,
        /// What it was.
        outcome: AlertOutcome,
        /// In words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comment: Option<Personal<String>>,
    },
}
