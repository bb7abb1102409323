//! Tests of facts: size, days, and what each touchpoint means.

use serde_json::json;

use super::{Fact, FactKind, facts};
use crate::testing::{context, days_ago, event, usd};
use crate::touchpoint::{business_day, business_seconds, read};

fn made(kind: &str, time: &str, data: &serde_json::Value) -> Vec<Fact> {
    let context = context();
    let text = event("e1", kind, time, data).to_string();
    let touchpoint = read(text.as_bytes(), 0, &context).expect("recognised");
    facts(&touchpoint, 7, &context)
}

#[test]
fn a_fact_is_forty_bytes() {
    assert_eq!(size_of::<Fact>(), 40);
}

#[test]
fn the_business_day_is_that_of_the_entity() {
    // Three in the morning in UTC: still yesterday in Chicago, today in Berlin.
    let placed = |entity: &str| {
        made(
            "order.placed",
            "2026-11-22T03:00:00Z",
            &json!({"order_no": "1", "entity": entity, "value": usd("1.00")}),
        )[0]
        .day
    };
    assert_eq!((placed("US"), placed("EU")), (20_778, 20_779));
    let berlin = &context().entities[1].zone;
    // 2026-03-29 has 23 hours in Berlin: 22:30 UTC is the next day already.
    assert_eq!(business_day(1_774_823_400_000, berlin), 20_542);
}

#[test]
fn business_time_runs_from_eight_to_eighteen_on_weekdays() {
    let zone = &context().zone;
    let at = |text: &str| text.parse::<jiff::Timestamp>().expect("a time").as_millisecond();
    let hours =
        |from: &str, to: &str| (business_seconds(at(to), zone) - business_seconds(at(from), zone)) / 3_600;
    assert_eq!(hours("2026-11-16T14:00:00Z", "2026-11-17T00:00:00Z"), 10, "a whole Monday");
    assert_eq!(hours("2026-11-14T00:00:00Z", "2026-11-16T14:00:00Z"), 0, "a weekend");
    assert_eq!(hours("2026-11-13T23:00:00Z", "2026-11-16T15:00:00Z"), 2, "Friday evening to Monday morning");
    assert_eq!(hours("2026-11-09T14:00:00Z", "2026-11-16T14:00:00Z"), 50, "a week");
}

#[test]
fn facts_lie_on_their_own_date() {
    let paid = json!({"payment_no": "P", "entity": "US", "amount": usd("90.00"), "received_on": "2026-11-02",
        "allocations": [{"invoice_no": "I1", "amount": usd("30.00")}, {"invoice_no": "I2", "amount": usd("20.00")}, {"invoice_no": "I1", "amount": usd("5.00")}]});
    let facts = made("payment.received", &days_ago(0), &paid);
    assert_eq!(
        facts.iter().map(|fact| (fact.kind, fact.day, fact.amount)).collect::<Vec<_>>(),
        [
            (FactKind::Payment as u8, 20_759, 9_000),
            (FactKind::Allocation as u8, 20_759, 3_500),
            (FactKind::Allocation as u8, 20_759, 2_000),
        ]
    );
    assert!(facts.iter().all(|fact| fact.seq == 7 && fact.at_s == 1_795_348_800));
    assert_eq!(facts.iter().filter(|fact| fact.is_primary()).count(), 1);
}

#[test]
fn numbers_of_different_documents_stay_apart() {
    let order = made("order.cancelled", &days_ago(0), &json!({"order_no": "1"}))[0].doc;
    let payment = made("payment.returned", &days_ago(0), &json!({"payment_no": "1"}))[0].doc;
    assert_ne!(order, payment);
}

#[test]
fn a_withdrawal_means_nothing_itself() {
    let mut withdrawal = event("w", "order.placed", &days_ago(0), &json!({}));
    withdrawal["retracts"] = json!("e1");
    let text = withdrawal.to_string();
    let touchpoint = read(text.as_bytes(), 0, &context()).expect("recognised");
    assert!(facts(&touchpoint, 1, &context()).is_empty());
}

#[test]
fn every_touchpoint_has_one_primary_fact() {
    for (kind, data) in [
        ("order.placed", json!({"order_no": "1", "entity": "US", "value": usd("1.00"), "lane": "A-B"})),
        (
            "invoice.posted",
            json!({"invoice_no": "1", "entity": "US", "order_no": "1", "amount": usd("1.00"), "issued_on": "2026-01-01", "due_on": "2026-02-01"}),
        ),
        ("telematics.position", json!({"vin": "V1"})),
        ("meeting.held", json!({})),
        ("something.else", json!({"any": 1})),
    ] {
        assert_eq!(
            made(kind, &days_ago(0), &data).iter().filter(|fact| fact.is_primary()).count(),
            1,
            "{kind}"
        );
    }
}
