//! What a policy is made of. STORED FORMAT: add optional members, never change one.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Calendar, Lane};
use crate::access::Role;
use crate::approval::Operation;
use crate::credit::CreditRules;
use crate::order::OrderRules;

/// A set of further rows that can be switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pack {
    /// Edits of notes, website, metadata, dimensions, contact phone and title, preferences apply at once.
    GreenMinorEdits,
    /// Raises of a credit limit alone are approved by amount.
    CreditAuthority,
    /// Limits follow behaviour by themselves: less at once, more through approval.
    DynamicLimits,
}

impl Pack {
    /// Every pack.
    pub const ALL: [Self; 3] = [Self::GreenMinorEdits, Self::CreditAuthority, Self::DynamicLimits];

    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GreenMinorEdits => "green_minor_edits",
            Self::CreditAuthority => "credit_authority",
            Self::DynamicLimits => "dynamic_limits",
        }
    }
}

/// One step: so many people in a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepRule {
    /// Who decides.
    pub role: Role,
    /// How many different people must approve.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub approvals: u8,
    /// What an approver must show in the comment, for example `call_back`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
}

fn one() -> u8 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_one(approvals: &u8) -> bool {
    *approvals == 1
}

impl StepRule {
    /// One person in a role.
    #[must_use]
    pub fn of(role: Role) -> Self {
        Self { role, approvals: 1, proof: None }
    }
}

/// How long the people have, in business time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// Minutes of a step before it is reminded of.
    pub remind_minutes: u32,
    /// Minutes of a step before it is due and handed to the backup.
    pub escalate_minutes: u32,
    /// Minutes of a step before it is handed to the role's manager.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalate_again_minutes: Option<u32>,
    /// Business days before the whole change lapses.
    pub expire_days: u32,
}

impl Times {
    /// The times of a lane (D§5.2).
    #[must_use]
    pub fn of(lane: Lane) -> Self {
        let red = lane == Lane::Red;
        Self {
            remind_minutes: 240,
            escalate_minutes: 480,
            escalate_again_minutes: (!red).then_some(960),
            expire_days: if red { 10 } else { 5 },
        }
    }
}

impl Default for Times {
    fn default() -> Self {
        Self::of(Lane::Yellow)
    }
}

/// What one operation needs, everywhere or under a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The operation.
    pub operation: Operation,
    /// When the row holds, in the filter language; always, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// The lane.
    pub lane: Lane,
    /// Who approves, in sequence; nobody in the green lane.
    #[serde(default)]
    pub steps: Vec<StepRule>,
    /// How long they have; the times of the lane, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<Times>,
}

/// To whom a step of a role goes when nobody in it decides in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Successor {
    /// The role that did not decide.
    pub role: Role,
    /// Who may decide besides after the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup: Option<Role>,
    /// Who may decide besides after the second time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<Role>,
}

/// Everything that a policy says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The rows; of those for one operation, the first that holds.
    pub rows: Vec<Row>,
    /// The packs that are on.
    #[serde(default)]
    pub packs: BTreeSet<Pack>,
    /// Who follows whom when time is over; whoever is not here has no successor.
    #[serde(default)]
    pub escalation: Vec<Successor>,
    /// When people work.
    #[serde(default)]
    pub calendar: Calendar,
    /// The company's choices in credit decisions.
    #[serde(default)]
    pub credit: CreditRules,
    /// Which rules an order must keep.
    #[serde(default)]
    pub orders: OrderRules,
}

impl Rules {
    /// To whom a step of a role goes at the first (1) or second (2) escalation.
    #[must_use]
    pub fn successor(&self, role: Role, level: u8) -> Option<Role> {
        let found = self.escalation.iter().find(|successor| successor.role == role)?;
        if level <= 1 { found.backup } else { found.manager }
    }
}
