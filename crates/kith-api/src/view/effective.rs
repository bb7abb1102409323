//! The account as one legal entity sees it, each field with where it comes from.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::WarningView;

/// Who put a value on record, when, and how.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProvenanceView {
    /// `asserted` by somebody, `imported` from a file, `computed` from other values, or `default`.
    pub method: String,
    /// When it was put on record.
    pub recorded_at: Option<String>,
    /// Kind of actor and, for a person, their id.
    pub by: Option<Value>,
    /// Their name.
    pub by_name: Option<String>,
    /// Through which door: `rest`, `web`, `cli`, `import` …
    pub channel: Option<String>,
    /// The change that was approved for it.
    pub change: Option<String>,
}

/// One field.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EffectiveField {
    /// The value; null when there is none, or when it may not be seen.
    pub value: Value,
    /// `entity`, `master`, `default` or `derived`.
    pub origin: String,
    /// The value on the master record, where the entity has another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub master: Option<Value>,
    /// The version of the account that brought it; null where nobody ever said anything.
    pub version: Option<u64>,
    /// Who put it on record.
    pub provenance: ProvenanceView,
    /// `fx`: converted at the rate of a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub derived: Option<String>,
    /// The day of that rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_on: Option<String>,
    /// Of a credit limit that is inherited: the legal entities that share it as one pool.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared_by: Vec<String>,
}

/// The account as one legal entity sees it: every field by its name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EffectiveView {
    /// `acc_…`.
    pub id: String,
    /// Number for people.
    pub account_number: String,
    /// The legal entity.
    pub entity: String,
    /// The version of the account.
    pub version: u64,
    /// The moment that is shown; null for now.
    pub as_of: Option<String>,
    /// What to look at.
    pub warnings: Vec<WarningView>,
    /// The fields.
    #[serde(flatten)]
    pub fields: BTreeMap<String, EffectiveField>,
}
