//! Tests of recognising: what is understood, what stays clear, and how faults are named.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Data, Kind, Stored, SubjectRef, read, restore};
use crate::facts;
use crate::testing::{context, days_ago, event, usd};

const PAYMENT: &str = r#"{"payment_no":"P1","entity":"US","amount":{"amount":"90.00","currency":"USD"},
    "received_on":"2026-11-02","allocations":[{"invoice_no":"I1","amount":{"amount":"30.00","currency":"USD"},"memo":"thanks"}]}"#;

fn all() -> Vec<(&'static str, Value)> {
    let text = "Where is it?";
    vec![
        (
            "order.placed",
            json!({"order_no": "O1", "entity": "US", "value": usd("10.00"), "lane": "CHI-DAL", "lines": [{"sku": "x"}], "requested_delivery": "2026-12-01"}),
        ),
        ("order.cancelled", json!({"order_no": "O1"})),
        ("order.amended", json!({"order_no": "O1", "value": usd("11.00")})),
        (
            "order.delivered",
            json!({"order_no": "O1", "delivered_at": "2026-11-20T10:00:00+01:00", "promised_by": "2026-11-20", "in_full": true}),
        ),
        (
            "exception.detected",
            json!({"exception_no": "E1", "order_no": "O1", "kind": "delay", "severity": "high"}),
        ),
        ("claim.filed", json!({"claim_no": "C1", "order_no": "O1", "kind": "loss", "amount": usd("5.00")})),
        ("quote.requested", json!({"quote_no": "Q1", "lane": "CHI-DAL"})),
        ("quote.sent", json!({"quote_no": "Q1", "value": usd("7.00")})),
        ("quote.won", json!({"quote_no": "Q1"})),
        ("quote.lost", json!({"quote_no": "Q1", "reason": "price"})),
        (
            "invoice.posted",
            json!({"invoice_no": "I1", "entity": "EU", "order_no": "O1", "amount": usd("10.00"), "issued_on": "2026-11-01", "due_on": "2026-12-01"}),
        ),
        (
            "credit_note.posted",
            json!({"credit_note_no": "K1", "entity": "US", "invoice_no": "I1", "amount": usd("1.00")}),
        ),
        ("payment.received", serde_json::from_str(PAYMENT).expect("JSON")),
        ("payment.returned", json!({"payment_no": "P1"})),
        (
            "inquiry.received",
            json!({"inquiry_no": "T1", "channel": "email", "intent": "complaint", "priority": "P1", "text": text}),
        ),
        ("inquiry.replied", json!({"inquiry_no": "T1", "text": text})),
        ("inquiry.resolved", json!({"inquiry_no": "T1"})),
        ("inquiry.reopened", json!({"inquiry_no": "T1"})),
        (
            "survey.responded",
            json!({"kind": "ces", "score": 7, "respondent": "zoe@example.com", "comment": text}),
        ),
        ("portal.login", json!({"user": "zoe"})),
        ("meeting.held", json!({"attendees": ["zoe"]})),
        ("competitor.mentioned", json!({"name": "Rival Ltd"})),
        ("telematics.position", json!({"vin": "WDB1", "lat": 1.5})),
    ]
}

#[test]
fn every_kind_is_understood_and_stored_without_a_loss_of_facts() {
    let context = context();
    for (kind, data) in all() {
        let event = event("e1", kind, &days_ago(1), &data).to_string();
        let touchpoint =
            read(event.as_bytes(), 0, &context).unwrap_or_else(|fault| panic!("{kind}: {fault:?}"));
        assert_ne!(touchpoint.kind, Kind::Other, "{kind}");
        let stored = Stored {
            source: &touchpoint.source,
            id: &touchpoint.id,
            type_name: &touchpoint.type_name,
            at_ms: touchpoint.at_ms,
            supersedes: None,
            retracts: None,
            clear: &touchpoint.clear,
        };
        let again = restore(&stored, &context).unwrap_or_else(|fault| panic!("{kind}: {fault:?}"));
        assert_eq!(facts(&again, 3, &context), facts(&touchpoint, 3, &context), "{kind}");
        assert_eq!(again.data, touchpoint.data, "{kind}");
        for secret in ["zoe", "Where", "Rival", "thanks", "external:erp:1", "lat", "sku"] {
            assert!(!touchpoint.clear.contains(secret), "{kind}: {secret} is clear");
            let there = touchpoint.personal.as_ref().is_some_and(|personal| personal.contains(secret));
            assert_eq!(there, event.contains(secret), "{kind}: {secret}");
        }
    }
}

