//! What happened to a feed. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Plan;
use crate::value::{FeedId, UserId};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was saved, new or again.
    Saved {
        /// The id.
        id: FeedId,
        /// How its files are imported.
        plan: Box<Plan>,
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
