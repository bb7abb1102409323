//! Orders at the door: placed, accepted, held, rejected, cancelled, amended, released; and never more than there is credit for.

use std::sync::atomic::{AtomicUsize, Ordering};

use kith_testkit::http::{Client, Reply};
use serde_json::{Value, json};

use crate::house::{House, approve, on_each, person, problem};

pub(super) fn usd(amount: &str) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

/// An account of US that trades, with a limit in dollars and a price for BOLT; gives its id.
pub(super) fn customer(house: &House, erp: &str, limit: &str) -> String {
    let body = json!({
        "name": format!("Harbour Tools {erp}"), "email": format!("{erp}@customer.example"), "owning_entity": "US",
        "stage": "active", "payment_terms": "NET30", "credit_limit": usd(limit),
        "identifiers": [{"kind": "external:erp", "value": erp}],
        "addresses": [{"kinds": ["billing", "shipping"], "lines": ["1 Main Street"], "city": "Chicago", "postal_code": "60601", "country": "US"}],
        "contacts": [{"name": "Ann", "role": "ap", "emails": ["ann@customer.example"], "is_primary": true}],
        "pricing": [{"item": "BOLT", "price": "10.00", "currency": "USD"}],
    });
    let waiting = house.seller.post_once("/api/v1/accounts", &format!("create-{erp}"), &body).expect(202);
    house.approve(&waiting)["target"].as_str().unwrap().to_owned()
}

/// An order for so many bolts at ten dollars.
pub(super) fn bolts(erp: &str, number: &str, qty: u32) -> Value {
    json!({
        "account": format!("external:erp:{erp}"), "customer_order_no": number, "entity": "US",
        "parties": {"ship_to": {"name": "Dock 3", "lines": ["1 Main Street"], "city": "Chicago", "country": "US"}},
        "requested_delivery": "2099-12-01", "lines": [{"item": "BOLT", "qty": qty}],
    })
}

pub(super) fn place(client: &Client, key: &str, body: &Value) -> Reply {
    client.post_once("/api/v1/orders", key, body)
}

pub(super) fn act(client: &Client, order: &Value, verb: &str, body: &Value) -> Reply {
    client.post(&format!("/api/v1/orders/{}/{verb}", order["id"].as_str().unwrap()), body)
}

fn shown(house: &House, order: &Value) -> Value {
    house.seller.get(&format!("/api/v1/orders/{}", order["id"].as_str().unwrap())).expect(200)
}

pub(super) fn codes(order: &Value) -> Vec<&str> {
    order["reasons"].as_array().unwrap().iter().map(|reason| reason["code"].as_str().unwrap()).collect()
}

fn touch(house: &House, erp: &str, kind: &str, id: &str, data: &Value) {
    let event = json!({
        "specversion": "1.0", "id": id, "source": "erp", "type": format!("io.kith.{kind}"),
        "time": jiff::Timestamp::now().to_string(), "subject": format!("external:erp:{erp}"), "data": data,
    });
    let reply = house.ops.post("/api/v1/touchpoints", &event).expect(200);
    assert_eq!(reply["accepted"], 1, "{reply}");
}

/// Receivables, open orders and reserved.
pub(super) fn buckets(house: &House, account: &str) -> [String; 3] {
    let standing = house.seller.get(&format!("/api/v1/accounts/{account}/credit?entity=US")).expect(200);
    ["open_ar", "open_orders", "pending"]
        .map(|name| standing["buckets"][name]["amount"].as_str().unwrap().to_owned())
}

