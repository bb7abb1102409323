//! What happened to a touchpoint in quarantine. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Suspect;
use crate::context::Actor;
use crate::value::Personal;

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
