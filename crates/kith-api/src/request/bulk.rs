//! Requests of acts on many accounts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `POST /api/v1/accounts:bulk`: one act on the accounts that a filter finds, or on those that are named.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct BulkStart {
    /// The accounts, as a filter; `true` for all.
    pub filter: Option<String>,
    /// The accounts, by id or account number.
    #[serde(default)]
    pub accounts: Vec<String>,
    /// What is done with each of them.
    pub act: BulkActGiven,
    /// Why; kept with each change, needed for a hold.
    pub reason: Option<String>,
    /// Only tell what it would do.
    #[serde(default)]
    pub dry_run: bool,
}

/// What is done with each account: exactly one member.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct BulkActGiven {
    /// Another user answers for it: `usr_…`.
    pub owner: Option<String>,
    /// It has another tier.
    pub tier: Option<String>,
    /// Some tags come, some go.
    pub tags: Option<BulkTags>,
    /// It was reviewed with the customer on this day, ISO date.
    pub review: Option<String>,
    /// A hold of this type is put on it.
    pub hold: Option<String>,
    /// A task is opened for it.
    pub task: Option<BulkTask>,
}

/// Tags that come and go.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct BulkTags {
    /// Those that come.
    #[serde(default)]
    pub add: Vec<String>,
    /// Those that go.
    #[serde(default)]
    pub remove: Vec<String>,
}

/// A task for each account.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct BulkTask {
    /// What is to be done.
    pub title: String,
    /// By which day, ISO date.
    pub due: Option<String>,
    /// Who does it: `usr_…`, or `manager` for who answers for the account; the caller when absent.
    pub assignee: Option<String>,
}
