//! An order that comes again: the same is one order, another revision waits for the one that stands.

use serde_json::json;

use super::order::{act, bolts, buckets, codes, customer, place};
use crate::house::{on_each, problem};

#[test]
fn the_same_order_gives_the_same_answer() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        let body = bolts("1", "PO-1", 10);
        let order = place(&house.seller, "o-1", &body).expect(201);
        let again = place(&house.seller, "o-1", &body).expect(201);
        assert_eq!((&again["id"], &again["duplicate"]), (&order["id"], &json!(true)));
        assert_eq!(place(&house.seller, "o-2", &body).expect(201)["id"], order["id"], "the same document");
        let other = bolts("1", "PO-1", 99);
        assert_eq!(problem(&place(&house.seller, "o-1", &other), 422).0, "idempotency_key_reused");
        let mut revised = bolts("1", "PO-1", 20);
        revised["revision"] = json!(1);
        assert_ne!(place(&house.seller, "o-4", &revised).expect(202)["id"], order["id"]);
        let mut raw = bolts("1", "PO-2", 1);
        raw["source"] = json!({"channel": "edi", "sha256": "ab".repeat(32)});
        let first = place(&house.seller, "o-5", &raw).expect(201);
        raw["customer_order_no"] = json!("PO-3");
        assert_eq!(place(&house.seller, "o-6", &raw).expect(201)["id"], first["id"], "the same raw document");
        assert_eq!(buckets(house, &account)[1], "110.00", "the revision waits");
    });
}

#[test]
fn another_revision_waits_until_the_one_that_stands_is_cancelled() {
    on_each(|house| {
        customer(house, "1", "1000");
        let first = place(&house.seller, "r-0", &bolts("1", "PO-R", 10)).expect(201);
        let revised = |revision: u32, qty: u32| {
            let mut body = bolts("1", "PO-R", qty);
            body["revision"] = json!(revision);
            place(&house.seller, &format!("r-{revision}"), &body)
        };
        let second = revised(40, 20).expect(202);
        assert!(codes(&second).contains(&"revision_stands"), "{second}");
        let text = second["reasons"][0]["text"].as_str().unwrap();
        assert!(text.contains(first["order_no"].as_str().unwrap()), "{text}");
        act(&house.seller, &first, "cancel", &json!({})).expect(200);
        let third = act(&house.ar, &second, "release", &json!({})).expect(200);
        assert_eq!(third["state"], "confirmed", "{third}");
        for late in [2, 41] {
            let held = revised(late, 5).expect(202);
            assert!(codes(&held).contains(&"revision_stands"), "{held}");
        }
    });
}
