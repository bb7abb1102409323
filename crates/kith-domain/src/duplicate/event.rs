//! What happened to a pair of accounts that may be one. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Finding;
use crate::context::Actor;
use crate::value::{AccountId, Personal};

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was found, or found anew.
    Raised {
        /// What was found.
        finding: Box<Finding>,
        /// When.
        at: Timestamp,
    },
    /// The two are alike no more.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// A person said that they are two.
    Dismissed {
        /// Who.
        by: Actor,
        /// When.
        at: Timestamp,
        /// Why.
        reason: Personal<String>,
    },
    /// They were merged.
    Merged {
        /// When.
        at: Timestamp,
        /// The account that stayed.
        survivor: AccountId,
    },
}
