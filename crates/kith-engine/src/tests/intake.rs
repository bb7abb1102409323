//! Touchpoints: once, corrected, withdrawn, late, unknown, conflicting.

use kith_api::view::TouchpointReply;
use kith_domain::value::QuarantineId;
use serde_json::{Value, json};

use super::{on_each, order};
use crate::Answer;

fn amended(mut event: Value, id: &str, amount: &str) -> Value {
    event["supersedes"] = event["id"].clone();
    event["id"] = json!(id);
    event["data"]["value"]["amount"] = json!(amount);
    event
}

#[test]
fn an_event_counts_once() {
    on_each(|house| async move {
        let id = house.account("Acme", "1", json!({})).await;
        let event = order("1", "SO-1", 3, "100.00");
        let reply = house.ingest(&[event.clone(), event.clone(), order("1", "SO-2", 5, "50.00")]).await;
        assert_eq!((reply.accepted, reply.duplicates), (2, 1));
        let again = house.ingest(&[event]).await;
        assert_eq!((again.accepted, again.duplicates), (0, 1));
        assert_eq!(house.number(id, "orders_90d"), Some(2.0));
    });
}

#[test]
fn corrections_and_withdrawals_count_whenever_they_come() {
    on_each(|house| async move {
        let id = house.account("Acme", "1", json!({})).await;
        let first = order("1", "SO-1", 3, "100.00");
        let second = order("1", "SO-2", 4, "70.00");
        // The correction comes before what it corrects, the withdrawal too.
        let withdrawal = json!({"specversion": "1.0", "id": "w-1", "source": "erp", "type": "io.kith.order.placed",
            "time": "2026-11-20T00:00:00Z", "subject": "external:erp:1", "retracts": "placed-SO-2", "data":
            {"order_no": "SO-2", "entity": "US", "value": {"amount": "70.00", "currency": "USD"}}});
        let reply = house.ingest(&[amended(first.clone(), "c-1", "80.00"), withdrawal]).await;
        assert_eq!(reply.accepted, 2, "{reply:?}");
        house.ingest(&[first, second]).await;
        assert_eq!(house.number(id, "orders_90d"), Some(1.0));
        let money = house.engine.money(house.engine.directory().row(id).unwrap(), "order_value_90d").unwrap();
        assert_eq!(money.amount, "80.00");
    });
}

#[test]
fn what_waits_for_its_account_is_folded_once_it_exists() {
    on_each(|house| async move {
        let reply: TouchpointReply = house.ingest(&[order("7", "SO-1", 3, "100.00")]).await;
        assert_eq!(reply.quarantined.len(), 1);
        assert_eq!(reply.quarantined[0].code, "subject_unknown");
        let again = house.ingest(&[order("7", "SO-1", 3, "100.00")]).await;
        assert_eq!(again.quarantined[0].id, reply.quarantined[0].id);
        let id = house.account("Late Ltd", "7", json!({})).await;
        let (_, head) = house.engine.heads().await.unwrap();
        assert_eq!(head, 1);
        assert!(house.engine.wait_for(head).await);
        assert_eq!(house.number(id, "orders_90d"), Some(1.0));
        let waiting =
            house.engine.quarantined(&house.admin, "waiting".into(), None, 10).await.unwrap().unwrap();
        assert!(waiting.items.is_empty());
    });
}

#[test]
fn a_conflict_waits_for_a_person_and_counts_when_accepted() {
    on_each(|house| async move {
        let id = house.account("Acme", "1", json!({})).await;
        house.ingest(&[order("1", "SO-1", 3, "100.00")]).await;
        let mut other = order("1", "SO-1", 3, "100.00");
        other["data"]["value"]["amount"] = json!("90.00");
        let reply = house.ingest(&[other]).await;
        assert_eq!(reply.quarantined[0].code, "conflict");
        let item: QuarantineId = reply.quarantined[0].id.parse().unwrap();
        let row = house.engine.directory().row(id).unwrap();
        assert_eq!(house.engine.money(row, "order_value_90d").unwrap().amount, "100.00");
        let outcome = house.engine.release(&house.admin, item, true).await.unwrap();
        assert!(matches!(outcome.answer, Answer::Done(_)), "{outcome:?}");
        let (_, head) = house.engine.heads().await.unwrap();
        assert!(house.engine.wait_for(head).await);
        assert_eq!(house.engine.money(row, "order_value_90d").unwrap().amount, "90.00");
        assert_eq!(house.number(id, "orders_90d"), Some(1.0));
    });
}

#[test]
fn faulty_events_wait_with_code_and_place_and_the_others_pass() {
    on_each(|house| async move {
        house.account("Acme", "1", json!({})).await;
        let mut bad = order("1", "SO-9", 3, "100.00");
        bad["data"]["value"]["amount"] = json!("lots");
        let reply = house
            .ingest(&[bad, json!({"specversion": "0.3"}), json!(7), order("1", "SO-1", 1, "5.00")])
            .await;
        assert_eq!((reply.accepted, reply.quarantined.len()), (1, 3));
        assert_eq!(reply.quarantined[0].pointer, "/data/value/amount");
        let kept = house
            .ingest(&[json!({"specversion": "1.0", "id": "x", "source": "s", "type": "com.other.thing",
            "subject": "external:erp:1", "time": "2026-11-20T00:00:00Z", "data": {"anything": [1, 2]}})])
            .await;
        assert_eq!(kept.accepted, 1, "{kept:?}");
    });
}
