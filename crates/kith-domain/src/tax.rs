//! Tax profiles: where a customer is taxed how, and the certificates that say so (D§1.7).
//!
//! `pending_verification` → `valid` → expiring (60 days at most) → expired; revoked from any. Where a profile stands is a
//! question of the day and is never stored.

mod check;
mod draft;
mod profile;
mod resolve;

pub use check::{OVERLAP_CODE, ProfileRules, profiles, stamp};
pub use draft::{TaxProfileDraft, read_profile};
pub use profile::{
    CertificateUse, EXPIRING_DAYS, Revocation, TaxCategory, TaxProfile, TaxStatus, VAT_VALID_DAYS,
    Verification,
};
pub use resolve::{Jurisdiction, Taxed, Warning, resolve};

#[cfg(test)]
mod tests;
