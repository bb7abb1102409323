//! Requests about alerts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `POST /api/v1/alerts/{id}/close`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct AlertClose {
    /// `confirmed_fraud`, `legitimate` or `customer_error`.
    pub outcome: String,
    /// In words.
    #[serde(default)]
    pub comment: Option<String>,
}
