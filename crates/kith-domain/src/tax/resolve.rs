//! How a sale to a place is taxed on a day: the most specific region first, the row of the entity first (D§1.7).

use std::cmp::Reverse;

use jiff::civil::Date;

use super::check::region_code;
use super::{CertificateUse, TaxCategory, TaxProfile, TaxStatus};
use crate::value::EntityCode;

/// Where goods go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jurisdiction {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// ISO 3166-2, with or without the country.
    pub region: Option<String>,
}

/// What to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// The certificate that would exempt has ended: taxed as normal.
    ExemptionExpired,
    /// Nobody has verified it yet.
    ExemptionPending,
    /// It was taken back.
    ExemptionRevoked,
    /// It begins later.
    ExemptionNotYetEffective,
    /// It holds, but ends within 60 days.
    ExemptionExpiring,
    /// It is for one order.
    SingleUse,
    /// The VAT number was not validated for 90 days.
    ValidationDue,
}

impl Warning {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ExemptionExpired => "exemption_expired",
            Self::ExemptionPending => "exemption_pending_verification",
            Self::ExemptionRevoked => "exemption_revoked",
            Self::ExemptionNotYetEffective => "exemption_not_yet_effective",
            Self::ExemptionExpiring => "exemption_expiring",
            Self::SingleUse => "certificate_single_use",
            Self::ValidationDue => "vat_validation_due",
        }
    }

    /// A sentence.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::ExemptionExpired => {
                "The certificate had expired on this day: tax as normal, and ask for a new one."
            }
            Self::ExemptionPending => "A certificate is on record that nobody has verified: tax as normal.",
            Self::ExemptionRevoked => "The certificate was revoked: tax as normal.",
            Self::ExemptionNotYetEffective => "The certificate begins after this day: tax as normal.",
            Self::ExemptionExpiring => "The certificate ends within 60 days: ask for a new one.",
            Self::SingleUse => "The certificate is for one order: make sure that it is this one.",
            Self::ValidationDue => {
                "The VAT number was last validated more than 90 days ago: validate it again."
            }
        }
    }
}

/// How a sale is taxed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxed<'a> {
    /// The profile that decides; `None` where none does, and the sale is taxed as normal.
    pub profile: Option<&'a TaxProfile>,
    /// The category.
    pub category: TaxCategory,
    /// What to look at.
    pub warnings: Vec<Warning>,
}

/// How a sale of an entity to a place is taxed on a day.
#[must_use]
pub fn resolve<'a>(
    profiles: &'a [TaxProfile],
    entity: &EntityCode,
    to: &Jurisdiction,
    day: Date,
) -> Taxed<'a> {
    let region = to.region.as_deref().map(|region| region_code(region, &to.country));
    let mut found: Vec<&TaxProfile> = profiles
        .iter()
        .filter(|row| row.country == to.country)
        .filter(|row| row.region.is_none() || row.region == region)
        .filter(|row| row.entity.as_ref().is_none_or(|own| own == entity))
        .collect();
    // What was taken back stands behind what may still hold.
    found.sort_by_key(|row| {
        let place = (row.region.is_none(), row.entity.is_none());
        (place, row.revoked.is_some(), Reverse(row.effective_from), Reverse(row.id))
    });
    let profile = found.iter().copied().find(|row| row.applies(day));
    let before = found.iter().take_while(|row| Some(row.id) != profile.map(|row| row.id));
    let mut warnings = Vec::new();
    // Why what goes first does not decide: one reason is enough.
    warnings.extend(before.filter(|row| !row.applies(day)).map(|row| why_not(row, day)).next());
    if let Some(row) = profile {
        if row.status(day) == TaxStatus::Expiring {
            warnings.push(Warning::ExemptionExpiring);
        }
        if row.certificate_use == CertificateUse::SingleUse {
            warnings.push(Warning::SingleUse);
        }
        if row.validation_due_on().is_some_and(|due| due <= day) {
            warnings.push(Warning::ValidationDue);
        }
    }
    let category = profile.map_or(TaxCategory::Standard, |row| row.tax_category);
    Taxed { profile, category, warnings }
}

fn why_not(row: &TaxProfile, day: Date) -> Warning {
    match row.status(day) {
        TaxStatus::Revoked => Warning::ExemptionRevoked,
        TaxStatus::Expired => Warning::ExemptionExpired,
        TaxStatus::PendingVerification => Warning::ExemptionPending,
        TaxStatus::Valid | TaxStatus::Expiring => Warning::ExemptionNotYetEffective,
    }
}
