//! What happened to a scorecard. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Trained;
use crate::context::Actor;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was trained.
    Trained {
        /// The card and its rows.
        trained: Box<Trained>,
        /// Who trained it.
        by: Actor,
        /// When.
        at: Timestamp,
    },
}
