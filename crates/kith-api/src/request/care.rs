//! Requests to hand accounts over.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `POST /api/v1/accounts/{id}/transfer` and `POST /api/v1/users/{id}/transfer-portfolio`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct Transfer {
    /// `usr_…` who shall answer for it.
    pub to: String,
    /// The team that shall look after it.
    pub team: Option<String>,
    /// Why.
    pub reason: Option<String>,
}
