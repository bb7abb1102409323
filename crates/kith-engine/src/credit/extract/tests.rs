//! A break that is gone the second time is healed.

use super::*;

fn found(row: u64) -> BreakView {
    let zero = kith_api::view::MoneyView { amount: "0.00".into(), currency: "USD".into() };
    BreakView {
        row,
        absent: row == 0,
        account: format!("acc_{row}"),
        name: String::new(),
        entity: "US".into(),
        bucket: "open_ar".into(),
        ours: zero.clone(),
        theirs: zero.clone(),
        difference: zero,
        cause: "missing_event".into(),
        healed: false,
    }
}

#[test]
fn what_is_gone_the_second_time_is_healed() {
    let view = |rows: &[u64]| ReconciliationView {
        breaks: rows.iter().map(|row| found(*row)).collect(),
        ..ReconciliationView::default()
    };
    let told = merged(view(&[1, 2]), view(&[2, 3]));
    let told: Vec<(u64, bool)> = told.breaks.iter().map(|found| (found.row, found.healed)).collect();
    assert_eq!(told, [(1, true), (2, false), (3, false)]);
}