#[test]
fn an_order_goes_from_the_door_to_the_invoice() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        let body = bolts("1", "PO-1", 40);
        assert_eq!(problem(&house.seller.post("/api/v1/orders", &body), 400).0, "idempotency_key_required");
        let order = place(&house.seller, "o-1", &body).expect(201);
        assert_eq!((&order["outcome"], &order["state"]), (&json!("accept"), &json!("confirmed")));
        assert_eq!((&order["total"], &order["account"]), (&usd("400.00"), &json!(account)));
        assert_eq!(order["decision"]["outcome"], "approve");
        assert!(order["reservation_id"].is_string() && order["expires_at"].is_string());
        let line = &order["lines"][0];
        assert_eq!((&line["unit_price"], &line["total"]), (&usd("10.00"), &usd("400.00")));
        assert_eq!(line["price"]["rule"]["source"], "account");
        assert_eq!(buckets(house, &account), ["0.00", "400.00", "0.00"], "an order, and counted once");
        let timeline = house.seller.get(&format!("/api/v1/accounts/{account}/timeline")).expect(200);
        assert_eq!(timeline.to_string().matches("order.placed").count(), 1, "{timeline}");
        let number = order["order_no"].as_str().unwrap();
        // The books of another system tell of the same order: it stays one.
        let told = json!({"order_no": number, "entity": "US", "value": usd("400.00")});
        touch(house, "1", "order.placed", "erp-1", &told);
        assert_eq!(buckets(house, &account), ["0.00", "400.00", "0.00"]);
        let invoice = json!({"invoice_no": "I-1", "entity": "US", "order_no": number, "amount": usd("400.00"),
            "issued_on": "2026-11-20", "due_on": "2099-12-20"});
        touch(house, "1", "invoice.posted", "i-1", &invoice);
        assert_eq!(buckets(house, &account), ["400.00", "0.00", "0.00"]);
        assert_eq!(house.seller.get(&format!("/api/v1/orders/{number}")).expect(200)["state"], "invoiced");
        assert_eq!(problem(&act(&house.seller, &order, "cancel", &json!({})), 409).0, "order.under_way");
        let payment = |number: &str, amount: &str| {
            json!({"payment_no": number, "entity": "US", "amount": usd(amount), "received_on": "2026-11-21",
                "allocations": [{"invoice_no": "I-1", "amount": usd(amount)}]})
        };
        touch(house, "1", "payment.received", "p-1", &payment("P-1", "399.99"));
        assert_eq!(buckets(house, &account)[0], "0.01");
        assert_eq!(shown(house, &order)["state"], "invoiced", "a cent is open");
        touch(house, "1", "payment.received", "p-2", &payment("P-2", "0.01"));
        assert_eq!(buckets(house, &account)[0], "0.00");
        assert_eq!(shown(house, &order)["state"], "closed", "wholly invoiced and paid");
        let listed = |state: &str| house.seller.get(&format!("/api/v1/orders?state={state}")).text();
        assert!(listed("closed").contains(number) && !listed("confirmed").contains(number));
        touch(house, "1", "payment.returned", "pr-1", &json!({"payment_no": "P-1"}));
        assert_eq!(buckets(house, &account)[0], "399.99");
        assert_eq!(shown(house, &order)["state"], "invoiced", "a payment that came back opens it again");
    });
}

#[test]
fn over_the_limit_waits_and_goes_after_a_payment_or_on_a_word() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        let invoice = json!({"invoice_no": "I-1", "entity": "US", "amount": usd("900.00"), "issued_on": "2026-11-20", "due_on": "2099-12-20"});
        touch(house, "1", "invoice.posted", "i-1", &invoice);
        let held = place(&house.seller, "o-1", &bolts("1", "PO-1", 50)).expect(202);
        assert_eq!((&held["outcome"], codes(&held)[0]), (&json!("hold"), "over_limit"));
        assert!(held["reasons"][0]["clears"].as_str().unwrap().contains("payment"));
        assert_eq!(
            (&held["held"]["priority"], &held["held"]["released_by"]),
            (&json!(500), &json!("credit_analyst"))
        );
        assert_eq!(buckets(house, &account), ["900.00", "0.00", "0.00"], "what is held holds no credit");
        // Whoever placed it does not release it, and programs and sellers never do.
        assert_eq!(problem(&act(&house.seller, &held, "release", &json!({})), 403).0, "access.denied");
        let payment = json!({"payment_no": "P-1", "entity": "US", "amount": usd("900.00"), "received_on": "2026-11-20",
            "allocations": [{"invoice_no": "I-1", "amount": usd("900.00")}]});
        touch(house, "1", "payment.received", "p-1", &payment);
        let gone = act(&house.ar, &held, "release", &json!({"reason": "Paid."})).expect(200);
        assert_eq!((&gone["outcome"], &gone["release"]["overridden"]), (&json!("accept"), &json!(false)));
        assert_eq!(buckets(house, &account), ["0.00", "500.00", "0.00"]);
        assert_eq!(problem(&act(&house.ar, &held, "release", &json!({})), 409).0, "order.not_held");
        // Nothing was paid for the next one: it goes on a person's word, and that is on record.
        let held = place(&house.seller, "o-2", &bolts("1", "PO-2", 80)).expect(202);
        let gone = act(&house.ar, &held, "release", &json!({"reason": "Announced."})).expect(200);
        assert_eq!((&gone["outcome"], &gone["release"]["overridden"]), (&json!("accept"), &json!(true)));
        assert!(gone["release"]["expires_at"].is_string());
        assert_eq!(buckets(house, &account)[1], "1300.00");
        // Far over the limit is rejected, and by now no word would help a held one.
        let far = place(&house.seller, "o-3", &bolts("1", "PO-3", 80));
        assert_eq!(problem(&far, 409).0, "order_rejected");
        assert_eq!((&far.json()["outcome"], codes(&far.json())[0]), (&json!("reject"), "far_over_limit"));
    });
}

