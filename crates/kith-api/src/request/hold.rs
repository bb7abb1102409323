//! Requests about holds and the watch.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `POST /api/v1/accounts/{id}/holds`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct HoldPlace {
    /// `credit`, `compliance`, `fraud`, `legal`, `dispute` or `manual`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `account`, or `entity` with the member of that name; by that member when absent.
    pub scope: Option<String>,
    /// The legal entity that alone it holds for.
    pub entity: Option<String>,
    /// Why, 1 to 2,000 bytes.
    pub reason: String,
    /// When it is looked at again: a day or a time within 30 days; after 30 days when absent.
    pub review_at: Option<String>,
    /// What would release it, in a sentence; by its type when absent.
    pub release_rule: Option<String>,
    /// `nothing`, `credit` or `all`; by its type when absent. A credit, compliance, fraud or legal hold never stops `nothing`.
    pub blocks: Option<String>,
}

/// `POST /api/v1/accounts/{id}/watch`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct WatchSet {
    /// Why, 1 to 2,000 bytes.
    pub reason: String,
    /// When it ends by itself: a day or a time within 366 days; after 90 days when absent.
    pub expires_at: Option<String>,
}
