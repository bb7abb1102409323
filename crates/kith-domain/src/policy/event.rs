//! What happened to the policy. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Rules;
use crate::context::Actor;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Other rules hold since then.
    Set {
        /// The version that these rules are.
        version: u64,
        /// The rules, all of them.
        rules: Box<Rules>,
        /// Who asked for them.
        by: Actor,
        /// When.
        at: Timestamp,
    },
}
