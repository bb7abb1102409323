//! What a wrong request is told.

use serde_json::json;

use super::read;
use crate::request::{CreditCheck, OrderPlace};
use crate::view::MoneyView;

#[test]
fn money_that_is_no_money_is_told_what_money_looks_like() {
    let faults = read::<CreditCheck>(json!({"account": "C-1", "amount": "viel"})).faults;
    let [fault] = faults.as_slice() else { panic!("{faults:?}") };
    assert_eq!((fault.pointer.as_str(), fault.code.as_str()), ("/amount", "type"));
    assert_eq!(fault.message, r#"expected object, for example {"amount":"1250.00","currency":"USD"}"#);
    let faults = read::<OrderPlace>(json!({"total": "viel", "ordered_by": 7})).faults;
    let told = |pointer: &str| {
        let found = faults.iter().find(|fault| fault.pointer == pointer);
        found.map(|fault| fault.message.clone()).unwrap()
    };
    assert!(told("/total").contains(r#""currency":"USD""#), "{faults:?}");
    assert_eq!(told("/ordered_by"), "expected object with name, email");
    let viel = |amount: &str, currency: &str| {
        MoneyView { amount: amount.into(), currency: currency.into() }.read().unwrap_err()
    };
    assert!(viel("viel", "EUR").starts_with(r#""viel" is no amount of EUR: expected a decimal amount"#));
    assert!(viel("1", "viel").starts_with(r#""viel" is no currency code"#));
    assert!(viel("1.234", "EUR").contains("more decimals"));
}