#[test]
fn clear_and_personal_hold_everything_once() {
    let payment = serde_json::from_str(PAYMENT).expect("JSON");
    let event = event("e1", "payment.received", &days_ago(1), &payment).to_string();
    let touchpoint = read(event.as_bytes(), 0, &context()).expect("recognised");
    assert_eq!(
        touchpoint.clear,
        r#"{"allocations":[{"amount":{"amount":"30.00","currency":"USD"},"invoice_no":"I1"}],"amount":{"amount":"90.00","currency":"USD"},"entity":"US","payment_no":"P1","received_on":"2026-11-02"}"#
    );
    assert_eq!(
        touchpoint.personal.as_deref(),
        Some(r#"{"data":{"allocations":[{"memo":"thanks"}]},"subject":"external:erp:1"}"#)
    );
}

#[test]
fn content_does_not_depend_on_how_it_is_written() {
    let one = br#"{"specversion":"1.0","id":"1","source":"/a","type":"io.kith.meeting.held","time":"2026-01-01T00:00:00Z","data":{"b":1.0,"a":"\u0041"}}"#;
    let other = br#" { "data" : {"a":"A", "b":1}, "time":"2026-01-01T00:00:00Z","type":"io.kith.meeting.held","source":"/a","id":"1","specversion":"1.0"}"#;
    let context = context();
    let content = |bytes: &[u8]| read(bytes, 0, &context).expect("recognised").content;
    assert_eq!(content(one), content(other));
    let text: Value = serde_json::from_str(&content(one)).expect("canonical JSON is JSON");
    assert_eq!(text["data"]["a"], "A");
}

#[test]
fn subjects_are_read() {
    let context = context();
    let subject = |text: Value| {
        let mut event = event("e", "meeting.held", &days_ago(0), &json!({}));
        event["subject"] = text;
        format!("{:?}", read(event.to_string().as_bytes(), 0, &context).expect("recognised").subject)
    };
    let shown = |subject: SubjectRef<'_>| format!("{subject:?}");
    assert!(subject(json!("acc_01890a5d000070008000000000000001")).starts_with("Account("));
    assert_eq!(
        subject(json!("external:erp:a:b")),
        shown(SubjectRef::External { system: "erp".into(), id: "a:b".into() })
    );
    assert_eq!(subject(json!("  tax:DE123 ")), shown(SubjectRef::Tax("DE123".into())));
    assert_eq!(subject(json!("tax:\u{e9}")), shown(SubjectRef::Tax("\u{e9}".into())));
    assert_eq!(subject(json!("email:Ann@Example.COM")), shown(SubjectRef::Email("ann@example.com".into())));
    assert_eq!(subject(json!(null)), shown(SubjectRef::Missing));
    for text in ["acc_1", "nobody", "external:erp", "email:ann", ":", "tax:"] {
        assert_eq!(subject(json!(text)), shown(SubjectRef::Unreadable), "{text}");
    }
}

#[test]
fn time_stands_for_itself_or_for_the_arrival() {
    let context = context();
    let mut event = event("e", "meeting.held", "2026-01-01T00:00:00.1239+01:00", &json!({}));
    assert_eq!(read(event.to_string().as_bytes(), 5, &context).expect("recognised").at_ms, 1_767_222_000_123);
    event.as_object_mut().expect("object").remove("time");
    assert_eq!(
        read(event.to_string().as_bytes(), 1_767_222_000_000, &context).expect("recognised").at_ms,
        1_767_222_000_000
    );
}

#[track_caller]
fn refused(event: &Value, code: &str, pointer: &str) {
    let fault = read(event.to_string().as_bytes(), 0, &context()).expect_err("not recognised");
    assert_eq!((fault.code, fault.pointer.as_str()), (code, pointer), "{}", fault.detail);
}

#[test]
fn faults_of_the_envelope_are_named() {
    let good = event("e", "meeting.held", &days_ago(0), &json!({}));
    let with = |member: &str, value: Value| {
        let mut event = good.clone();
        event[member] = value;
        event
    };
    refused(&json!([1]), "not_an_object", "");
    refused(&with("specversion", json!("0.3")), "specversion_unsupported", "/specversion");
    refused(&with("id", json!("")), "text_invalid", "/id");
    refused(&with("id", json!(null)), "missing", "/id");
    refused(&with("source", json!(7)), "wrong_type", "/source");
    refused(&with("source", json!("a\u{0}b")), "text_invalid", "/source");
    for time in [
        "yesterday",
        "2026-01-01",
        "1970-12-31T23:59:59Z",
        "2105-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z[UTC]",
        "2026-02-30T00:00:00Z",
    ] {
        refused(&with("time", json!(time)), "time_invalid", "/time");
    }
    let mut both = with("supersedes", json!("a"));
    both["retracts"] = json!("b");
    refused(&both, "correction_ambiguous", "/retracts");
}

#[track_caller]
fn case(kind: &str, data: &Value, code: &str, pointer: &str) {
    refused(&event("e", kind, &days_ago(0), data), code, pointer);
}

#[test]
fn faults_of_members_are_named() {
    case("order.cancelled", &json!({}), "missing", "/data/order_no");
    case("order.cancelled", &json!({"order_no": 7}), "wrong_type", "/data/order_no");
    case("order.cancelled", &json!("O1"), "wrong_type", "/data");
    case(
        "order.placed",
        &json!({"order_no": "1", "entity": "XX", "value": usd("1.00")}),
        "entity_unknown",
        "/data/entity",
    );
    case(
        "order.placed",
        &json!({"order_no": "1", "entity": "US", "value": usd("1.001")}),
        "money_invalid",
        "/data/value/amount",
    );
    case(
        "order.placed",
        &json!({"order_no": "1", "entity": "US", "value": usd("-1.00")}),
        "amount_negative",
        "/data/value/amount",
    );
    case(
        "order.placed",
        &json!({"order_no": "1", "entity": "US", "value": 5}),
        "money_invalid",
        "/data/value",
    );
    case(
        "order.amended",
        &json!({"order_no": "1", "value": {"amount": "1.00", "currency": "QQQ"}}),
        "currency_unknown",
        "/data/value/currency",
    );
    case(
        "order.amended",
        &json!({"order_no": "1", "value": {"amount": 1.0, "currency": "USD"}}),
        "wrong_type",
        "/data/value/amount",
    );
    case(
        "order.delivered",
        &json!({"order_no": "1", "delivered_at": "soon"}),
        "date_invalid",
        "/data/delivered_at",
    );
    case(
        "exception.detected",
        &json!({"exception_no": "1", "kind": "delay", "severity": "awful"}),
        "value_unknown",
        "/data/severity",
    );
    case("survey.responded", &json!({"kind": "nps", "score": 11}), "score_out_of_range", "/data/score");
    case("survey.responded", &json!({"kind": "csat", "score": 0}), "score_out_of_range", "/data/score");
    case("survey.responded", &json!({"kind": "ces", "score": 1.5}), "wrong_type", "/data/score");
}

#[test]
fn faults_of_allocations_are_named() {
    let payment = |allocations: Value| json!({"payment_no": "1", "entity": "US", "amount": usd("5.00"), "received_on": "2026-11-02", "allocations": allocations});
    case(
        "payment.received",
        &payment(json!([{"invoice_no": "1", "amount": usd("6.00")}])),
        "allocations_exceed_amount",
        "/data/allocations/0",
    );
    case(
        "payment.received",
        &payment(json!([{"amount": usd("1.00")}])),
        "missing",
        "/data/allocations/0/invoice_no",
    );
    case(
        "payment.received",
        &payment(json!([{"invoice_no": "1", "amount": {"amount": "1.00", "currency": "EUR"}}])),
        "currency_mismatch",
        "/data/allocations/0/amount/currency",
    );
    case(
        "inquiry.received",
        &json!({"inquiry_no": "1", "priority": "urgent"}),
        "value_unknown",
        "/data/priority",
    );
}

#[test]
fn bounds_hold() {
    let context = context();
    let code = |bytes: &[u8]| read(bytes, 0, &context).expect_err("refused").code;
    assert_eq!(code(&vec![b' '; super::LENGTH_MAX + 1]), "too_large");
    assert_eq!(code(format!("{}1{}", "[".repeat(17), "]".repeat(17)).as_bytes()), "too_deep");
    assert_eq!(
        code(format!("{{\"a\":\"{}\"}}", "x".repeat(super::TEXT_MAX + 1)).as_bytes()),
        "text_too_long"
    );
    assert_eq!(code(br#"{"a":1,"a":2}"#), "member_twice");
    assert_eq!(code(b"{\"a\":"), "json_invalid");
    assert_eq!(code(b"{\"a\":\"\xff\"}"), "json_invalid");
}

#[test]
fn unknown_types_are_kept_whole() {
    let mut event = event("e", "weather.changed", &days_ago(0), &json!(["storm"]));
    let text = event.to_string();
    let touchpoint = read(text.as_bytes(), 0, &context()).expect("recognised");
    assert_eq!(
        (touchpoint.kind, &touchpoint.data, touchpoint.clear.as_str()),
        (Kind::Other, &Data::None, "{}")
    );
    assert_eq!(touchpoint.personal.as_deref(), Some(r#"{"data":["storm"],"subject":"external:erp:1"}"#));
    event["type"] = json!("com.example.order.placed");
    assert_eq!(read(event.to_string().as_bytes(), 0, &context()).expect("recognised").kind, Kind::Other);
}

#[test]
fn people_are_the_same_pseudonym_and_a_tilde_is_no_way_in() {
    let context = context();
    let user = |name: &str| match read(
        event("e", "portal.login", &days_ago(0), &json!({"user": name})).to_string().as_bytes(),
        0,
        &context,
    )
    .expect("recognised")
    .data
    {
        Data::PortalLogin { user } => user,
        other => panic!("{other:?}"),
    };
    assert_eq!(user("ann"), user("ann"));
    assert_ne!(user("ann"), user("bob"));
    assert_ne!(user(&format!("~{:016x}", user("ann"))), user("ann"));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, 0, &context());
    }

    #[test]
    fn no_changed_event_makes_it_panic(which in 0..23_usize, place in 0..400_usize, byte in any::<u8>()) {
        let (kind, data) = all().swap_remove(which);
        let mut bytes = event("e", kind, &days_ago(0), &data).to_string().into_bytes();
        let place = place % bytes.len();
        bytes[place] = byte;
        if let Ok(touchpoint) = read(&bytes, 0, &context()) {
            prop_assert!(facts(&touchpoint, 1, &context()).len() <= 3);
            prop_assert!(serde_json::from_str::<Value>(&touchpoint.content).is_ok());
        }
    }
}
