//! Requests about scorecards.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `POST /api/v1/scorecards/from-history`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct ScorecardLearn {
    /// Days in which accounts turned out, 30 to 365; 180 when absent.
    #[serde(default)]
    pub outcome_days: Option<u16>,
}

/// `POST /api/v1/scorecards/{id}/activate`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct ScorecardActivate {
    /// Why, for those who approve it.
    #[serde(default)]
    pub reason: Option<String>,
}