#[test]
fn a_word_needs_the_authority_for_the_amount() {
    on_each(|house| {
        customer(house, "1", "200000");
        let analyst = house.server.client().with_token(&person(&house.admin, "analyst", &["credit_analyst"]));
        let held = place(&house.seller, "o-1", &bolts("1", "PO-1", 20_100)).expect(202);
        assert_eq!(held["held"]["released_by"], "controller");
        for client in [&analyst, &house.ar] {
            assert_eq!(problem(&act(client, &held, "release", &json!({})), 403).0, "order.authority");
        }
        let own = place(&house.controller, "o-2", &bolts("1", "PO-2", 20_200)).expect(202);
        assert_eq!(problem(&act(&house.controller, &own, "release", &json!({})), 403).0, "order.own_release");
        assert_eq!(act(&house.controller, &held, "release", &json!({})).expect(200)["state"], "confirmed");
        assert_eq!(
            problem(&act(&house.controller, &json!({"id": "ord_x"}), "release", &json!({})), 404).0,
            "order.not_found"
        );
    });
}

#[test]
fn the_queue_is_in_the_order_of_weight_and_days() {
    on_each(|house| {
        customer(house, "1", "10");
        let mut soon = bolts("1", "PO-1", 1);
        soon["lines"][0]["qty"] = json!("1.2");
        soon["requested_delivery"] = json!(jiff::Zoned::now().date().to_string());
        // Over the limit of ten dollars, but not far: 12, 15 and 18 dollars.
        let sized = |number: &str, qty: &str| {
            let mut body = bolts("1", number, 1);
            body["lines"][0]["qty"] = json!(qty);
            body
        };
        let bodies = [soon, sized("PO-2", "1.5"), sized("PO-3", "1.8")];
        let ids: Vec<Value> = (0..)
            .zip(&bodies)
            .map(|(nth, body)| place(&house.seller, &format!("o-{nth}"), body).expect(202)["id"].clone())
            .collect();
        let first = house.seller.get("/api/v1/orders?state=held&limit=2").expect(200);
        let seen = |page: &Value| {
            page["items"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(seen(&first), [ids[0].clone(), ids[2].clone()], "due today goes first, then the larger");
        let cursor = first["next_cursor"].as_str().unwrap();
        let rest =
            house.seller.get(&format!("/api/v1/orders?state=held&limit=2&cursor={cursor}")).expect(200);
        assert_eq!((seen(&rest), &rest["has_more"]), (vec![ids[1].clone()], &json!(false)));
        let all = house.seller.get("/api/v1/orders?account=external:erp:1").expect(200);
        assert_eq!(all["items"].as_array().unwrap().len(), 3);
        assert_eq!(house.german.get("/api/v1/orders?state=held").expect(200)["items"], json!([]));
        let lost = house.seller.get("/api/v1/orders?state=lost").expect(422).to_string();
        assert!(lost.contains("invoiced, closed, cancelled"), "{lost}");
    });
}

#[test]
fn the_queue_is_gone_through_until_the_room_is_used() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        let invoice = json!({"invoice_no": "I-1", "entity": "US", "amount": usd("990.00"), "issued_on": "2026-11-20", "due_on": "2099-12-20"});
        touch(house, "1", "invoice.posted", "i-1", &invoice);
        // 300, 500 and 400 dollars: none of them fits now; the largest stands first.
        let held: Vec<Value> = [("PO-1", 30), ("PO-2", 50), ("PO-3", 40)]
            .iter()
            .map(|(number, qty)| place(&house.seller, number, &bolts("1", number, *qty)).expect(202))
            .collect();
        let outcomes = |view: &Value| -> Vec<(Value, String)> {
            let items = view["items"].as_array().unwrap().iter();
            items.map(|item| (item["id"].clone(), item["outcome"].as_str().unwrap().to_owned())).collect()
        };
        let id = |at: usize| held[at]["id"].clone();
        let release = "/api/v1/orders/release";
        assert_eq!(problem(&house.seller.post(release, &json!({})), 403).0, "access.denied");
        assert_eq!(
            problem(&house.ar.post(release, &json!({"orders": ["SO-none"]})), 404).0,
            "order.not_found"
        );
        let view = house.ar.post(release, &json!({"account": "external:erp:1"})).expect(200);
        let expected =
            [(id(1), "held"), (id(2), "behind"), (id(0), "behind")].map(|(id, word)| (id, word.to_owned()));
        assert_eq!(outcomes(&view), expected, "{view}");
        assert_eq!((&view["items"][0]["code"], &view["released"]), (&json!("over_limit"), &json!(0)));
        let payment = json!({"payment_no": "P-1", "entity": "US", "amount": usd("990.00"), "received_on": "2026-11-20",
            "allocations": [{"invoice_no": "I-1", "amount": usd("990.00")}]});
        touch(house, "1", "payment.received", "p-1", &payment);
        let view = house.ar.post(release, &json!({})).expect(200);
        let expected = [(id(1), "released"), (id(2), "released"), (id(0), "held")]
            .map(|(id, word)| (id, word.to_owned()));
        assert_eq!(outcomes(&view), expected, "each is decided on what the one before left: {view}");
        assert_eq!(buckets(house, &account), ["0.00", "900.00", "0.00"]);
        assert_eq!(shown(house, &held[1])["release"], Value::Null, "nobody's word was needed");
        let word = json!({"orders": [held[0]["order_no"]], "override": true, "reason": "Announced."});
        let view = house.ar.post(release, &word).expect(200);
        assert_eq!(outcomes(&view), [(id(0), "released".to_owned())]);
        assert_eq!(shown(house, &held[0])["release"]["overridden"], true);
    });
}

