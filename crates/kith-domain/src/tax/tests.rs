//! Tests of tax profiles.

use jiff::civil::{Date, date};

use super::*;
use crate::story::uuid;
use crate::value::{EntityCode, TaxProfileId, UserId};

fn profile(id: u128) -> TaxProfile {
    TaxProfile {
        id: TaxProfileId(uuid(id)),
        entity: None,
        country: "US".into(),
        region: None,
        tax_category: TaxCategory::Exempt,
        exempt_code: None,
        certificate_no: Some("ST-105".into()),
        certificate_document: None,
        certificate_use: CertificateUse::Blanket,
        issued_on: None,
        effective_from: date(2026, 1, 1),
        effective_to: Some(date(2026, 12, 31)),
        entered_by: Some(UserId(uuid(1))),
        verified: Some(Verification { by: Some(UserId(uuid(2))), on: date(2026, 1, 2) }),
        revoked: None,
    }
}

fn us() -> EntityCode {
    "US".parse().unwrap()
}

fn to(region: Option<&str>) -> Jurisdiction {
    Jurisdiction { country: "US".into(), region: region.map(str::to_owned) }
}

fn codes(taxed: &Taxed<'_>) -> Vec<&'static str> {
    taxed.warnings.iter().map(|warning| warning.code()).collect()
}

#[test]
fn a_profile_moves_through_its_states_by_the_day() {
    let row = profile(1);
    let status = |day: Date| row.status(day);
    assert_eq!(status(date(2026, 10, 31)), TaxStatus::Valid);
    assert_eq!(status(date(2026, 11, 1)), TaxStatus::Expiring, "60 days before its end");
    assert_eq!(status(date(2026, 12, 31)), TaxStatus::Expiring);
    assert_eq!(status(date(2027, 1, 1)), TaxStatus::Expired);
    let pending = TaxProfile { verified: None, ..row.clone() };
    assert_eq!(pending.status(date(2026, 6, 1)), TaxStatus::PendingVerification);
    let revocation = Revocation { by: None, on: date(2026, 2, 1), reason: "fraud".into() };
    let revoked = TaxProfile { revoked: Some(revocation), ..row.clone() };
    assert_eq!(revoked.status(date(2027, 6, 1)), TaxStatus::Revoked);
    let open = TaxProfile { effective_to: None, ..row };
    assert_eq!(open.status(date(2099, 1, 1)), TaxStatus::Valid);
}

#[test]
fn the_most_specific_region_decides_then_the_entity() {
    let rows = [
        profile(1),
        TaxProfile { region: Some("CA".into()), tax_category: TaxCategory::Zero, ..profile(2) },
        TaxProfile { entity: Some(us()), tax_category: TaxCategory::OutOfScope, ..profile(3) },
    ];
    let day = date(2026, 6, 1);
    let taxed = resolve(&rows, &us(), &to(Some("US-CA")), day);
    assert_eq!((taxed.category, codes(&taxed)), (TaxCategory::Zero, vec![]));
    let taxed = resolve(&rows, &us(), &to(Some("TX")), day);
    assert_eq!(taxed.profile.map(|row| row.id), Some(TaxProfileId(uuid(3))));
    let taxed = resolve(&rows, &"EU".parse().unwrap(), &to(None), day);
    assert_eq!(taxed.category, TaxCategory::Exempt);
    let abroad = Jurisdiction { country: "CA".into(), region: None };
    assert_eq!(resolve(&rows, &us(), &abroad, day).category, TaxCategory::Standard);
}

#[test]
fn what_does_not_hold_is_taxed_as_normal_with_a_warning() {
    let check = |row: TaxProfile, day: Date, code: &str| {
        let rows = [row];
        let taxed = resolve(&rows, &us(), &to(None), day);
        assert_eq!((taxed.category, taxed.profile), (TaxCategory::Standard, None), "{code}");
        assert_eq!(codes(&taxed), [code]);
        assert!(taxed.warnings[0].sentence().contains("tax as normal"));
    };
    let day = date(2026, 6, 1);
    check(profile(1), date(2027, 1, 1), "exemption_expired");
    check(profile(1), date(2025, 12, 31), "exemption_not_yet_effective");
    check(TaxProfile { verified: None, ..profile(1) }, day, "exemption_pending_verification");
    let revoked = Some(Revocation { by: None, on: day, reason: "x".into() });
    check(TaxProfile { revoked, ..profile(1) }, day, "exemption_revoked");
    let rows = [TaxProfile { certificate_use: CertificateUse::SingleUse, ..profile(1) }];
    let taxed = resolve(&rows, &us(), &to(None), date(2026, 12, 1));
    assert_eq!(codes(&taxed), ["exemption_expiring", "certificate_single_use"]);
}

#[test]
fn a_vat_number_is_validated_again_after_ninety_days() {
    let row = TaxProfile { country: "DE".into(), tax_category: TaxCategory::IntraEu, ..profile(1) };
    assert_eq!(row.validation_due_on(), Some(date(2026, 4, 2)));
    let rows = [row.clone()];
    let to = Jurisdiction { country: "DE".into(), region: None };
    assert_eq!(codes(&resolve(&rows, &us(), &to, date(2026, 4, 1))), Vec::<&str>::new());
    assert_eq!(codes(&resolve(&rows, &us(), &to, date(2026, 4, 2))), ["vat_validation_due"]);
    let greek = TaxProfile { country: "GR".into(), ..row.clone() };
    assert!(greek.validation_due_on().is_some(), "Greece is EL among VAT prefixes");
    let american = TaxProfile { country: "US".into(), ..row };
    assert_eq!(american.validation_due_on(), None);
}
