//! One step of a change: a role, how many of it, until when, and what was decided.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::policy::StepRule;
use crate::value::{DelegationId, EntityCode, Personal, UserId};

/// Where a step stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Not decided.
    #[default]
    Waiting,
    /// Approved by as many as it needs.
    Approved,
    /// Rejected.
    Rejected,
}

impl StepState {
    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
        }
    }
}

/// What one person decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Who decided.
    pub by: UserId,
    /// For whom, when it was delegated: both are on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<UserId>,
    /// Under which delegation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegation: Option<DelegationId>,
    /// In which role: that of the step, or of whom it was handed to.
    pub role: Role,
    /// When.
    pub at: Timestamp,
    /// What they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Personal<String>>,
    /// Together with which others it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
}

/// When a step must be looked after; made when it becomes the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Since when it waits.
    pub started_at: Timestamp,
    /// When it is reminded of.
    pub remind_at: Timestamp,
    /// When it is due, and handed on.
    pub escalate_at: Timestamp,
    /// When it is handed on once more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalate_again_at: Option<Timestamp>,
}

/// That a step was handed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// The first time or the second.
    pub level: u8,
    /// Who may decide besides since then; `None` where nobody is configured, and all holders of the role were told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Role>,
    /// When.
    pub at: Timestamp,
}

/// One place in the sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The role that decides.
    pub role: Role,
    /// For which entity's accounts; `None` for the organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityCode>,
    /// How many different people must approve.
    pub approvals: u8,
    /// What must be shown in the comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
    /// Where the step stands.
    pub state: StepState,
    /// What was decided, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
    /// Its times, once it is the next one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
    /// When it was reminded of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminded_at: Option<Timestamp>,
    /// To whom it was handed on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escalations: Vec<Escalation>,
}

impl Step {
    /// A step that nobody has decided.
    #[must_use]
    pub fn waiting(rule: &StepRule, entity: Option<EntityCode>) -> Self {
        Self {
            role: rule.role,
            entity,
            approvals: rule.approvals,
            proof: rule.proof.clone(),
            state: StepState::Waiting,
            decisions: Vec::new(),
            schedule: None,
            reminded_at: None,
            escalations: Vec::new(),
        }
    }

    /// The roles that may decide: its own, and those it was handed to.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        std::iter::once(self.role).chain(self.escalations.iter().filter_map(|escalation| escalation.to))
    }

    /// Whether nothing has happened to it yet.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.state == StepState::Waiting && self.decisions.is_empty() && self.escalations.is_empty()
    }

    /// The next level of escalation and when it comes.
    #[must_use]
    pub fn next_escalation(&self) -> Option<(u8, Timestamp)> {
        let schedule = self.schedule?;
        match self.escalations.len() {
            0 => Some((1, schedule.escalate_at)),
            1 => schedule.escalate_again_at.map(|at| (2, at)),
            _ => None,
        }
    }
}
