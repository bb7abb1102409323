//! What happened to a change. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Submission;
use crate::context::Actor;
use crate::value::{Personal, UserId};

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was put before its approvers.
    Submitted {
        /// The change.
        submission: Box<Submission>,
        /// Who.
        by: Actor,
        /// When.
        at: Timestamp,
    },
    /// A step was approved; `last` says that it was the last one.
    StepApproved {
        /// The place of the step, from 0.
        step: usize,
        /// Who.
        by: UserId,
        /// When.
        at: Timestamp,
        /// What they said.
        comment: Option<Personal<String>>,
        /// Whether all steps are approved now: the change is applying.
        last: bool,
    },
    /// It was turned down.
    Rejected {
        /// The place of the step, from 0.
        step: usize,
        /// Who.
        by: UserId,
        /// When.
        at: Timestamp,
        /// Why.
        comment: Personal<String>,
    },
    /// It was withdrawn.
    Cancelled {
        /// Who.
        by: Actor,
        /// When.
        at: Timestamp,
        /// Why.
        comment: Option<Personal<String>>,
    },
    /// It lapsed.
    Expired {
        /// When.
        at: Timestamp,
    },
    /// The held command was applied.
    Applied {
        /// When.
        at: Timestamp,
        /// What came of it.
        result: Value,
    },
    /// The record moved under it.
    WentStale {
        /// When.
        at: Timestamp,
        /// The version that was met.
        version: u64,
        /// The fields that both touch.
        fields: Vec<String>,
    },
    /// The rules refused it when it was applied.
    Failed {
        /// When.
        at: Timestamp,
        /// The refusal.
        result: Value,
    },
}
