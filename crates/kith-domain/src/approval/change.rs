//! A change: a command that waits, was applied, or was turned down.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Diff, Lane, Operation};
use crate::Command;
use crate::access::Role;
use crate::context::Actor;
use crate::refusal::FieldFault;
use crate::value::{ChangeId, EntityCode, Personal, UserId};

/// Where a change stands (design §5).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeState {
    /// For the next step's decision.
    #[default]
    Waiting,
    /// Approved by all; being applied.
    Applying,
    /// Done.
    Applied,
    /// Turned down by an approver.
    Rejected,
    /// Withdrawn by its submitter.
    Cancelled,
    /// Nobody decided in time.
    Expired,
    /// The record moved under it; to be submitted again.
    Stale,
    /// The rules refused it when it was applied.
    Failed,
}

impl ChangeState {
    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Applying => "applying",
            Self::Applied => "applied",
            Self::Rejected => "rejected",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Stale => "stale",
            Self::Failed => "failed",
        }
    }

    /// Whether nothing more can happen to the change.
    #[must_use]
    pub fn settled(self) -> bool {
        !matches!(self, Self::Waiting | Self::Applying)
    }
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Not decided.
    #[default]
    Waiting,
    /// Approved.
    Approved,
    /// Rejected.
    Rejected,
}

/// One approver's place in the sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The role that decides.
    pub role: Role,
    /// For which entity's accounts; `None` for the organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityCode>,
    /// Where the step stands.
    pub state: StepState,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<UserId>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// What they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Personal<String>>,
}

impl Step {
    /// A step that nobody has decided.
    #[must_use]
    pub fn waiting(role: Role, entity: Option<EntityCode>) -> Self {
        Self { role, entity, state: StepState::Waiting, by: None, at: None, comment: None }
    }
}

/// The state of a change.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Change {
    /// Which change.
    pub id: ChangeId,
    /// What kind of change; `None` before it is submitted.
    pub operation: Option<Operation>,
    /// The held command itself: decided again when the change is applied, and kept as what was asked.
    pub command: Option<Box<Command>>,
    /// What it touches, for example `acc_…`.
    pub targets: Vec<String>,
    /// The version of the target on which it was decided; `None` for something new.
    pub base_version: Option<u64>,
    /// How much care it needs.
    pub lane: Lane,
    /// Who decides, in sequence.
    pub steps: Vec<Step>,
    /// Where it stands.
    pub state: ChangeState,
    /// Who submitted it.
    pub submitted_by: Option<Actor>,
    /// When.
    pub submitted_at: Option<Timestamp>,
    /// When it lapses if nobody decides.
    pub expires_at: Option<Timestamp>,
    /// Why, in the submitter's words.
    pub reason: Option<Personal<String>>,
    /// What it would alter.
    pub diff: Vec<Diff>,
    /// What an approver should look at.
    pub warnings: Vec<FieldFault>,
    /// SHA-256 of the canonical command, hexadecimal: what the approvals bind to.
    pub payload_hash: String,
    /// What came of it: ids and versions, or the refusal.
    pub result: Option<Value>,
    /// When it was settled.
    pub settled_at: Option<Timestamp>,
}

impl Change {
    /// Whether it was submitted.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.operation.is_some()
    }

    /// The step that is to be decided next, with its place.
    #[must_use]
    pub fn next_step(&self) -> Option<(usize, &Step)> {
        self.steps.iter().enumerate().find(|(_, step)| step.state == StepState::Waiting)
    }
}