#[test]
fn an_order_shows_how_far_it_came() {
    on_each(|house| {
        customer(house, "1", "1000");
        let order = place(&house.seller, "o-1", &bolts("1", "PO-1", 10)).expect(201);
        let number = order["order_no"].clone();
        for (kind, state) in [
            ("order.planned", "planned"),
            ("order.dispatched", "dispatched"),
            ("order.picked_up", "in_transit"),
            ("order.planned", "in_transit"),
            ("order.in_transit", "in_transit"),
        ] {
            let id = format!("{kind}-{state}");
            touch(house, "1", kind, &id, &json!({"order_no": number}));
            let seen = (0..100).find_map(|_| {
                let found = shown(house, &order)["state"].clone();
                (found == state).then_some(found).or_else(|| {
                    std::thread::sleep(std::time::Duration::from_millis(50));
                    None
                })
            });
            assert_eq!(seen, Some(json!(state)), "{kind}");
        }
        let delivered = json!({"order_no": number, "delivered_at": "2026-11-24T10:00:00Z", "promised_by": "2099-12-01T00:00:00Z", "in_full": true});
        touch(house, "1", "order.delivered", "d", &delivered);
        touch(house, "1", "order.dispatched", "late", &json!({"order_no": number}));
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert_eq!(shown(house, &order)["state"], "delivered", "what is told late takes nothing back");
        touch(house, "1", "order.closed", "c", &json!({"order_no": number}));
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert_eq!(shown(house, &order)["state"], "closed");
    });
}

