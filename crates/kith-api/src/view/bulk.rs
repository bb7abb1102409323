//! Acts on many accounts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{DiffView, Page};

/// One account of a job.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BulkItemView {
    /// `acc_…`.
    pub account: String,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// `done`, `waiting` for an approval, `nothing` where it was so already, or `refused`.
    pub state: String,
    /// Why it was refused.
    #[serde(default)]
    pub sentence: Option<String>,
    /// The change that waits: `chg_…`.
    #[serde(default)]
    pub change: Option<String>,
}

/// A job as it stands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BulkJobView {
    /// Its key.
    pub id: String,
    /// What it does, in words.
    pub title: String,
    /// What it does, as it was asked for.
    pub act: Value,
    /// `running`, `finished`, or `broken_off`: what is done is done, the rest was not looked at; it can be taken up again.
    pub state: String,
    /// When it was started.
    pub started_at: String,
    /// How many accounts it is about.
    pub total: u64,
    /// How many were looked at.
    pub looked_at: u64,
    /// How many were changed.
    pub done: u64,
    /// How many changes wait for an approval.
    pub waiting: u64,
    /// How many were so already.
    pub nothing: u64,
    /// How many were refused.
    pub refused: u64,
    /// The accounts that were looked at, in their order; empty in a list of jobs.
    #[serde(default)]
    pub items: Vec<BulkItemView>,
}

/// What an act would do to one account.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BulkForecastItem {
    /// `acc_…`.
    pub account: String,
    /// Its name.
    pub name: String,
    /// What would change.
    pub diff: Vec<DiffView>,
    /// `green`, `yellow` or `red`.
    pub lane: String,
    /// Who would approve it, in their order.
    pub steps: Vec<String>,
    /// Why it would be refused.
    pub refusal: Option<Value>,
}

/// What an act would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BulkForecast {
    /// How many accounts it is about.
    pub total: u64,
    /// The first of them.
    pub first: Page<BulkForecastItem>,
}
