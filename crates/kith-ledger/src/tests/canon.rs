//! Canonical JSON: the examples of RFC 8785 and what it says of numbers.

use proptest::prelude::{any, prop, proptest};
use serde_json::{Value, json};

use crate::canon::canonical;

fn text(value: &Value) -> String {
    String::from_utf8(canonical(value)).unwrap()
}

#[test]
fn members_are_sorted_by_utf16_code_units() {
    let value: Value = serde_json::from_str(
        r#"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew","1":"One","\ud83d\ude00":"Emoji","\u0080":"Control","\u00f6":"o"}"#,
    )
    .unwrap();
    assert_eq!(
        text(&value),
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\"\u{f6}\":\"o\",\"\u{20ac}\":\"Euro Sign\",\
         \"\u{1f600}\":\"Emoji\",\"\u{fb33}\":\"Hebrew\"}"
    );
}

#[test]
fn texts_have_the_shortest_escapes() {
    assert_eq!(
        text(&json!("\u{8}\t\n\u{c}\r\"\\/\u{1}\u{7f}é")),
        "\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0001\u{7f}é\""
    );
}

#[test]
fn numbers_are_spelled_as_ecmascript_does() {
    for (value, spelled) in [
        (0.0, "0"),
        (-0.0, "0"),
        (4.5, "4.5"),
        (0.002, "0.002"),
        (1e30, "1e+30"),
        (1e-27, "1e-27"),
        (1e21, "1e+21"),
        (1e20, "100000000000000000000"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (123.456e-9, "1.23456e-7"),
        (333_333_333.333_333_3, "333333333.3333333"),
        (-1.5, "-1.5"),
        (f64::MAX, "1.7976931348623157e+308"),
        (5e-324, "5e-324"),
        (9_007_199_254_740_992.0, "9007199254740992"),
    ] {
        assert_eq!(text(&json!(value)), spelled);
    }
    assert_eq!(text(&json!(i64::MIN)), "-9223372036854775808", "whole numbers stay exact");
}

proptest! {
    #[test]
    fn doubles_come_back(value in prop::num::f64::NORMAL) {
        assert_eq!(text(&json!(value)).parse::<f64>().unwrap().to_bits(), value.to_bits());
    }

    #[test]
    fn texts_come_back(value: String) {
        assert_eq!(serde_json::from_slice::<String>(&canonical(&json!(value))).unwrap(), value);
    }

    #[test]
    fn the_order_of_members_does_not_show(names in prop::collection::hash_map("[a-z]{1,3}", any::<i64>(), 0..6)) {
        let forward: Value = names.iter().map(|(name, n)| (name.clone(), json!(n))).collect();
        let backward: Value =
            names.iter().collect::<Vec<_>>().into_iter().rev().map(|(name, n)| (name.clone(), json!(n))).collect();
        assert_eq!(canonical(&forward), canonical(&backward));
    }
}
