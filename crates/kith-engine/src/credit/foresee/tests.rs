//! Which places bear on credit, and the record as it would be.

use kith_domain::value::{Currency, Money};
use serde_json::json;

use super::*;

fn code(text: &str) -> EntityCode {
    text.parse().unwrap()
}

fn owner() -> Option<EntityCode> {
    Some(code("NV"))
}

#[test]
fn a_limit_of_the_master_is_that_of_the_owner_and_one_of_an_entity_its_own() {
    assert_eq!(touched("/credit_limit", owner), owner());
    assert_eq!(touched("/payment_terms", owner), owner());
    assert_eq!(touched("/overrides/GMBH/credit_limit/value", owner), Some(code("GMBH")));
    assert_eq!(touched("/overrides/GMBH", owner), Some(code("GMBH")), "all that an entity says is new");
    assert_eq!(touched("/overrides/GMBH/tier", owner), None);
    assert_eq!(touched("/notes", owner), None);
}

#[test]
fn the_record_as_it_would_be_has_the_new_limit_and_nothing_else() {
    let usd: Currency = "USD".parse().unwrap();
    let account = Account {
        owning_entity: code("NV"),
        credit_limit: Some(Money::new(10_000_000, usd)),
        ..Account::default()
    };
    let diff = |path: &str, after| Diff { path: path.to_owned(), before: json!(null), after };
    let diffs = [
        diff("/credit_limit", json!({"amount": "250000.00", "currency": "USD"})),
        diff(
            "/overrides/GMBH/credit_limit",
            json!({"mode": "value", "value": {"amount": "5.00", "currency": "USD"}}),
        ),
        diff("/tags", json!(["new"])),
    ];
    let would_be = imagined(&account, &diffs).unwrap();
    assert_eq!(would_be.credit_limit, Some(Money::new(25_000_000, usd)));
    assert!(would_be.overrides.contains_key(&code("GMBH")));
    assert_eq!(would_be.tags, account.tags);
    let taken = imagined(&account, &[diff("/credit_limit", json!(null))]).unwrap();
    assert_eq!(taken.credit_limit, None);
}
