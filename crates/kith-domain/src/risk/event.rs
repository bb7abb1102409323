//! What happened to the risk of an account. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Books, BureauReport, ClassOverride};

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A bureau's word was recorded.
    BureauRecorded {
        /// What it says.
        report: Box<BureauReport>,
        /// When.
        at: Timestamp,
    },
    /// Its books were recorded.
    BooksRecorded {
        /// What they say.
        books: Box<Books>,
        /// When.
        at: Timestamp,
    },
    /// The class was moved, or is no longer.
    ClassOverridden {
        /// How; none ends it.
        to: Option<ClassOverride>,
        /// When.
        at: Timestamp,
    },
}
