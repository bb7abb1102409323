//! A change to the record: what it would do, who must agree, where it stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One step of approval.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StepView {
    /// Role that decides, for example `ar_manager`.
    pub role: String,
    /// `waiting`, `approved`, `rejected`.
    pub state: String,
    /// `usr_…` who decided.
    pub by: Option<String>,
    /// Name of who decided.
    pub by_name: Option<String>,
    /// When.
    pub at: Option<String>,
    /// What they said.
    pub comment: Option<String>,
}

/// One value before and after.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DiffView {
    /// JSON Pointer into the record.
    pub path: String,
    /// Value on record when it was asked.
    pub before: Value,
    /// Value it would become.
    pub after: Value,
}

/// Something to look at that does not stand in the way.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WarningView {
    /// Stable code.
    pub code: String,
    /// A sentence.
    pub text: String,
}

/// A change.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeView {
    /// `chg_…`.
    pub id: String,
    /// Operation, for example `account_create`.
    pub operation: String,
    /// One line for people: `Create Acme Corporation`.
    pub title: String,
    /// `green`, `yellow`, `red`.
    pub lane: String,
    /// `waiting`, `applying`, `applied`, `rejected`, `cancelled`, `expired`, `stale`, `failed`.
    pub state: String,
    /// What it is about, for example `acc_…`.
    pub target: Option<String>,
    /// Steps in their order.
    pub steps: Vec<StepView>,
    /// What would change.
    pub diff: Vec<DiffView>,
    /// Things to look at.
    pub warnings: Vec<WarningView>,
    /// `usr_…` who asked.
    pub submitted_by: Option<String>,
    /// Name of who asked.
    pub submitted_by_name: Option<String>,
    /// When.
    pub submitted_at: String,
    /// When it lapses.
    pub expires_at: Option<String>,
    /// Why, in the words of who asked.
    pub reason: Option<String>,
    /// What came of it, for example `{"account_id": "acc_…"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Map<String, Value>>,
    /// Why it went stale or failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Value>,
}
