//! What happened to an import. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Counts, Staged, Undone};
use crate::context::Actor;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A validated file was kept.
    Staged {
        /// The file.
        staged: Box<Staged>,
        /// Who brought it.
        by: Actor,
        /// When.
        at: Timestamp,
    },
    /// Its execution began.
    Started {
        /// When.
        at: Timestamp,
    },
    /// It came so far.
    Progressed {
        /// Rows done, from the first.
        rows_done: u64,
        /// What came of them.
        counts: Counts,
    },
    /// All rows are done.
    Finished {
        /// When.
        at: Timestamp,
    },
    /// It could not go on.
    Failed {
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
    /// Its undoing began.
    RevertStarted {
        /// When.
        at: Timestamp,
    },
    /// Its undoing came so far.
    RevertProgressed {
        /// Rows of the file before what is undone.
        rows_left: u64,
        /// What came of them.
        undone: Undone,
    },
    /// What could be undone is undone.
    Reverted {
        /// When.
        at: Timestamp,
    },
}
