//! What is typed becomes values, and values what is typed.

use serde_json::json;

use super::{ACCOUNT, ADDRESS, CONTACT, NEW, Typing, kept, text_of, value_of};
use crate::web::words::reading;

#[test]
fn what_is_read_and_not_touched_is_written_as_it_was() {
    let cases = [
        (Typing::Line, json!("Acme")),
        (Typing::Whole, json!(1200)),
        (Typing::Money, json!({"amount": "400000.00", "currency": "EUR"})),
        (Typing::List, json!(["a", "b c"])),
        (Typing::Lines, json!(["Havenweg 41", "Dock 3"])),
        (Typing::Flag, json!(true)),
        (Typing::Line, json!(null)),
    ];
    for (typing, value) in cases {
        assert_eq!(value_of(typing, &text_of(typing, &value)), value, "{typing:?}");
    }
}

#[test]
fn money_is_read_with_its_code_on_either_side() {
    let euro = json!({"amount": "520000.50", "currency": "EUR"});
    let value = |typed: &str| value_of(Typing::Money, &kept(Typing::Money, typed, "").unwrap());
    assert_eq!(value("EUR 520,000.50"), euro);
    assert_eq!(value("520000.50 eur"), euro);
    assert_eq!(value("520 000"), json!({"amount": "520000"}));
    assert_eq!(value_of(Typing::Money, "much"), json!({"amount": "much"}));
}

#[test]
fn what_is_no_number_reaches_the_rules_as_it_was_typed() {
    assert_eq!(kept(Typing::Whole, "1,200", "").as_deref(), Ok("1200"));
    assert_eq!(value_of(Typing::Whole, "1200"), json!(1200));
    assert_eq!(value_of(Typing::Whole, "many"), json!("many"));
    assert_eq!(value_of(Typing::Line, "  "), json!(null));
    assert_eq!(value_of(Typing::List, " , "), json!([]));
}

#[test]
fn no_form_has_a_field_twice() {
    for form in [&ACCOUNT[..], &NEW, &CONTACT, &ADDRESS] {
        let mut ids: Vec<&str> = form.iter().map(|field| &*field.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), form.len());
    }
}

#[test]
fn money_is_typed_as_the_readers_place_writes_it() {
    let money = |typed: &str| kept(Typing::Money, typed, "EUR").map_err(|misread| misread.sentence());
    assert_eq!(money("520,000.5").as_deref(), Ok("EUR 520000.50"));
    assert!(money("520.000").unwrap_err().contains("520,000"), "a German may mean more");
    assert_eq!(money("1,200 usd").as_deref(), Ok("USD 1200.00"), "a code that is typed comes first");
    assert_eq!(money(" ").as_deref(), Ok(""));
    assert_eq!(money("much").as_deref(), Ok("EUR much"));
    reading("de", || {
        assert_eq!(money("520.000,5").as_deref(), Ok("EUR 520000.50"));
        assert_eq!(money("520.000").as_deref(), Ok("EUR 520000.00"));
        assert_eq!(money("520,5").as_deref(), Ok("EUR 520.50"));
        assert_eq!(kept(Typing::Whole, "1.200", "").as_deref(), Ok("1200"));
    });
}

#[test]
fn a_figure_that_was_read_is_not_read_again() {
    reading("de", || {
        let dinar = kept(Typing::Money, "1,5", "KWD").unwrap();
        assert_eq!(value_of(Typing::Money, &dinar), json!({"amount": "1.500", "currency": "KWD"}));
        let figure = kept(Typing::Number, "1,125", "").unwrap();
        assert_eq!(value_of(Typing::Number, &figure), json!("1.125"));
    });
}

#[test]
fn letters_alone_are_no_amount_and_take_nothing_away() {
    for typed in ["abc", "ten", "EUR", " xyz "] {
        let kept = kept(Typing::Money, typed, "USD").unwrap();
        assert_eq!(kept, typed.trim());
        assert_ne!(value_of(Typing::Money, &kept), serde_json::Value::Null, "{typed}");
    }
    assert_eq!(value_of(Typing::Money, &kept(Typing::Money, "  ", "USD").unwrap()), serde_json::Value::Null);
}
