//! What is known of an identifier by looking at it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether a value is an identifier of its kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IdentifierVerdict {
    /// Form and check digits are right. Nobody was asked whether the number was given out.
    pub valid: bool,
    /// The form in which it is stored and compared; null when it is not valid.
    pub normalised: Option<String>,
    /// The kind that was asked for.
    pub kind: String,
    /// The rule that it follows, such as `br.cnpj`; absent where only the form was looked at.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rule: Option<String>,
    /// `invalid_length`, `invalid_format`, `invalid_checksum`, `invalid_component`, `unknown_kind`, `unknown_country`
    /// or `country_required`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// The reason as a sentence.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub message: Option<String>,
    /// What to look at although it is valid: `check_digit_mismatch`, `domain_not_public` or `not_checked`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub warning: Option<String>,
}

/// The verdict on one value, or on each of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum IdentifierReply {
    /// On one value.
    One(IdentifierVerdict),
    /// On each of a list, in its order.
    Many {
        /// The verdicts.
        items: Vec<IdentifierVerdict>,
    },
}
