//! Delegations, and what people are told.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::MoneyView;

/// Somebody decides on changes for somebody else.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DelegationView {
    /// `dlg_…`.
    pub id: String,
    /// `usr_…` who delegates.
    pub from: String,
    /// Name of who delegates.
    pub from_name: Option<String>,
    /// `usr_…` who decides instead.
    pub to: String,
    /// Name of who decides instead.
    pub to_name: Option<String>,
    /// Operations, for example `account_update`; all, when empty.
    pub operations: Vec<String>,
    /// Only changes whose amount is known and not above this.
    pub amount_cap: Option<MoneyView>,
    /// From when.
    pub starts: String,
    /// Until when.
    pub ends: String,
    /// `planned`, `active`, `over`, `ended`.
    pub state: String,
    /// When it was made.
    pub made_at: String,
}

/// What somebody should know.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NotificationView {
    /// `ntf_…`.
    pub id: String,
    /// What it is about, for example `change_reminder`.
    pub kind: String,
    /// One sentence.
    pub text: String,
    /// What it is about, for example `chg_…`.
    pub about: String,
    /// When.
    pub sent_at: String,
    /// When it was read.
    pub read_at: Option<String>,
    /// When it comes back, while it is put off.
    #[serde(default)]
    pub snoozed_until: Option<String>,
}

/// How many notifications were marked as read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReadCount {
    /// How many.
    pub read: u64,
}
