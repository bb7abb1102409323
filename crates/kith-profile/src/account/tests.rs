//! Tests of what is kept and what is let go.

use serde_json::json;

use crate::testing::{Feeder, TODAY, date, days_ago, event, order, usd};

/// The invoice of a whole order, and what pays it.
fn bill(f: &mut Feeder, order_no: &str, days: i64) {
    let invoice = json!({"invoice_no": order_no, "entity": "US", "order_no": order_no, "amount": usd("100.00"),
        "issued_on": date(days), "due_on": date(days)});
    let payment = json!({"payment_no": order_no, "entity": "US", "amount": usd("100.00"), "received_on": date(days),
        "allocations": [{"invoice_no": order_no, "amount": usd("100.00")}]});
    f.feed(0, &event(&format!("I{order_no}"), "invoice.posted", &days_ago(days), &invoice));
    f.feed(0, &event(&format!("P{order_no}"), "payment.received", &days_ago(days), &payment));
}

#[test]
fn an_order_that_is_not_billed_whole_stays_whatever_its_age() {
    let mut f = Feeder::new(TODAY);
    for (id, days) in [("O1", 900), ("O2", 800), ("O3", 3)] {
        f.feed(0, &order(id, days));
    }
    f.living.recompute_dirty();
    assert_eq!(f.living.facts(0).len(), 3);
    bill(&mut f, "O2", 790);
    f.living.recompute_dirty();
    assert_eq!(f.living.facts(0).len(), 2);
}

#[test]
fn old_facts_go_and_the_first_and_last_stay() {
    let mut f = Feeder::new(TODAY);
    for (id, days) in [("O1", 900), ("O2", 800), ("O3", 700), ("O4", 410)] {
        f.feed(0, &order(id, days));
    }
    bill(&mut f, "O2", 790);
    bill(&mut f, "O3", 690);
    f.living.recompute_dirty();
    assert_eq!(f.living.facts(0).len(), 2);
    assert_eq!(f.number("first_order_on"), Some(f64::from(TODAY - 900)));
    assert_eq!(f.number("days_since_last_order"), Some(410.0));
}

#[test]
fn an_open_invoice_stays_until_it_is_paid() {
    let mut f = Feeder::new(TODAY);
    let invoice = event(
        "I1",
        "invoice.posted",
        &days_ago(600),
        &json!({"invoice_no": "I1", "entity": "US", "amount": usd("10.00"), "issued_on": date(600), "due_on": date(570)}),
    );
    f.feed(0, &invoice);
    assert_eq!(f.number("open_balance"), Some(1_000.0));
    assert_eq!(f.living.facts(0).len(), 1);
    let payment = event(
        "P1",
        "payment.received",
        &days_ago(590),
        &json!({"payment_no": "P1", "entity": "US", "amount": usd("10.00"), "received_on": date(590), "allocations": [{"invoice_no": "I1", "amount": usd("10.00")}]}),
    );
    f.feed(0, &payment);
    assert_eq!(f.number("open_balance"), Some(0.0));
    // All is old and closed; the payment, as the last contact, keeps its document.
    f.feed(0, &order("O1", 1));
    assert_eq!(f.number("orders_30d"), Some(1.0));
    assert_eq!(f.living.facts(0).len(), 1);
    // The payment bounces, a year and a half later: the account is read again from the log.
    f.feed(0, &event("R1", "payment.returned", &days_ago(0), &json!({"payment_no": "P1"})));
    assert_eq!(f.refolds, 1);
    assert_eq!(f.number("open_balance"), Some(1_000.0));
    assert_eq!(f.number("oldest_overdue_days"), Some(570.0));
}

#[test]
fn a_withdrawn_last_order_brings_back_the_one_before() {
    let mut f = Feeder::new(TODAY);
    for (id, days) in [("O1", 900), ("O2", 500), ("O3", 5)] {
        f.feed(0, &order(id, days));
    }
    bill(&mut f, "O2", 490);
    f.living.recompute_dirty();
    assert_eq!(f.living.facts(0).len(), 2);
    let mut withdrawal = event("w", "order.placed", &days_ago(1), &json!({}));
    withdrawal["retracts"] = json!("O3");
    f.feed(0, &withdrawal);
    assert_eq!(f.number("days_since_last_order"), Some(500.0));
}
