//! What is asked of screening.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One query, in the shape of the common `match` API.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MatchQuery {
    /// `Person`, `Company`, `Organization`, `Vessel`, `LegalEntity` …
    #[serde(default)]
    pub schema: String,
    /// `name`, `alias`, `country`, `nationality`, `birthDate`, `idNumber`, `registrationNumber` …, each one value or several.
    #[serde(default)]
    pub properties: BTreeMap<String, serde_json::Value>,
}

/// Names to screen: queries, or plain names.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct ScreenAsk {
    /// Queries by names of one's own.
    #[serde(default)]
    pub queries: BTreeMap<String, MatchQuery>,
    /// Plain names; the replies are named by the names.
    #[serde(default)]
    pub names: Vec<String>,
    /// One plain name.
    pub name: Option<String>,
    /// For the plain names: `person`, `company`, `vessel` or `aircraft`.
    pub kind: Option<String>,
    /// For the plain names: two letters or a name.
    pub country: Option<String>,
    /// For the plain names: day or year of birth.
    pub birth_date: Option<String>,
}

/// A decision about a hit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct HitDisposition {
    /// `false_positive`, `true_match`, `inconclusive` or `escalated`.
    pub disposition: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// What shows it.
    #[serde(default)]
    pub evidence: String,
}

/// An owner.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct OwnerInput {
    /// A name of your own within this list, for example `o1`; by its place when absent.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// `person` (when absent) or `company`.
    pub kind: Option<String>,
    /// Country, two letters.
    pub country: Option<String>,
    /// Day or year of birth.
    pub birth_date: Option<String>,
    /// Share in percent, at most two decimals.
    #[serde(default)]
    pub percent: f64,
    /// Of whom it holds the share: the `id` of another owner; the account when absent.
    pub owned: Option<String>,
    /// Whether it controls the account whatever its share.
    #[serde(default)]
    pub controls: bool,
}

/// The owners of an account, in place of those before.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct OwnersSet {
    /// The owners.
    pub owners: Vec<OwnerInput>,
}
