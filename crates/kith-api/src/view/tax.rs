//! Tax profiles, how a sale is taxed, and what expires.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::WarningView;

/// How the customer is taxed in a jurisdiction.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TaxProfileView {
    /// `txp_…`.
    pub id: String,
    /// Code of the legal entity that sells; null for every one.
    pub entity: Option<String>,
    /// ISO 3166-1 alpha-2 country.
    pub country: String,
    /// ISO 3166-2 subdivision without the country; null for the whole country.
    pub region: Option<String>,
    /// `S`, `Z`, `E`, `AE`, `K`, `G`, `O`.
    pub tax_category: String,
    /// Why it is exempt.
    pub exempt_code: Option<String>,
    /// Number of the certificate.
    pub certificate_no: Option<String>,
    /// `doc_…`.
    pub certificate_document: Option<String>,
    /// `blanket` or `single_use`.
    pub certificate_use: String,
    /// Day of issue.
    pub issued_on: Option<String>,
    /// First day.
    pub effective_from: String,
    /// Last day.
    pub effective_to: Option<String>,
    /// `pending_verification`, `valid`, `expiring`, `expired`, `revoked`; on the open business day.
    pub status: String,
    /// Who verified it last.
    pub verified_by: Option<String>,
    /// When.
    pub verified_on: Option<String>,
    /// Day on which the VAT number is to be validated again.
    pub validation_due_on: Option<String>,
    /// Why it was revoked.
    pub revoked_reason: Option<String>,
}

/// How a sale is taxed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TaxedView {
    /// `acc_…`.
    pub account: String,
    /// Code of the legal entity that sells.
    pub entity: String,
    /// Country of the goods' destination.
    pub country: String,
    /// Its subdivision.
    pub region: Option<String>,
    /// The day.
    pub date: String,
    /// `S`, `Z`, `E`, `AE`, `K`, `G`, `O`; `S` where no profile decides.
    pub tax_category: String,
    /// Whether a profile takes the sale out of the standard rate.
    pub exempt: bool,
    /// The profile that decides.
    pub profile: Option<TaxProfileView>,
    /// What to look at, for example `exemption_expired`.
    pub warnings: Vec<WarningView>,
}

/// Something that ends soon, or has ended.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExpiryView {
    /// `tax_certificate`, `vat_validation` or `document`.
    pub kind: String,
    /// `txp_…` or `doc_…`.
    pub id: String,
    /// `acc_…`.
    pub account: String,
    /// Name of the account.
    pub account_name: String,
    /// What it is, in words.
    pub title: String,
    /// Its last day.
    pub expires_on: String,
    /// Days until then; negative once it has passed.
    pub days_left: i64,
    /// The reminder that is due: 90, 60, 30 or 7 days before the end, 0 from the end on; null before all of them.
    pub reminder: Option<u16>,
}
