//! A change to the record: what it would do, who must agree, where it stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{CreditView, LimitGroundView};

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
    /// How many different people must approve.
    pub approvals: u8,
    /// What an approver must show in the comment, for example `call_back`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
    /// When it is due; known once it is the next step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<String>,
    /// Roles that may decide besides, since the step was handed on.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub handed_to: Vec<String>,
    /// Every decision on this step.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub decisions: Vec<DecisionView>,
}

/// What one person decided.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionView {
    /// `usr_…` who decided.
    pub by: String,
    /// Name of who decided.
    pub by_name: Option<String>,
    /// `usr_…` for whom, when it was delegated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<String>,
    /// Name of for whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of_name: Option<String>,
    /// In which role.
    pub role: String,
    /// When.
    pub at: String,
    /// What they said.
    pub comment: Option<String>,
    /// `bat_…` of the changes it was decided together with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
}

/// Why a change is in its lane.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReasonView {
    /// Stable code, for example `new_submitter`.
    pub code: String,
    /// A sentence.
    pub text: String,
}

/// Where the record and the change went different ways.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConflictView {
    /// JSON Pointer.
    pub path: String,
    /// Value on which the change was based.
    pub base: Value,
    /// Value on record now.
    pub theirs: Value,
    /// Value that the change wants.
    pub mine: Value,
}

/// A revision whose approvals are void.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FormerView {
    /// Which revision, from 1.
    pub revision: u32,
    /// Who had approved it.
    pub decisions: Vec<DecisionView>,
    /// Name of who edited it.
    pub edited_by_name: Option<String>,
    /// When.
    pub edited_at: String,
    /// What is asked for now, against what was asked for then.
    pub since: Vec<DiffView>,
}

/// What somebody said on a change.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RemarkView {
    /// `usr_…` who said it.
    pub by: Option<String>,
    /// Name of who said it.
    pub by_name: Option<String>,
    /// When.
    pub at: String,
    /// What.
    pub text: Option<String>,
}

/// That a change was applied without its steps.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GlassView {
    /// `usr_…` who took it upon themselves.
    pub by: String,
    /// Name of who it was.
    pub by_name: Option<String>,
    /// When.
    pub at: String,
    /// Why.
    pub reason: Option<String>,
    /// Until when it must be reviewed.
    pub review_by: String,
    /// The review.
    pub review: Option<RemarkView>,
}

/// On which versions a change was made and applied.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RebaseView {
    /// The version it was made for.
    pub from: u64,
    /// The version it was applied on.
    pub to: u64,
}

/// Where an account stands with a legal entity, and where it would stand.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreditEffectView {
    /// As it stands.
    pub before: CreditView,
    /// As it would stand.
    pub after: CreditView,
}

/// Where a group stands against its limit as one, and where it would stand.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupEffectView {
    /// Accounts of the group, the one at its top among them.
    pub members: u64,
    /// As it stands: figures of all members, in the currency of the limit; the entity is the one that owns the top.
    pub before: CreditView,
    /// As it would stand.
    pub after: CreditView,
}

/// Somebody who may take the step that is next.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeciderView {
    /// `usr_…`.
    pub user: String,
    /// Their name.
    pub name: Option<String>,
    /// In which role.
    pub role: String,
}

/// What became of one change of a batch.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BatchItem {
    /// `chg_…`.
    pub id: String,
    /// Where it stands now.
    pub state: String,
    /// Code of why it was not decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Why it was not decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<String>,
    /// What would clear it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clears: Option<String>,
}

/// What became of changes decided together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BatchView {
    /// `bat_…`: stands on each decision.
    pub batch: String,
    /// How many were decided.
    pub decided: u32,
    /// How many were not.
    pub refused: u32,
    /// Each of them.
    pub items: Vec<BatchItem>,
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
    /// What the field is called, where that is not in its name: a field of the organisation's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The name behind the value before, where that is the id of a user, an account or a team, or a code with a title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_name: Option<String>,
    /// The name behind the value after, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_name: Option<String>,
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
    /// Why that lane.
    pub reasons: Vec<ReasonView>,
    /// Version of the approval policy by which that was judged.
    pub policy_version: u64,
    /// Grows with each edit, from 1. An approval binds to it.
    pub revision: u32,
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
    /// `usr_…` for whom it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<String>,
    /// When the step that is next is due.
    pub due_at: Option<String>,
    /// When it lapses.
    pub expires_at: Option<String>,
    /// Legal entity whose people decide.
    pub entity: Option<String>,
    /// Revisions whose approvals are void.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub former: Vec<FormerView>,
    /// What was said on it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub comments: Vec<RemarkView>,
    /// Where the record went another way, when it is stale.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub conflicts: Vec<ConflictView>,
    /// That it was applied on a later version than it was made for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rebase: Option<RebaseView>,
    /// That it was applied without its steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub break_glass: Option<GlassView>,
    /// Why a limit that follows behaviour is what it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit_ground: Option<LimitGroundView>,
    /// What it would do to credit, with each legal entity whose limit or terms it touches; where one change is read.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub credit_effects: Vec<CreditEffectView>,
    /// What it would do to the limit of the group below its account; where one change is read.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub group_effect: Option<GroupEffectView>,
    /// Who may take the step that is next; where one change is read.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub deciders: Vec<DeciderView>,
    /// Why, in the words of who asked.
    pub reason: Option<String>,
    /// What came of it, for example `{"account_id": "acc_…"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Map<String, Value>>,
    /// Why it went stale or failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Value>,
}
