//! Replies drawn for people.

use kith::render::{Column, cell, open_table, page, pairs, problem, table};
use kith_api::problem::{Problem, ProblemField};
use serde_json::json;

#[test]
fn cells_read_like_text() {
    for (value, text) in [
        (json!(null), "-"),
        (json!(""), "-"),
        (json!([]), "-"),
        (json!(true), "yes"),
        (json!(12), "12"),
        (json!(12.0), "12"),
        (json!(-0.0001), "0"),
        (json!(0.123_456), "0.123"),
        (json!(["a", "b"]), "a, b"),
        (json!({"amount": "-1234567.50", "currency": "USD"}), "-1,234,567.50 USD"),
        (json!({"amount": "100", "currency": "JPY"}), "100 JPY"),
        (json!("2026-11-22T17:42:17.725878717Z"), "2026-11-22T17:42:17Z"),
        (json!("v1.2.3 of the plan, not a timeZ"), "v1.2.3 of the plan, not a timeZ"),
    ] {
        assert_eq!(cell(&value), text, "{value}");
    }
}

#[test]
fn text_from_outside_cannot_steer_the_terminal() {
    let drawn = cell(&json!("a\u{1b}[2Jb\nc\u{202e}d\u{7}"));
    assert_eq!(drawn, "a\u{fffd}[2Jb c\u{fffd}d\u{fffd}");
    let mut told = Problem::new(409, "x.y", "no\u{1b}]0;owned\u{7}");
    told.errors.push(ProblemField {
        pointer: "/a\u{1b}".into(),
        code: "c".into(),
        message: "m\r\nerror: forged".into(),
    });
    let text = problem(&told);
    assert!(
        !text.contains('\u{1b}') && !text.contains('\r') && !text.contains("\nerror: forged"),
        "{text:?}"
    );
}

#[test]
fn tables_stand_in_columns() {
    let rows = [
        json!({"name": "Acmé", "n": 5, "m": {"amount": "1200.00", "currency": "EUR"}, "none": null}),
        json!({"name": "Bo", "n": 12345, "m": null, "none": null}),
    ];
    let drawn = table(&["name", "n", "m", "none"].map(Column::of), &rows);
    assert_eq!(
        drawn,
        "name      n             m  none\n\
         Acmé      5  1,200.00 EUR  -\n\
         Bo    12345             -  -\n"
    );
}

#[test]
fn unknown_members_become_columns_in_their_order() {
    let rows = [json!({"id": "1", "name": "A", "z": 1}), json!({"id": "2", "name": "B", "a": 2})];
    assert_eq!(open_table(&["name"], &["id"], &rows), "name  z  a\nA     1  -\nB     -  2\n");
}

#[test]
fn long_cells_are_cut_and_long_values_are_not() {
    let long = "x".repeat(200);
    let drawn = table(&[Column::of("a")], &[json!({"a": long})]);
    assert_eq!(drawn.lines().nth(1).expect("a row").chars().count(), 60);
    assert!(drawn.ends_with("…\n"));
    assert_eq!(pairs(&json!({"a": long})), format!("a  {long}\n"));
}

#[test]
fn one_thing_is_a_line_for_each_member() {
    let drawn = pairs(&json!({
        "id": "acc_1", "empty": "", "nothing": null, "tags": ["a", "b"],
        "limit": {"amount": "5.00", "currency": "USD"},
        "review": {"overdue": false},
        "contacts": [{"name": "Jo"}, {"name": "Bo"}],
    }));
    assert_eq!(
        drawn,
        "id               acc_1\ntags             a, b\nlimit            5.00 USD\nreview.overdue   no\n\
         contacts.1.name  Jo\ncontacts.2.name  Bo\n"
    );
}

#[test]
fn a_page_says_how_to_go_on() {
    let columns = [Column::of("a")];
    assert_eq!(
        page(&columns, &json!({"items": [{"a": 1}], "next_cursor": "c1"})),
        "a\n1\nmore: --cursor c1\n"
    );
    assert_eq!(page(&columns, &json!({"items": [], "next_cursor": null})), "nothing\n");
}
