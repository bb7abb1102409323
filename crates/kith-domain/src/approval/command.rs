//! What may be asked of a change.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Diff, Lane, Operation, Step};
use crate::refusal::FieldFault;
use crate::value::{ChangeId, Personal};

/// A change as it is submitted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Submission {
    /// The new change's id.
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
    /// The steps that the policy gave.
    pub steps: Vec<Step>,
    /// When it lapses.
    pub expires_at: Timestamp,
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

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Put a command before its approvers.
    Submit(Box<Submission>),
    /// Approve the next step.
    Approve {
        /// What the approver says; sealed under the approver.
        comment: Option<Personal<String>>,
    },
    /// Turn the change down.
    Reject {
        /// Why; required.
        comment: Option<Personal<String>>,
    },
    /// Withdraw one's own change.
    Cancel {
        /// Why.
        comment: Option<Personal<String>>,
    },
    /// Let it lapse: its time is over.
    Expire,
    /// The held command was applied.
    MarkApplied {
        /// Ids and versions that came of it.
        result: Value,
    },
    /// The record moved under it.
    MarkStale {
        /// The version that was met.
        version: u64,
        /// The fields that both touch, as JSON Pointers.
        fields: Vec<String>,
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
            Self::Approve { .. } => Operation::ChangeApprove,
            Self::Reject { .. } => Operation::ChangeReject,
            Self::Cancel { .. } => Operation::ChangeCancel,
            Self::Expire | Self::MarkApplied { .. } | Self::MarkStale { .. } | Self::MarkFailed { .. } => {
                Operation::ChangeSettle
            }
        }
    }
}
