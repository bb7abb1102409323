//! The approval policy, as it is read and as it is proposed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One step: so many people in a role.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct PolicyStep {
    /// Role that decides, for example `ar_manager`.
    pub role: String,
    /// How many different people must approve, 1 to 5; 1 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approvals: Option<u8>,
    /// What an approver must show in the comment, for example `call_back`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
}

/// How long people have, in business time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct PolicyTimes {
    /// Business minutes before a step is reminded of.
    pub remind_minutes: u32,
    /// Business minutes before a step is due and handed to the backup.
    pub escalate_minutes: u32,
    /// Business minutes before a step is handed to the role's manager.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalate_again_minutes: Option<u32>,
    /// Business days before the change lapses.
    pub expire_days: u32,
}

/// What one operation needs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct PolicyRow {
    /// Operation, for example `account_update`.
    pub operation: String,
    /// When the row holds, in the filter language; always, when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// `green`, `yellow`, `red`.
    pub lane: String,
    /// Who approves, in sequence.
    #[serde(default)]
    pub steps: Vec<PolicyStep>,
    /// How long they have; the times of the lane, when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<PolicyTimes>,
}

/// Who follows a role that did not decide in time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct SuccessorView {
    /// The role.
    pub role: String,
    /// Who may decide besides after the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backup: Option<String>,
    /// Who may decide besides after the second time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manager: Option<String>,
}

/// A day off.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct HolidayView {
    /// Entity that keeps it; all, when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// ISO date.
    pub on: String,
}

/// Business hours, Monday to Friday, in the entity's zone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct CalendarView {
    /// `08:00:00`.
    pub opens: String,
    /// `18:00:00`.
    pub closes: String,
    /// Days off, besides weekends.
    #[serde(default)]
    pub holidays: Vec<HolidayView>,
}

/// Everything that a policy says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct PolicyRules {
    /// Rows; of those for one operation, the first that holds.
    pub rows: Vec<PolicyRow>,
    /// Packs that are on: `green_minor_edits`, `credit_authority`.
    #[serde(default)]
    pub packs: Vec<String>,
    /// Who follows whom when time is over.
    #[serde(default)]
    pub escalation: Vec<SuccessorView>,
    /// When people work; Monday to Friday 08:00 to 18:00, when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarView>,
    /// The company's choices in credit decisions; those of the seed, when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<super::CreditRulesView>,
    /// Which rules an order must keep; those of the seed, when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orders: Option<super::OrderRulesView>,
    /// Why another policy is proposed; never part of one that holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The policy that holds, or one that held.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PolicyView {
    /// Version; 1 is the seed.
    pub version: u64,
    /// What it says.
    #[serde(flatten)]
    pub rules: PolicyRules,
    /// `usr_…` who proposed it; absent for the seed.
    pub set_by: Option<String>,
    /// Since when; absent for the seed.
    pub set_at: Option<String>,
}
