//! What happened to a change. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Conflict, Decision, Escalation, Rebase, Remark, Schedule, Submission};
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
        /// When it lapses.
        expires_at: Timestamp,
    },
    /// Another revision took its place: all decisions are void, the steps begin anew.
    Edited {
        /// The change as it is since then.
        submission: Box<Submission>,
        /// Who.
        by: Actor,
        /// When.
        at: Timestamp,
        /// When it lapses.
        expires_at: Timestamp,
    },
    /// Somebody approved a step.
    StepApproved {
        /// The place of the step, from 0.
        step: usize,
        /// Who, when, for whom, with which words.
        decision: Decision,
        /// Whether as many have approved as the step needs.
        complete: bool,
        /// The times of the step that is next then.
        next: Option<Schedule>,
        /// Whether all steps are approved now: the change is applying.
        last: bool,
    },
    /// It was turned down.
    Rejected {
        /// The place of the step, from 0.
        step: usize,
        /// Who, when, why.
        decision: Decision,
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
    /// Somebody said something on it.
    Commented {
        /// Who, when, what.
        remark: Remark,
    },
    /// Somebody opened it by itself.
    Opened {
        /// Who.
        by: UserId,
        /// When.
        at: Timestamp,
    },
    /// All its steps were taken at once, in an emergency.
    GlassBroken {
        /// Who, when, why.
        decision: Decision,
        /// Until when it must be reviewed.
        review_by: Timestamp,
    },
    /// The emergency was reviewed.
    GlassReviewed {
        /// Who, when, what came out.
        remark: Remark,
    },
    /// Those whose step it is were reminded.
    Reminded {
        /// The place of the step, from 0.
        step: usize,
        /// When.
        at: Timestamp,
    },
    /// The step was handed on.
    Escalated {
        /// The place of the step, from 0.
        step: usize,
        /// To whom, and when.
        escalation: Escalation,
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
        /// On a later version than it was made for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rebase: Option<Rebase>,
    },
    /// The record moved under it.
    WentStale {
        /// When.
        at: Timestamp,
        /// The version that was met.
        version: u64,
        /// Where both went different ways.
        conflicts: Vec<Conflict>,
    },
    /// The rules refused it when it was applied.
    Failed {
        /// When.
        at: Timestamp,
        /// The refusal.
        result: Value,
    },
}
