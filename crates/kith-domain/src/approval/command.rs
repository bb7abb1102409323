//! What may be asked of a change.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Conflict, Diff, Operation, Rebase, Step};
use crate::access::Role;
use crate::policy::{Lane, Reason, Times};
use crate::refusal::FieldFault;
use crate::value::{ChangeId, Money, Personal, UserId};

/// A change as it is submitted, or edited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Submission {
    /// The change's id.
    pub id: ChangeId,
    /// What kind of change.
    pub operation: Operation,
    /// The held command.
    pub command: Box<crate::Command>,
    /// What it touches.
    pub targets: Vec<String>,
    /// The version of the target on which it was decided; `None` for something new.
    pub base_version: Option<u64>,
    /// The lane that the policy gave.
    pub lane: Lane,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The version of the policy.
    pub policy_version: u64,
    /// The largest amount in it.
    pub amount: Option<Money>,
    /// How long the people have.
    pub times: Times,
    /// The steps that the policy gave.
    pub steps: Vec<Step>,
    /// For whom it is submitted, when not for the submitter.
    pub on_behalf_of: Option<UserId>,
    /// Why.
    pub reason: Option<Personal<String>>,
    /// What it would alter.
    pub diff: Vec<Diff>,
    /// What an approver should look at; stands in nobody's way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<FieldFault>,
    /// SHA-256 of the canonical command, hexadecimal.
    pub payload_hash: String,
}

/// A decision as it is given.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Word {
    /// What the decider says; sealed under the decider. Required to reject.
    pub comment: Option<Personal<String>>,
    /// The revision that the decider saw; the one that there is, when absent.
    pub revision: Option<u32>,
    /// Together with which others.
    pub batch: Option<String>,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Put a command before its approvers.
    Submit(Box<Submission>),
    /// Put another command in its place, while it waits; or submit a stale one again.
    Edit(Box<Submission>),
    /// Approve the next step.
    Approve(Word),
    /// Turn the change down.
    Reject(Word),
    /// Withdraw one's own change.
    Cancel {
        /// Why.
        comment: Option<Personal<String>>,
    },
    /// Say something on it.
    Comment {
        /// What.
        text: Personal<String>,
    },
    /// Note that it was opened by itself.
    Open,
    /// Take all steps at once, in an emergency.
    BreakGlass {
        /// Why; required.
        reason: Option<Personal<String>>,
    },
    /// Say what came out of looking at it afterwards.
    ReviewGlass {
        /// What.
        text: Personal<String>,
    },
    /// Remind those whose step it is: its time has come.
    Remind,
    /// Hand the step on: its time has come.
    Escalate {
        /// The first time or the second.
        level: u8,
        /// Who may decide besides; `None` where nobody is configured.
        to: Option<Role>,
    },
    /// Let it lapse: its time is over.
    Expire,
    /// The held command was applied.
    MarkApplied {
        /// Ids and versions that came of it.
        result: Value,
        /// On a later version than it was made for.
        #[serde(default)]
        rebase: Option<Rebase>,
    },
    /// The record moved under it.
    MarkStale {
        /// The version that was met.
        version: u64,
        /// Where both went different ways.
        conflicts: Vec<Conflict>,
    },
    /// The rules refused the held command when it was applied.
    MarkFailed {
        /// The refusal.
        result: Value,
    },
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Submit(_) => Operation::ChangeSubmit,
            Self::Edit(_) => Operation::ChangeEdit,
            Self::Approve(_) => Operation::ChangeApprove,
            Self::Reject(_) => Operation::ChangeReject,
            Self::Cancel { .. } => Operation::ChangeCancel,
            Self::Comment { .. } => Operation::ChangeComment,
            Self::Open => Operation::ChangeOpen,
            Self::BreakGlass { .. } => Operation::ChangeBreakGlass,
            Self::ReviewGlass { .. } => Operation::ChangeReviewGlass,
            Self::Remind
            | Self::Escalate { .. }
            | Self::Expire
            | Self::MarkApplied { .. }
            | Self::MarkStale { .. }
            | Self::MarkFailed { .. } => Operation::ChangeSettle,
        }
    }
}
