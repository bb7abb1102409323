//! Made-up pairs of accounts that may be one.

use kith_api::view::{DuplicateAccount, DuplicateScanView, DuplicateView, WaterfallStep};

use super::super::page::DuplicatesPage;

fn account(number: &str, name: &str, email: &str, city: &str) -> DuplicateAccount {
    DuplicateAccount {
        id: format!("acc_0198b2c4d5e67f8091a2b3c4d5e6f7{}", &number[6..]),
        account_number: number.into(),
        name: name.into(),
        email: email.into(),
        city: city.into(),
        country: "DE".into(),
        owning_entity: "EU".into(),
        stage: "active".into(),
        ..DuplicateAccount::default()
    }
}

fn step(field: &str, level: &str, weight: f64) -> WaterfallStep {
    WaterfallStep { field: field.into(), level: level.into(), weight, ..WaterfallStep::default() }
}

fn pair(number: u32, probability: f64, left: DuplicateAccount, right: DuplicateAccount) -> DuplicateView {
    DuplicateView {
        id: format!("dup_0198b2c4d5e67f8091a2b3c4d5e6f7{number:02}"),
        state: "open".into(),
        probability,
        weight: 9.6,
        prior_weight: -13.3,
        left,
        right,
        waterfall: vec![
            step("name", "equal", 11.4),
            step("email", "same domain", 8.4),
            step("city", "different", -3.3),
            step("tax_id", "missing", 0.0),
        ],
        raised_at: "2026-11-22T10:00:00Z".into(),
        ..DuplicateView::default()
    }
}

/// The review desk.
pub(crate) fn duplicates() -> DuplicatesPage {
    let pairs = vec![
        pair(
            11,
            0.9987,
            account("C-000123", "Nordwind Logistik GmbH", "info@nordwind.example", "Hamburg"),
            account("C-000456", "NORDWIND LOGISTIK", "sales@nordwind.example", "Bremen"),
        ),
        pair(
            12,
            0.81,
            account("C-000124", "Brightwater Foods", "office@brightwater.example", "Kiel"),
            account("C-000457", "Brightwater Food", "", "Kiel"),
        ),
    ];
    DuplicatesPage {
        open: pairs.first().cloned(),
        pairs,
        state: "open".into(),
        may_decide: true,
        scan: DuplicateScanView {
            state: "finished".into(),
            finished_at: Some("2026-11-22T11:00:00Z".into()),
            ..Default::default()
        },
        ..DuplicatesPage::default()
    }
}
