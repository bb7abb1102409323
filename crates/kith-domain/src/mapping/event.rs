//! What happened to a saved mapping. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Rules;
use crate::value::{MappingId, UserId};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was saved, new or again.
    Saved {
        /// The id.
        id: MappingId,
        /// What it says.
        rules: Box<Rules>,
        /// By whom; `None` for a program of Kith's own.
        by: Option<UserId>,
        /// When.
        at: Timestamp,
    },
    /// It was deleted.
    Deleted {
        /// When.
        at: Timestamp,
    },
}
