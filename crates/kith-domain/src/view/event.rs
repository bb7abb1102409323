//! What happened to a saved view. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Layout;
use crate::value::{UserId, ViewId};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was saved, new or again.
    Saved {
        /// The id.
        id: ViewId,
        /// Whose it is; the first saver's for ever.
        owner: Option<UserId>,
        /// What it shows.
        layout: Layout,
        /// When.
        at: Timestamp,
    },
    /// It was deleted.
    Deleted {
        /// When.
        at: Timestamp,
    },
}
