//! Requests of webhooks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::account::member;

/// `POST /api/v1/webhooks`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct WebhookCreate {
    /// What people call it, 1 to 100 characters.
    pub name: String,
    /// The address, `https://…`.
    pub url: String,
    /// Kinds of alerts for which it is called; every kind when empty.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// The least grave alerts for which it is called: `low`, `medium` or `high`.
    pub severity_least: Option<String>,
    /// Only for accounts of this legal entity.
    pub entity: Option<String>,
}

/// `PATCH /api/v1/webhooks/{id}`: what is absent stays, null clears.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct WebhookPatch {
    /// What people call it.
    pub name: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// Kinds of alerts for which it is called: all of them.
    pub kinds: Option<Vec<String>>,
    /// The least grave alerts for which it is called.
    #[serde(default, deserialize_with = "member", skip_serializing_if = "Option::is_none")]
    pub severity_least: Option<Option<String>>,
    /// Only for accounts of this legal entity.
    #[serde(default, deserialize_with = "member", skip_serializing_if = "Option::is_none")]
    pub entity: Option<Option<String>>,
    /// Whether it is called.
    pub on: Option<bool>,
}
