//! A tax profile as it stands on record.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

use crate::account::words;
use crate::value::{DocumentId, EntityCode, TaxProfileId, UserId, is_eu_vat_area};

/// Days before its end from which a certificate is expiring.
pub const EXPIRING_DAYS: i64 = 60;
/// Days after which a VAT number of the EU is to be validated again.
pub const VAT_VALID_DAYS: i64 = 90;

words! {
    /// How a sale is taxed (UNCL5305).
    TaxCategory {
        /// Standard rate.
        #[serde(rename = "S")]
        Standard = "S",
        /// Zero rated.
        #[serde(rename = "Z")]
        Zero = "Z",
        /// Exempt.
        #[serde(rename = "E")]
        Exempt = "E",
        /// Reverse charge.
        #[serde(rename = "AE")]
        ReverseCharge = "AE",
        /// Supply within the EU.
        #[serde(rename = "K")]
        IntraEu = "K",
        /// Export.
        #[serde(rename = "G")]
        Export = "G",
        /// Outside the scope of the tax.
        #[serde(rename = "O")]
        OutOfScope = "O",
    } default Exempt

    /// For how many orders a certificate is.
    CertificateUse {
        /// For all of them.
        Blanket = "blanket",
        /// For one.
        SingleUse = "single_use",
    } default Blanket

    /// Where a profile stands on a day.
    TaxStatus {
        /// Nobody has checked the certificate yet.
        PendingVerification = "pending_verification",
        /// It holds.
        Valid = "valid",
        /// It holds, and ends within 60 days.
        Expiring = "expiring",
        /// It has ended.
        Expired = "expired",
        /// It was taken back.
        Revoked = "revoked",
    } default PendingVerification
}

/// Somebody checked the certificate with its issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// Who.
    pub by: Option<UserId>,
    /// On which day.
    pub on: Date,
}

/// The profile was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// Who did it.
    pub by: Option<UserId>,
    /// On which day.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// How a customer is taxed in one jurisdiction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxProfile {
    /// Which profile.
    pub id: TaxProfileId,
    /// The legal entity that sells; `None` for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityCode>,
    /// Country of the jurisdiction, ISO 3166-1 alpha-2.
    pub country: String,
    /// Its region, ISO 3166-2 without the country; `None` for the whole country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// How a sale is taxed.
    pub tax_category: TaxCategory,
    /// Why it is exempt, a code of the organisation's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exempt_code: Option<String>,
    /// Number of the certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_no: Option<String>,
    /// The certificate itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_document: Option<DocumentId>,
    /// For how many orders it is.
    pub certificate_use: CertificateUse,
    /// Day on which it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<Date>,
    /// First day.
    pub effective_from: Date,
    /// Last day; `None` without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_to: Option<Date>,
    /// Who brought it as it stands; they do not verify it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<UserId>,
    /// Who checked it last, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<Verification>,
    /// Who took it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Revocation>,
}

/// What makes two profiles rivals.
pub(super) type RivalKey<'a> = (Option<&'a EntityCode>, &'a str, Option<&'a str>, TaxCategory);

impl TaxProfile {
    /// Where it stands on a day.
    #[must_use]
    pub fn status(&self, day: Date) -> TaxStatus {
        let soon = day.checked_add(Span::new().days(EXPIRING_DAYS)).unwrap_or(Date::MAX);
        match self.effective_to {
            _ if self.revoked.is_some() => TaxStatus::Revoked,
            Some(last) if last < day => TaxStatus::Expired,
            _ if self.verified.is_none() => TaxStatus::PendingVerification,
            Some(last) if last <= soon => TaxStatus::Expiring,
            _ => TaxStatus::Valid,
        }
    }

    /// Whether it decides how an order of a day is taxed: verified, neither ended nor taken back, and in range.
    #[must_use]
    pub fn applies(&self, day: Date) -> bool {
        let holds = matches!(self.status(day), TaxStatus::Valid | TaxStatus::Expiring);
        holds && self.effective_from <= day
    }

    /// The day on which the VAT number behind it is to be validated again: 90 days after the last check, for
    /// reverse charge and supplies within the EU.
    #[must_use]
    pub fn validation_due_on(&self) -> Option<Date> {
        let vat = matches!(self.tax_category, TaxCategory::ReverseCharge | TaxCategory::IntraEu);
        let prefix = if self.country == "GR" { "EL" } else { self.country.as_str() };
        let verified = self.verified.filter(|_| vat && self.revoked.is_none() && is_eu_vat_area(prefix))?;
        verified.on.checked_add(VAT_VALID_DAYS.days()).ok()
    }

    pub(super) fn rival_key(&self) -> RivalKey<'_> {
        (self.entity.as_ref(), &self.country, self.region.as_deref(), self.tax_category)
    }

    /// Whether two profiles have a day in common, inclusive at both ends.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.effective_to.is_none_or(|last| other.effective_from <= last)
            && other.effective_to.is_none_or(|last| self.effective_from <= last)
    }
}
