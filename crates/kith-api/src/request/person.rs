//! What a person says about themselves: how they want the pages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::account::member;

/// `PATCH /api/v1/me/preferences`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct PreferencesPatch {
    /// `system`, `light` or `dark`.
    pub theme: Option<String>,
    /// `comfortable` or `compact`.
    pub density: Option<String>,
    /// `inter` or `system`.
    pub font: Option<String>,
    /// Whether single letters are shortcuts.
    pub shortcuts: Option<bool>,
    /// IANA time zone; null for the organisation's.
    #[serde(default, deserialize_with = "member", skip_serializing_if = "Option::is_none")]
    pub timezone: Option<Option<String>>,
    /// `en-GB`, `en-US`, `de-DE`, `de-AT` or `de-CH`; null for the browser's.
    #[serde(default, deserialize_with = "member", skip_serializing_if = "Option::is_none")]
    pub locale: Option<Option<String>>,
}