#[test]
fn what_cannot_be_sold_to_or_read_is_rejected_with_every_reason() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        let body = json!({"account": "external:erp:1", "currency": "QQQ", "type": "gold", "entity": "XX", "requested_delivery": "soon",
            "lines": [{"item": "", "qty": 0, "price": "x"}], "total": usd("1.234"), "source": {"channel": "pigeon", "sha256": "12"}});
        let (code, faults) = problem(&place(&house.seller, "o-1", &body), 422);
        let mut places: Vec<&str> = faults.iter().map(|(pointer, _)| pointer.as_str()).collect();
        places.sort_unstable();
        let expected = [
            "/currency",
            "/entity",
            "/lines/0/item",
            "/lines/0/price",
            "/lines/0/qty",
            "/requested_delivery",
            "/source/channel",
            "/source/sha256",
            "/total",
            "/type",
        ];
        assert_eq!((code.as_str(), places), ("invalid", expected.to_vec()));
        // By the rules of its channel.
        let mut edi = bolts("1", "x", 1);
        edi["customer_order_no"] = Value::Null;
        edi["source"] = json!({"channel": "edi"});
        edi["lines"][0]["hazmat"] = json!({"class": "3"});
        let reply = place(&house.seller, "o-2", &edi);
        let (code, faults) = problem(&reply, 422);
        let places: Vec<&str> = faults.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(
            (code.as_str(), places),
            ("order_rejected", vec!["/customer_order_no", "/lines/0/hazmat/un"])
        );
        assert_eq!(reply.json()["state"], "rejected");
        // Closed accounts buy nothing.
        let path = format!("/api/v1/accounts/{account}");
        let reason = json!({"reason": "Moved away."});
        let change = house.seller.post_once(&format!("{path}/deactivate"), "d-1", &reason).expect(202);
        approve(&house.manager, &house.controller, &change);
        let reply = place(&house.seller, "o-3", &bolts("1", "PO-9", 1));
        assert_eq!((problem(&reply, 409).0.as_str(), codes(&reply.json())[0]), ("order_rejected", "stage"));
        assert_eq!(
            house.seller.get("/api/v1/orders?state=rejected").expect(200)["items"].as_array().unwrap().len(),
            2
        );
    });
}

#[test]
fn a_customer_is_found_by_name_or_waits_for_a_person() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        let named = |name: &str, number: &str| {
            let mut body = bolts("1", number, 1);
            body.as_object_mut().unwrap().remove("account");
            body["parties"]["sold_to"] = json!({"name": name, "lines": ["1 Main Street"], "city": "Chicago", "postal_code": "60601", "country": "US"});
            body
        };
        let order = place(&house.seller, "o-1", &named("HARBOUR TOOLS 1", "PO-1")).expect(201);
        assert_eq!((&order["account"], &order["match"]["method"]), (&json!(account), &json!("name")));
        assert!(codes(&order).contains(&"matched_by_name"));
        let held = place(&house.seller, "o-2", &named("Quite Another Company", "PO-2")).expect(202);
        assert_eq!((&held["account"], codes(&held)[0]), (&Value::Null, "account_unknown"));
        assert_eq!(problem(&act(&house.ar, &held, "release", &json!({})), 409).0, "order.account_unknown");
        let gone = act(&house.ar, &held, "release", &json!({"account": account})).expect(200);
        assert_eq!(
            (&gone["account"], &gone["state"], &gone["match"]["method"]),
            (&json!(account), &json!("confirmed"), &json!("person"))
        );
        assert_eq!(buckets(house, &account)[1], "20.00");
    });
}

#[test]
fn prices_that_differ_wait_and_unpriced_lines_too() {
    on_each(|house| {
        customer(house, "1", "1000");
        let mut body = bolts("1", "PO-1", 10);
        body["lines"][0]["price"] = json!("9.50");
        let held = place(&house.seller, "o-1", &body).expect(202);
        assert_eq!(
            (codes(&held)[0], &held["reasons"][0]["pointer"]),
            ("price_differs", &json!("/lines/0/price"))
        );
        assert_eq!(held["total"], usd("100.00"), "ours");
        let agreed = act(
            &house.seller,
            &held,
            "amend",
            &json!({"lines": [{"item": "BOLT", "qty": 10, "price": "10.00"}]}),
        )
        .expect(200);
        assert_eq!((&agreed["state"], &agreed["total"]), (&json!("confirmed"), &usd("100.00")));
        let mut body = bolts("1", "PO-2", 10);
        body["lines"][0]["item"] = json!("UNHEARD-OF");
        let held = place(&house.seller, "o-2", &body).expect(202);
        assert!(codes(&held).contains(&"no_price") && codes(&held).contains(&"amount_unknown"));
        assert_eq!(problem(&act(&house.ar, &held, "release", &json!({})), 409).0, "order.amount_unknown");
        // Paid before, no credit is needed.
        let mut body = bolts("1", "PO-3", 500);
        body["paid"] = usd("5000.00");
        let (_, faults) = problem(&place(&house.seller, "o-3", &body), 422);
        assert_eq!(
            faults,
            [("/paid".to_owned(), "paid_not_yours".to_owned())],
            "who sells does not book receipts"
        );
        assert!(codes(&place(&house.ops, "o-3", &body).expect(201)).contains(&"prepaid"));
    });
}

