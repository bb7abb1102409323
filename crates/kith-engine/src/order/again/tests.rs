//! What is the same order, and what differs.

use kith_domain::order::Content;
use kith_domain::value::Personal;
use serde_json::json;

use super::*;

fn order(given: Value) -> Order {
    Order { content: content(given), ..Order::default() }
}

fn content(given: Value) -> Content {
    Content { given: Personal::new("acc_1", given), ..Content::default() }
}

fn told(before: Value, now: Value) -> Vec<String> {
    let arrival = Arrival {
        account: None,
        content: content(now),
        order_no: None,
        number_key: None,
        sender_key: None,
        key: String::new(),
        fingerprint: Vec::new(),
    };
    differing(&order(before), &arrival).into_iter().map(|fault| fault.pointer).collect()
}

#[test]
fn the_way_it_came_and_how_figures_are_written_make_no_other_order() {
    let before =
        json!({"customer_order_no": "PO-1", "lines": [{"item": "BOLT", "qty": 10, "price": "9.50"}]});
    let now = json!({"customer_order_no": "PO-1 ", "lines": [{"item": "BOLT", "qty": "10.0", "price": "9.5"}],
        "source": {"control_no": "7"}, "order_no": "SO-1"});
    assert_eq!(told(before, now), Vec::<String>::new());
}

#[test]
fn every_member_that_differs_is_named() {
    let before = json!({"lines": [{"item": "007", "qty": 10}], "total": {"amount": "10.00", "currency": "USD"}, "incoterm": "EXW"});
    let now = json!({"lines": [{"item": "7", "qty": 10}], "total": {"amount": "10", "currency": "EUR"}, "tax": null});
    assert_eq!(told(before, now), ["/incoterm", "/lines", "/tax", "/total"]);
}
