//! Small requests: deciding, noting, asking, saving a view.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::view::MoneyView;

/// A `CloudEvents` object as it is sent; unknown members are kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TouchpointEvent {
    /// `1.0`.
    pub specversion: String,
    /// With `source` the key by which a repetition is known.
    pub id: String,
    /// The system it comes from, a URI reference.
    pub source: String,
    /// `io.kith.<object>.<verb_past>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it happened; the time of arrival when absent.
    pub time: Option<String>,
    /// `acc_…`, `external:<system>:<id>`, `tax:<id>` or `email:<address>`.
    pub subject: Option<String>,
    /// The id of the event of the same source that this one corrects.
    pub supersedes: Option<String>,
    /// The id of the event of the same source that this one withdraws.
    pub retracts: Option<String>,
    /// Members of the type.
    #[serde(default)]
    pub data: Map<String, Value>,
}

/// `POST /api/v1/changes/{id}/approve · reject · cancel`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct ChangeComment {
    /// What to say; required to reject.
    pub comment: Option<String>,
    /// The revision that was looked at: a change that was edited since is not decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
}

/// `POST /api/v1/changes/approve · reject`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct BatchDecision {
    /// `chg_…`, 200 at most: of one operation, at one step.
    pub ids: Vec<String>,
    /// What to say on each; required to reject.
    pub comment: Option<String>,
}

/// `POST /api/v1/changes/{id}/comments` and `…/review`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct ChangeRemark {
    /// What to say, 4,000 characters at most.
    pub text: String,
}

/// `POST /api/v1/changes/{id}/break-glass`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct BreakGlass {
    /// Why it cannot wait.
    pub reason: String,
}

/// `POST /api/v1/delegations`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct DelegationMake {
    /// `usr_…` or the address of who decides instead.
    pub to: String,
    /// Operations, for example `account_update`; all, when absent.
    #[serde(default)]
    pub operations: Vec<String>,
    /// Only changes up to this amount.
    pub amount_cap: Option<MoneyView>,
    /// From when, RFC 3339; now, when absent.
    pub starts: Option<String>,
    /// Until when, RFC 3339; 30 days after the start at most.
    pub ends: String,
}

/// `POST /api/v1/quarantine/{id}/discard`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct DiscardReason {
    /// Why it is not wanted.
    pub reason: String,
}

/// `POST /api/v1/quarantine/{id}/repair`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct QuarantineRepair {
    /// The whole event as it should be; source and id stay as they came.
    pub event: Option<Value>,
    /// Whose it is, where only that is wrong: `acc_…`, `C-000123`, or a subject such as `external:erp:99`.
    pub subject: Option<String>,
    /// Why.
    pub reason: String,
}

/// `POST /api/v1/quarantine/{id}/assign`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct QuarantineAssign {
    /// `usr_…` who looks after it, or `me`; nobody when null.
    pub to: Option<String>,
}

/// What is done with several items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuarantineAct {
    /// Tried again.
    #[default]
    Replay,
    /// Given to a customer, and tried again.
    Repair,
    /// Given to a person.
    Assign,
    /// Discarded.
    Discard,
}

/// `POST /api/v1/quarantine/decide`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct QuarantineDecide {
    /// `qua_…`, 200 at most.
    pub items: Vec<String>,
    /// `replay`, `repair`, `assign` or `discard`.
    pub act: QuarantineAct,
    /// Whose they are, to repair them.
    pub subject: Option<String>,
    /// Who looks after them, to assign them: `usr_…` or `me`; nobody when null.
    pub to: Option<String>,
    /// Why; needed to repair and to discard.
    pub reason: Option<String>,
}

/// `POST /api/v1/notifications/{id}/snooze`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct NotificationSnooze {
    /// When it comes back, RFC 3339.
    pub until: String,
}

/// `POST /api/v1/duplicates/{id}/dismiss`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct DuplicateDismiss {
    /// Why they are two.
    pub reason: String,
}

/// `POST /api/v1/duplicates/{id}/merge`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct DuplicateMerge {
    /// The account of the two that stays: `acc_…`.
    pub survivor: String,
    /// Why, for whoever approves; the probability when absent.
    #[serde(default)]
    pub reason: Option<String>,
}

/// `POST /api/v1/accounts/{id}/notes`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct NoteAdd {
    /// What to remember, 1 to 64 KiB.
    pub text: String,
}

/// `POST /api/v1/accounts/{id}/talks`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct TalkLog {
    /// `call`, `meeting` or `visit`.
    pub channel: String,
    /// With whom, at most 200 characters.
    pub with: String,
    /// What was said, at most 4,000 characters.
    pub text: String,
    /// When; now when absent.
    pub at: Option<String>,
}

/// `POST /api/v1/accounts/{id}/review`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct ReviewRecord {
    /// Day of the review, ISO date; today when absent.
    pub on: Option<String>,
    /// Day agreed for the next one, ISO date; a cadence later when absent.
    pub next_on: Option<String>,
}

/// `POST /api/v1/ask`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct AskRequest {
    /// The question in words, 1,000 characters at most.
    pub question: String,
    /// Only accounts that this entity owns.
    pub entity: Option<String>,
    /// How many, 1 to 200; 50 when neither this nor the question says.
    pub limit: Option<usize>,
    /// The `next_cursor` of the answer before.
    pub cursor: Option<String>,
}

/// `POST /api/v1/views`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct ViewSave {
    /// `viw_…` to save over; a new one when absent.
    pub id: Option<String>,
    /// Name.
    pub name: String,
    /// Seen by everybody.
    #[serde(default)]
    pub shared: bool,
    /// Code of a team of yours whose members see it.
    #[serde(default)]
    pub team: Option<String>,
    /// It stands in the navigation of whoever sees it.
    #[serde(default)]
    pub pinned: bool,
    /// The question it came from.
    pub question: Option<String>,
    /// Filter; all accounts when empty.
    #[serde(default)]
    pub filter: String,
    /// Sort.
    #[serde(default)]
    pub sort: String,
    /// Columns: fields, and `what_is_wrong`, `orders_weekly` and `signals`, which pages draw.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Widths of columns in pixels, 48 to 800.
    #[serde(default)]
    pub widths: BTreeMap<String, u16>,
}

/// `POST /api/v1/accounts/{id}/restore`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct RestoreRequest {
    /// The version of the account whose values come back.
    pub version: u64,
    /// Which fields; all that can be edited when absent.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Why it is asked.
    #[serde(default)]
    pub reason: Option<String>,
}