#[test]
fn cancelling_and_amending_move_the_credit() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        let order = place(&house.seller, "o-1", &bolts("1", "PO-1", 40)).expect(201);
        let lines = |qty: u32| json!({"lines": [{"item": "BOLT", "qty": qty}]});
        let more = act(&house.seller, &order, "amend", &lines(90)).expect(200);
        assert_eq!(more["total"], usd("900.00"));
        assert_eq!(buckets(house, &account), ["0.00", "900.00", "0.00"]);
        assert_eq!(act(&house.seller, &order, "amend", &lines(90)).expect(200)["total"], usd("900.00"));
        let refused = act(&house.seller, &order, "amend", &lines(101));
        let (code, faults) = problem(&refused, 409);
        assert_eq!((code.as_str(), faults[0].1.as_str()), ("order.amend_refused", "over_limit"));
        assert_eq!(buckets(house, &account), ["0.00", "900.00", "0.00"], "it stays as it is");
        act(&house.seller, &order, "amend", &lines(10)).expect(200);
        assert_eq!(buckets(house, &account), ["0.00", "100.00", "0.00"]);
        assert_eq!(problem(&act(&house.seller, &order, "amend", &json!({"nonsense": 1})), 422).0, "invalid");
        let renamed = json!({"order_no": "SO-other", "currency": "QQQ"});
        let (_, faults) = problem(&act(&house.seller, &order, "amend", &renamed), 422);
        let faults: Vec<&str> = faults.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(faults, ["/currency", "/order_no"]);
        let mut named = lines(10);
        named["order_no"] = order["order_no"].clone();
        act(&house.seller, &order, "amend", &named).expect(200);
        let gone = act(&house.seller, &order, "cancel", &json!({"reason": "Ordered twice."})).expect(200);
        assert_eq!((&gone["state"], &gone["cancel_reason"]), (&json!("cancelled"), &json!("Ordered twice.")));
        assert_eq!(buckets(house, &account), ["0.00", "0.00", "0.00"]);
        assert_eq!(act(&house.seller, &order, "cancel", &json!({})).expect(200)["state"], "cancelled");
        assert_eq!(problem(&act(&house.seller, &order, "amend", &lines(1)), 409).0, "order.not_open");
        assert_eq!(shown(house, &order)["state"], "cancelled");
        place(&house.seller, "o-2", &bolts("1", "PO-2", 100)).expect(201);
    });
}

#[test]
fn many_orders_at_once_never_overshoot() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        let gone = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for client in 0..4 {
                let gone = &gone;
                scope.spawn(move || {
                    for nth in 0..8 {
                        let body = bolts("1", &format!("PO-{client}-{nth}"), 5);
                        let reply = place(&house.seller, &format!("many-{client}-{nth}"), &body);
                        match reply.status {
                            201 => {
                                gone.fetch_add(1, Ordering::Relaxed);
                            }
                            202 => assert!(
                                reply.json()["reasons"].to_string().contains("over_limit"),
                                "{}",
                                reply.text()
                            ),
                            other => panic!("{other}: {}", reply.text()),
                        }
                    }
                });
            }
        });
        assert_eq!(gone.load(Ordering::Relaxed), 20);
        assert_eq!(buckets(house, &account), ["0.00", "1000.00", "0.00"]);
    });
}

#[test]
fn an_order_far_from_what_the_customer_orders_waits() {
    on_each(|house| {
        customer(house, "1", "100000");
        let events: Vec<Value> = (1..=12_i64)
            .map(|week| {
                let at = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(week * 7 * 24);
                let value = usd(&format!("{}.00", 95 + week % 3 * 5));
                json!({"specversion": "1.0", "id": format!("past-{week}"), "source": "erp", "type": "io.kith.order.placed",
                    "time": at.to_string(), "subject": "external:erp:1",
                    "data": {"order_no": format!("OLD-{week}"), "entity": "US", "value": value}})
            })
            .collect();
        let taken = house.ops.post("/api/v1/touchpoints", &json!(events)).expect(200);
        assert_eq!(taken["accepted"], 12, "{taken}");
        let usual = place(&house.seller, "o-1", &bolts("1", "PO-1", 10)).expect(201);
        assert_eq!(usual["signals"], json!([]));
        let held = place(&house.seller, "o-2", &bolts("1", "PO-2", 5_000)).expect(202);
        assert_eq!(codes(&held)[0], "anomaly");
        assert!(held["signals"][0].as_str().unwrap().contains("robust standard deviations"), "{held}");
    });
}
