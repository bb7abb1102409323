//! Requests of an account's life and of how accounts belong together.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `POST /api/v1/accounts/{id}/deactivate`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct Deactivate {
    /// Why, 1 to 2,000 bytes.
    pub reason: String,
    /// Even though invoices are open.
    #[serde(default)]
    pub allow_open_ar: bool,
}

/// `POST /api/v1/accounts/{id}/reactivate · close · reopen · delete`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct StageMove {
    /// Why, 1 to 2,000 bytes.
    pub reason: String,
}

/// Whose value is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PickInput {
    /// The one that stays.
    Survivor,
    /// The one that is merged into it.
    Loser,
}

/// `POST /api/v1/accounts/{id}/merge`: the account of the path survives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct MergeRequest {
    /// The account that is merged into it: `acc_…` or account number.
    pub loser: String,
    /// Whose value is taken, by field; the rules decide the others.
    #[serde(default)]
    pub picks: BTreeMap<String, PickInput>,
    /// Why, 1 to 2,000 bytes.
    pub reason: String,
}

/// `POST /api/v1/accounts/{id}/merge/preview`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct MergePreviewRequest {
    /// The account that would be merged into it: `acc_…` or account number.
    pub loser: String,
    /// Whose value is taken, by field.
    #[serde(default)]
    pub picks: BTreeMap<String, PickInput>,
}

/// `POST /api/v1/accounts/{id}/unmerge`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct UnmergeRequest {
    /// The account that was merged into it: `acc_…` or account number.
    pub loser: String,
    /// Why, 1 to 2,000 bytes.
    pub reason: String,
}

/// `PUT /api/v1/accounts/{id}/parent`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct ParentSet {
    /// The account that it belongs to: `acc_…` or account number.
    pub parent: String,
    /// First day, ISO date; today when absent.
    pub valid_from: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// `POST /api/v1/accounts/{id}/relationships`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct RelationshipAdd {
    /// The other account: `acc_…` or account number.
    pub to: String,
    /// `parent_of`, `branch_of`, `owns`, `employs`, `contact_for`, `distributor_of`, `dealer_of`, `serves_end_customer`,
    /// `bills_to`, `guarantor_of`, `competitor_of`, `related_party`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Share, 0 to 100 with two decimals at most; for `owns`.
    pub percent: Option<f64>,
    /// First day, ISO date; today when absent.
    pub valid_from: Option<String>,
    /// Last day, ISO date.
    pub valid_to: Option<String>,
    /// Who says so.
    pub source: Option<String>,
}

/// `PATCH /api/v1/accounts/{id}/relationships/{relationship}`: absent members stay, null clears.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct RelationshipPatch {
    /// Share, 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kith_domain::value::patch")]
    #[schemars(with = "Option<f64>")]
    pub percent: Option<Option<f64>>,
    /// First day.
    pub valid_from: Option<String>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kith_domain::value::patch")]
    #[schemars(with = "Option<String>")]
    pub valid_to: Option<Option<String>>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kith_domain::value::patch")]
    #[schemars(with = "Option<String>")]
    pub source: Option<Option<String>>,
}
