//! A change: a command that waits, was applied, or was turned down.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Decision, Diff, Operation, Step, StepState};
use crate::Command;
use crate::context::Actor;
use crate::policy::{Lane, Reason, Times};
use crate::refusal::FieldFault;
use crate::value::{ChangeId, Money, Personal, UserId};

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

    /// Whether nothing more can become of the change. A stale one can be submitted again.
    #[must_use]
    pub fn settled(self) -> bool {
        !matches!(self, Self::Waiting | Self::Applying | Self::Stale)
    }
}

/// One place where the record and the change went different ways.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// JSON Pointer.
    pub path: String,
    /// The value on which the change was based.
    pub base: Value,
    /// The value that is on record now.
    pub theirs: Value,
    /// The value that the change wants.
    pub mine: Value,
}

/// That the change was applied on a later version than it was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rebase {
    /// The version it was made for.
    pub from: u64,
    /// The version it was applied on.
    pub to: u64,
}

/// A revision whose approvals are void.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Former {
    /// Which revision, from 1.
    pub revision: u32,
    /// What its approvals were bound to.
    pub payload_hash: String,
    /// What it would have altered.
    pub diff: Vec<Diff>,
    /// Who had approved it.
    pub decisions: Vec<Decision>,
    /// Who put another revision in its place.
    pub edited_by: Actor,
    /// When.
    pub edited_at: Timestamp,
}

/// What somebody said on a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Who.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: Personal<String>,
}

/// That a change was applied without its steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glass {
    /// Who took it upon themselves, and why.
    pub decision: Decision,
    /// Until when somebody else must have reviewed it.
    pub review_by: Timestamp,
    /// Who reviewed it, when, and what they found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Remark>,
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
    /// Grows with each edit, from 1.
    pub revision: u32,
    /// What it touches, for example `acc_…`.
    pub targets: Vec<String>,
    /// The version of the target on which it was decided; `None` for something new.
    pub base_version: Option<u64>,
    /// How much care it needs.
    pub lane: Lane,
    /// Why it is in that lane.
    pub reasons: Vec<Reason>,
    /// The version of the policy by which that was judged.
    pub policy_version: u64,
    /// The largest amount in it.
    pub amount: Option<Money>,
    /// How long the people have.
    pub times: Times,
    /// Who decides, in sequence.
    pub steps: Vec<Step>,
    /// Where it stands.
    pub state: ChangeState,
    /// Who submitted it.
    pub submitted_by: Option<Actor>,
    /// For whom, when not for themselves.
    pub on_behalf_of: Option<UserId>,
    /// Who edited it since.
    pub editors: BTreeSet<UserId>,
    /// When it was submitted.
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
    /// Revisions whose approvals are void.
    pub former: Vec<Former>,
    /// What was said on it.
    pub comments: Vec<Remark>,
    /// Who opened this revision by itself.
    pub opened_by: BTreeSet<UserId>,
    /// Where the record went another way, when it is stale.
    pub conflicts: Vec<Conflict>,
    /// That it was applied on a later version.
    pub rebase: Option<Rebase>,
    /// That it was applied without its steps.
    pub glass: Option<Glass>,
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

    /// Whether its time is over and nobody has said so yet.
    #[must_use]
    pub fn has_lapsed(&self, now: Timestamp) -> bool {
        self.state == ChangeState::Waiting && self.expires_at.is_some_and(|end| now >= end)
    }

    /// When it must be looked after next: a reminder, an escalation, the end.
    #[must_use]
    pub fn next_due(&self) -> Option<Timestamp> {
        if self.state != ChangeState::Waiting {
            return None;
        }
        let step = self.next_step().map(|(_, step)| step);
        let quiet = step.filter(|step| step.reminded_at.is_none() && step.escalations.is_empty());
        let remind = quiet.and_then(|step| Some(step.schedule?.remind_at));
        let escalate = step.and_then(Step::next_escalation).map(|(_, at)| at);
        [remind, escalate, self.expires_at].into_iter().flatten().min()
    }

    /// When the step that is next is due: how urgent it is.
    #[must_use]
    pub fn due_at(&self) -> Option<Timestamp> {
        let schedule = self.next_step().and_then(|(_, step)| step.schedule);
        schedule.map(|schedule| schedule.escalate_at).or(self.expires_at)
    }

    /// Whether a user had approved a former revision.
    #[must_use]
    pub fn had_approved(&self, user: UserId) -> bool {
        self.former.iter().flat_map(|former| &former.decisions).any(|decision| decision.by == user)
    }
}
