//! What checks and what is refused, with place, code and hint.

use proptest::prelude::*;

use crate::filter::check;
use crate::fixture::{catalogue, rows};
use crate::parse::tests::tree;
use crate::table::Table;
use crate::top::{count, passes};

/// The first fault: its code, the text at fault, and the hint.
#[track_caller]
fn fault(text: &str) -> (&'static str, String, String) {
    let errors = check(text, &catalogue()).expect_err(text);
    let error = &errors[0];
    let place = text.get(error.at..error.at + error.len).unwrap_or_default().to_owned();
    (error.code, place, error.hint.clone().unwrap_or_default())
}

#[test]
fn faults_name_their_place_and_a_way_out() {
    let cases = [
        ("ordrs_90d > 3", "unknown_field", "ordrs_90d", "did you mean orders_90d?"),
        ("active && tierr == \"premium\"", "unknown_field", "tierr", "did you mean tier?"),
        ("tier == \"premum\"", "unknown_value", "\"premum\"", "did you mean \"premium\"?"),
        ("\"Premium\" == tier", "unknown_value", "\"Premium\"", "did you mean \"premium\"?"),
        (
            "tier in [\"premium\", \"gold\"]",
            "unknown_value",
            "[\"premium\", \"gold\"]",
            "its values are \"standard\"",
        ),
        ("tier > \"standard\"", "no_order", "tier > \"standard\"", "use ==, != or in"),
        ("orders_90d", "not_a_condition", "orders_90d", "compare it: orders_90d > 0"),
        ("active && name", "not_a_condition", "name", "compare it"),
        ("orders_90d == \"5\"", "type_mismatch", "orders_90d == \"5\"", "write 5 without quotes"),
        (
            "created_on > \"2026-01-01\"",
            "type_mismatch",
            "created_on > \"2026-01-01\"",
            "write date(\"2026-01-01\")",
        ),
        ("created_on > 30", "type_mismatch", "created_on > 30", "today() - days(30)"),
        ("orders_90d > days(30)", "type_mismatch", "orders_90d > days(30)", "write a plain number"),
        ("name == null", "null_comparison", "name == null", "write has(field)"),
        ("has(1 + 2)", "type_mismatch", "1 + 2", ""),
        ("name.matches(\"a{2}\")", "bad_pattern", "\"a{2}\"", ""),
        ("name.matches(name)", "not_a_literal", "name", ""),
        ("name.lower() == \"a\"", "unknown_function", "name.lower()", "the methods are contains"),
        ("median(orders_90d) > 1", "unknown_function", "median(orders_90d)", "the functions are has"),
        ("date(\"2026-02-30\") < today()", "bad_literal", "\"2026-02-30\"", "write date(\"2026-01-31\")"),
        ("revenue_365d > money(\"1.001\", \"USD\")", "bad_literal", "\"1.001\"", "write money"),
        ("revenue_365d > money(\"1\", \"XXZ\")", "bad_literal", "\"XXZ\"", "write money"),
        ("orders_90d in 5", "type_mismatch", "5", "write in [a, b]"),
        ("tags == \"a\"", "type_mismatch", "tags == \"a\"", ""),
        ("orders_90d.exists(x, x > 1)", "type_mismatch", "orders_90d", ""),
        ("created_on + 5 > today()", "type_mismatch", "created_on + 5", "add or take away days(n)"),
        ("(active ? 1 : name) == 1", "type_mismatch", "(active ? 1 : name)", ""),
        ("metadata[5] == 1", "type_mismatch", "metadata[5]", ""),
    ];
    for (text, code, place, hint) in cases {
        let found = fault(text);
        assert_eq!((found.0, found.1.as_str()), (code, place), "{text}: {found:?}");
        assert!(found.2.contains(hint), "{text}: {found:?}");
    }
}

#[test]
fn all_faults_are_named_at_once() {
    let errors = check("ordrs > 1 && tier == \"x\" && name", &catalogue()).unwrap_err();
    let codes: Vec<_> = errors.iter().map(|error| error.code).collect();
    assert_eq!(codes, ["unknown_field", "unknown_value", "not_a_condition"]);
}

#[test]
fn what_would_take_too_long_is_refused() {
    let list = vec!["1"; 300].join(",");
    let text = format!("[{list}].exists(a, [{list}].exists(b, a == b && orders_90d == a))");
    assert_eq!(fault(&text).0, "too_costly");
}

#[test]
fn these_all_check() {
    for text in [
        "",
        "true",
        "tier == \"premium\" && orders_90d > 3.5 && revenue_365d >= 1000",
        "revenue_365d / orders_90d > 100",
        "revenue_365d > money(\"10.5\", \"EUR\") * 2",
        "created_on >= today() - days(30) && changed_at > timestamp(\"2026-01-01T00:00:00Z\")",
        "changed_at - timestamp(\"2026-01-01T00:00:00Z\") > duration(\"36h\")",
        "metadata.region in [\"n\", \"s\"] || metadata[\"seats\"] > 5",
        "contract.status == \"open\"",
        "has(contract.status)",
        "account_manager == me",
        "tags.all(tag, size(tag) < 5) && \"a\" in tags",
        "string(orders_90d) == \"5\" || int(\"7\") < orders_90d",
        "tier in [\"premium\"] ? active : !active",
    ] {
        if let Err(errors) = check(text, &catalogue()) {
            panic!("{text}: {errors:?}");
        }
    }
}

proptest! {
    #[test]
    fn no_syntax_makes_checking_or_running_panic(tree in tree(), rows in rows()) {
        if let Ok(filter) = check(&tree.print(), &catalogue()) {
            let by_row = (0..1_300).filter(|row| passes(&filter, &rows, *row)).count();
            prop_assert_eq!(count(&filter, &rows), by_row as u64);
            prop_assert!(rows.chunks() < 3);
        }
    }

    #[test]
    fn no_text_makes_checking_panic(text in "[a-z_0-9. ()\\[\\]\"=<>!&|?:+*,-]{0,50}") {
        let _ = check(&text, &catalogue());
    }
}
