//! What happened to a touchpoint in quarantine. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Suspect;
use crate::context::Actor;
use crate::value::{Personal, UserId};

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was put into quarantine.
    Held {
        /// The touchpoint.
        suspect: Box<Suspect>,
        /// When.
        at: Timestamp,
    },
    /// It was taken instead of the one that stood.
    Accepted {
        /// Who.
        by: Actor,
        /// When.
        at: Timestamp,
        /// Why.
        reason: Option<Personal<String>>,
    },
    /// It was folded after all.
    Replayed {
        /// Who.
        by: Actor,
        /// When.
        at: Timestamp,
    },
    /// It says something else now, so that it can be folded.
    Repaired {
        /// Who.
        by: Actor,
        /// When.
        at: Timestamp,
        /// The whole event.
        event: Personal<Value>,
        /// Its subject, sealed like the event.
        subject: Option<Personal<String>>,
        /// Why.
        reason: Personal<String>,
    },
    /// Somebody looks after it, or nobody any more.
    Assigned {
        /// Who said so.
        by: Actor,
        /// When.
        at: Timestamp,
        /// Who.
        to: Option<UserId>,
    },
    /// It was thrown away.
    Discarded {
        /// Who.
        by: Actor,
        /// When.
        at: Timestamp,
        /// Why.
        reason: Personal<String>,
    },
}
