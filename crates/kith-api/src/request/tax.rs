//! Tax profiles and how a sale is taxed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::account::{member, patch};
use super::child::{ChildAction, child};

child! { TaxProfileInput, TaxProfilePatch, "How the customer is taxed in a jurisdiction, and the certificate that says so.", required {
    /// ISO 3166-1 alpha-2 country.
    country: String,
    /// `S` standard, `Z` zero, `E` exempt, `AE` reverse charge, `K` within the EU, `G` export, `O` out of scope.
    tax_category: String,
} optional {
    /// ISO 3166-2 subdivision, with or without the country; the whole country when absent.
    region: String,
    /// Code of the legal entity that sells; every one when absent.
    entity: String,
    /// Why it is exempt, a code of yours.
    exempt_code: String,
    /// Number of the certificate.
    certificate_no: String,
    /// `doc_…` of the certificate.
    certificate_document: String,
    /// `blanket` or `single_use`; `blanket` when absent.
    certificate_use: String,
    /// Day of issue, ISO date.
    issued_on: String,
    /// First day, ISO date; today when absent.
    effective_from: String,
    /// Last day, ISO date, inclusive; without end when absent.
    effective_to: String,
} }

/// Why something is turned down, taken back or held.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct ReasonGiven {
    /// Why, 1 to 500 characters.
    pub reason: String,
}

/// Where goods go.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct ShipTo {
    /// ISO 3166-1 alpha-2 country.
    pub country: String,
    /// ISO 3166-2 subdivision, with or without the country.
    pub region: Option<String>,
}

/// `POST /api/v1/tax/resolve`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct TaxAsk {
    /// `acc_…` or account number.
    pub account: String,
    /// Code of the legal entity that sells; the owning one when absent.
    pub entity: Option<String>,
    /// Where the goods go.
    pub ship_to: ShipTo,
    /// Day of the order, ISO date; the open business day when absent.
    pub date: Option<String>,
}
