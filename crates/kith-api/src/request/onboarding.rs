//! Requests of onboarding.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Somebody who owns or controls the company.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct OwnerGiven {
    /// Name.
    pub name: String,
    /// Share, 0 to 100 with two decimals at most.
    pub percent: Option<f64>,
    /// A natural person; true when absent.
    pub is_person: Option<bool>,
    /// They direct the company, or sign for it.
    #[serde(default)]
    pub controls: bool,
    /// ISO 3166-1 alpha-2 country.
    pub country: Option<String>,
    /// Day of birth, ISO date.
    pub born_on: Option<String>,
}

/// Somebody of the customer who shall have access to the portal.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct PortalUserGiven {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// `portal_user` (when absent) or `portal_admin`.
    pub role: Option<String>,
}

/// `POST /api/v1/onboarding`: of an account on record, or of a new one with its fields.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct OnboardingStart {
    /// Who applies, `acc_…` or account number; or an object with the fields of a new account, as in
    /// `POST /api/v1/accounts`.
    pub account: AccountGiven,
    /// Who owns and who controls it.
    #[serde(default)]
    pub owners: Vec<OwnerGiven>,
    /// Why less than three quarters of the owners are known.
    pub owners_explained: Option<String>,
    /// The customer pays in advance and wants no credit.
    #[serde(default)]
    pub prepay: bool,
    /// Code of the price list that it shall buy from: assigned by the step `provisioning`.
    pub price_list: Option<String>,
    /// Its identifiers for electronic data interchange, qualifier and number, for example `14:4012345000009`: assigned by
    /// the step `provisioning`.
    #[serde(default)]
    pub edi_ids: Vec<String>,
    /// Who shall have access to the portal besides the signers of the contract.
    #[serde(default)]
    pub portal_users: Vec<PortalUserGiven>,
}

/// An account that is on record, or the fields of a new one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum AccountGiven {
    /// `acc_…` or account number.
    Known(String),
    /// Fields as in `POST /api/v1/accounts`.
    New(Map<String, Value>),
}

impl Default for AccountGiven {
    fn default() -> Self {
        Self::Known(String::new())
    }
}

/// `PATCH /api/v1/onboarding/{id}`: what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct OnboardingPatch {
    /// Who owns and who controls it: all of them.
    pub owners: Option<Vec<OwnerGiven>>,
    /// Why less than three quarters of the owners are known.
    pub owners_explained: Option<String>,
    /// The customer pays in advance.
    pub prepay: Option<bool>,
    /// Code of the price list that it shall buy from.
    pub price_list: Option<String>,
    /// Its identifiers for electronic data interchange: all of them.
    pub edi_ids: Option<Vec<String>>,
    /// Who shall have access to the portal besides the signers of the contract: all of them.
    pub portal_users: Option<Vec<PortalUserGiven>>,
}

/// `POST …/steps/{step}/complete · fail`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct StepJudged {
    /// Why, 1 to 2,000 bytes: what was looked at, and what was found.
    pub reason: String,
    /// Documents of the account that show it, `doc_…`.
    #[serde(default)]
    pub documents: Vec<String>,
}

/// `POST …/steps/{step}/waive · await_customer`, `POST …/withdraw`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct StepReason {
    /// Why, 1 to 2,000 bytes.
    pub reason: String,
}

/// `POST …/reject`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct OnboardingReject {
    /// `sanctions_match`, `kyb_failed`, `credit_declined`, `idle` or `other`.
    pub code: String,
    /// Why, 1 to 2,000 bytes.
    pub reason: String,
}
