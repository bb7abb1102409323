//! What happened to a case. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Application, Entry, RejectCode, Started, StepName};
use crate::value::{Personal, UserId};

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It began.
    Started {
        /// The whole case as it began.
        started: Box<Started>,
        /// Who started it; Kith itself when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<UserId>,
        /// When.
        at: Timestamp,
    },
    /// The application says something else.
    Amended {
        /// What it says now.
        application: Box<Application>,
        /// When.
        at: Timestamp,
    },
    /// A step stands elsewhere.
    StepMoved {
        /// Which step.
        step: StepName,
        /// Where it stands, why, by whom, and what it rests on.
        entry: Box<Entry>,
    },
    /// Somebody was reminded of what the customer owes.
    Reminded {
        /// Which step.
        step: StepName,
        /// The how many-th time.
        count: u8,
        /// When.
        at: Timestamp,
    },
    /// A step that takes too long was handed on.
    Escalated {
        /// Which step.
        step: StepName,
        /// When.
        at: Timestamp,
    },
    /// The customer was taken on.
    Completed {
        /// Without probation.
        skip_probation: bool,
        /// When.
        at: Timestamp,
    },
    /// It was turned down, or the customer does not want any more.
    Rejected {
        /// Why, in one word.
        code: RejectCode,
        /// Why.
        reason: Personal<String>,
        /// When.
        at: Timestamp,
    },
}
