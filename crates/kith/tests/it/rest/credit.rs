//! Credit over REST: the book follows the documents, reservations hold what they got, and nobody gets more than there is.

use std::sync::atomic::{AtomicUsize, Ordering};

use kith_testkit::http::Reply;
use serde_json::{Value, json};

use crate::house::{House, on_each, problem};

/// An account of US that trades, with a limit in dollars; gives its id.
pub(super) fn customer(house: &House, erp: &str, limit: &str) -> String {
    let body = json!({
        "name": format!("Acme {erp}"), "email": format!("{erp}@customer.example"), "owning_entity": "US",
        "stage": "active", "payment_terms": "NET30", "credit_limit": {"amount": limit, "currency": "USD"},
        "identifiers": [{"kind": "external:erp", "value": erp}],
        "addresses": [{"kinds": ["billing", "shipping"], "lines": ["1 Main Street"], "city": "Chicago", "postal_code": "60601", "country": "US"}],
        "contacts": [{"name": "Ann", "role": "ap", "emails": ["ann@customer.example"], "is_primary": true}],
    });
    let waiting = house.seller.post_once("/api/v1/accounts", &format!("create-{erp}"), &body).expect(202);
    house.approve(&waiting)["target"].as_str().unwrap().to_owned()
}

fn usd(amount: &str) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

fn reserve(house: &House, key: &str, body: &Value) -> Reply {
    house.seller.post_once("/api/v1/credit/reservations", key, body)
}

fn act(house: &House, id: &str, verb: &str, body: &Value) -> Reply {
    house.seller.post(&format!("/api/v1/credit/reservations/{id}/{verb}"), body)
}

fn touch(house: &House, kind: &str, id: &str, data: &Value) {
    let event = json!({
        "specversion": "1.0", "id": id, "source": "erp", "type": format!("io.kith.{kind}"),
        "time": jiff::Timestamp::now().to_string(), "subject": "external:erp:1", "data": data,
    });
    let reply = house.ops.post("/api/v1/touchpoints", &event).expect(200);
    assert_eq!(reply["accepted"], 1, "{reply}");
}

fn withdraw(house: &House, id: &str, target: &str) {
    let event = json!({
        "specversion": "1.0", "id": id, "source": "erp", "type": "io.kith.order.placed", "retracts": target,
        "time": jiff::Timestamp::now().to_string(), "subject": "external:erp:1",
    });
    house.ops.post("/api/v1/touchpoints", &event).expect(200);
}

/// The buckets as text, in the order receivables, unbilled, orders, pending, unapplied.
fn buckets(house: &House, account: &str) -> [String; 5] {
    let standing = house.seller.get(&format!("/api/v1/accounts/{account}/credit?entity=US")).expect(200);
    ["open_ar", "unbilled", "open_orders", "pending", "unapplied"]
        .map(|name| standing["buckets"][name]["amount"].as_str().unwrap().to_owned())
}

fn codes(decision: &Value) -> Vec<&str> {
    decision["reasons"].as_array().unwrap().iter().map(|reason| reason["code"].as_str().unwrap()).collect()
}

#[test]
fn a_line_moves_through_the_book_from_reservation_to_payment() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        let body = json!({"account": account, "entity": "US", "amount": usd("400.00"), "order_no": "SO-1"});
        let made = reserve(house, "r-1", &body).expect(201);
        assert_eq!((&made["state"], &made["decision"]["outcome"]), (&json!("pending"), &json!("approve")));
        assert_eq!(made["decision"]["available_after"], usd("600.00"));
        assert_eq!(buckets(house, &account), ["0.00", "0.00", "0.00", "400.00", "0.00"]);
        touch(
            house,
            "order.placed",
            "o-1",
            &json!({"order_no": "SO-1", "entity": "US", "value": usd("450.00")}),
        );
        assert_eq!(buckets(house, &account), ["0.00", "0.00", "450.00", "0.00", "0.00"]);
        // Withdrawn, the reservation holds again; then the order comes once more.
        withdraw(house, "w-1", "o-1");
        assert_eq!(buckets(house, &account), ["0.00", "0.00", "0.00", "400.00", "0.00"]);
        touch(
            house,
            "order.placed",
            "o-2",
            &json!({"order_no": "SO-1", "entity": "US", "value": usd("450.00")}),
        );
        touch(house, "order.amended", "a-1", &json!({"order_no": "SO-1", "value": usd("500.00")}));
        touch(
            house,
            "order.delivered",
            "d-1",
            &json!({"order_no": "SO-1", "delivered_at": "2026-11-20", "promised_by": "2026-11-20", "in_full": true}),
        );
        assert_eq!(buckets(house, &account), ["0.00", "500.00", "0.00", "0.00", "0.00"]);
        let invoice = json!({"invoice_no": "I-1", "entity": "US", "order_no": "SO-1", "amount": usd("500.00"),
            "issued_on": "2026-11-20", "due_on": "2099-12-20"});
        touch(house, "invoice.posted", "i-1", &invoice);
        assert_eq!(buckets(house, &account), ["500.00", "0.00", "0.00", "0.00", "0.00"]);
        let payment = json!({"payment_no": "P-1", "entity": "US", "amount": usd("620.00"), "received_on": "2026-11-20",
            "allocations": [{"invoice_no": "I-1", "amount": usd("500.00")}]});
        touch(house, "payment.received", "p-1", &payment);
        assert_eq!(buckets(house, &account), ["0.00", "0.00", "0.00", "0.00", "120.00"]);
        touch(house, "payment.returned", "pr-1", &json!({"payment_no": "P-1"}));
        assert_eq!(buckets(house, &account), ["500.00", "0.00", "0.00", "0.00", "0.00"]);
        let standing = house.seller.get(&format!("/api/v1/accounts/{account}/credit")).expect(200);
        assert_eq!((&standing["available"], &standing["utilisation"]), (&usd("500.00"), &json!(0.5)));
        // What is cancelled frees its reservation, placed or not.
        let body = json!({"account": "external:erp:1", "amount": usd("100.00"), "order_no": "SO-2"});
        reserve(house, "r-2", &body).expect(201);
        touch(house, "order.cancelled", "c-1", &json!({"order_no": "SO-2"}));
        assert_eq!(buckets(house, &account)[3], "0.00");
    });
}

#[test]
fn a_reservation_is_made_once_and_resolves_once() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        let body = json!({"account": account, "entity": "US", "amount": usd("600.00"), "id": "mine-1", "timeout_s": 3600});
        assert_eq!(
            problem(&house.seller.post("/api/v1/credit/reservations", &body), 400).0,
            "idempotency_key_required"
        );
        let made = reserve(house, "k-1", &body).expect(201);
        assert_eq!(made["id"], "mine-1");
        assert!(made["expires_at"].as_str().is_some());
        assert_eq!(reserve(house, "k-1", &body).expect(200), made, "the same key");
        assert_eq!(reserve(house, "k-2", &body).expect(200)["id"], "mine-1", "the same id");
        let mut other = body.clone();
        other["amount"] = usd("601.00");
        assert_eq!(problem(&reserve(house, "k-3", &other), 409).0, "exists_with_different_amount");
        assert_eq!(problem(&reserve(house, "k-1", &other), 422).0, "idempotency_key_reused");
        // What does not fit is held, kept, and holds nothing.
        let more = json!({"account": account, "entity": "US", "amount": usd("400.01")});
        let held = reserve(house, "k-4", &more);
        assert_eq!(problem(&held, 409).0, "credit_held");
        let held = held.json();
        assert_eq!((&held["decision"]["outcome"], &held["state"]), (&json!("hold"), &json!("refused")));
        assert_eq!(codes(&held["decision"]), ["over_limit"]);
        assert_eq!(problem(&reserve(house, "k-4", &more), 409).0, "credit_held");
        assert_eq!(
            problem(&act(house, held["id"].as_str().unwrap(), "commit", &json!({})), 409).0,
            "not_reserved"
        );
        let far = json!({"account": account, "entity": "US", "amount": usd("1400.01")});
        assert_eq!(problem(&reserve(house, "k-5", &far), 409).0, "credit_rejected");
        // Part of it is committed, the rest is free.
        assert_eq!(
            problem(&act(house, "mine-1", "commit", &json!({"amount": usd("600.01")})), 409).0,
            "exceeds_reserved_amount"
        );
        let done = act(house, "mine-1", "commit", &json!({"amount": usd("500.00")})).expect(200);
        assert_eq!((&done["state"], &done["amount"]), (&json!("committed"), &usd("500.00")));
        assert_eq!(buckets(house, &account)[2], "500.00");
        for verb in ["commit", "void"] {
            assert_eq!(problem(&act(house, "mine-1", verb, &json!({})), 409).0, "already_committed");
        }
        let made =
            reserve(house, "k-6", &json!({"account": account, "entity": "US", "amount": usd("500.00")}))
                .expect(201);
        let id = made["id"].as_str().unwrap();
        assert_eq!(
            problem(&act(house, id, "amend", &json!({"amount": usd("500.01")})), 409).0,
            "credit_held"
        );
        act(house, id, "amend", &json!({"amount": usd("200.00")})).expect(200);
        assert_eq!(buckets(house, &account)[3], "200.00");
        assert_eq!(act(house, id, "void", &json!({})).expect(200)["state"], "voided");
        assert_eq!(problem(&act(house, id, "void", &json!({})), 409).0, "already_voided");
        assert_eq!(problem(&act(house, "nothing", "void", &json!({})), 404).0, "reservation.not_found");
        let list =
            house.seller.get(&format!("/api/v1/accounts/{account}/credit/reservations?limit=2")).expect(200);
        assert_eq!((list["items"].as_array().unwrap().len(), &list["has_more"]), (2, &json!(true)));
        assert_eq!(house.seller.get("/api/v1/credit/reservations/mine-1").expect(200)["state"], "committed");
    });
}

#[test]
fn time_runs_out_by_itself() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        let body = json!({"account": account, "entity": "US", "amount": usd("1000.00"), "id": "short", "timeout_s": 1});
        reserve(house, "k-1", &body).expect(201);
        let again = json!({"account": account, "entity": "US", "amount": usd("1.00"), "timeout_s": 0});
        problem(&reserve(house, "k-2", &again), 409);
        let limit = std::time::Instant::now() + std::time::Duration::from_secs(20);
        loop {
            let found = house.seller.get("/api/v1/credit/reservations/short").expect(200);
            if found["state"] == "expired" && found["resolved_at"].is_string() {
                break;
            }
            assert!(std::time::Instant::now() < limit, "{found}");
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        assert_eq!(problem(&act(house, "short", "commit", &json!({})), 409).0, "expired");
        assert_eq!(reserve(house, "k-3", &again).expect(201)["expires_at"], Value::Null);
    });
}

#[test]
fn a_check_tells_every_reason_and_bad_input_every_fault() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        let check = |body: &Value| house.seller.post("/api/v1/credit/check", body);
        let told = check(&json!({"account": account, "amount": usd("950")})).expect(200);
        assert_eq!(
            (&told["outcome"], codes(&told)),
            (&json!("approve_with_warning"), vec!["high_utilisation"])
        );
        assert_eq!((&told["policy_version"], &told["limit"]), (&json!(1), &usd("1000.00")));
        let invoice = json!({"invoice_no": "I-1", "entity": "US", "amount": usd("600.00"),
            "issued_on": "2026-01-20", "due_on": "2026-02-20"});
        touch(house, "invoice.posted", "i-1", &invoice);
        let told =
            check(&json!({"account": "external:erp:1", "entity": "US", "amount": usd("500")})).expect(200);
        assert_eq!((&told["outcome"], codes(&told)), (&json!("hold"), vec!["over_limit", "overdue"]));
        assert_eq!(told["reasons"][0]["values"]["over_by"], "100.00");
        let euros = json!({"account": account, "entity": "US", "amount": {"amount": "1", "currency": "EUR"}});
        assert_eq!(codes(&check(&euros).expect(200))[0], "currency_not_enabled");
        let paid = check(&json!({"account": account, "amount": usd("5000"), "prepaid": true})).expect(200);
        assert_eq!((&paid["outcome"], codes(&paid)[0]), (&json!("approve"), "prepaid"));
        let wrong = json!({"account": account, "entity": "XX", "amount": {"amount": "ten", "currency": "USD"}, "colour": 1});
        assert!(
            problem(&check(&wrong), 422)
                .1
                .iter()
                .any(|fault| fault.1 == "unknown_member" || fault.0 == "/colour")
        );
        let wrong = json!({"account": account, "entity": "US", "amount": usd("0"), "id": "a b", "timeout_s": 2_592_001});
        let faults: Vec<String> =
            problem(&reserve(house, "k-1", &wrong), 422).1.into_iter().map(|fault| fault.0).collect();
        assert_eq!(faults, ["/amount", "/id", "/timeout_s"]);
        assert_eq!(
            problem(&check(&json!({"account": "C-999999", "amount": usd("1")})), 404).0,
            "account.not_found"
        );
        assert_eq!(
            problem(&check(&json!({"account": account, "entity": "XX", "amount": usd("1")})), 422).1[0].1,
            "entity_unknown"
        );
        problem(
            &house.nobody.post("/api/v1/credit/check", &json!({"account": account, "amount": usd("1")})),
            403,
        );
    });
}

#[test]
fn entities_that_share_a_limit_share_it_and_the_group_has_one_besides() {
    on_each(|house| {
        let today = jiff::Zoned::now().date().to_string();
        let rates =
            json!({"rates": [{"base": "EUR", "quote": "USD", "day": today, "rate": "2", "source": "ecb"}]});
        house.admin.post("/api/v1/fx-rates", &rates).expect(200);
        let account = customer(house, "1", "1000");
        let euros = |amount: &str| json!({"amount": amount, "currency": "EUR"});
        let of =
            |entity: &str, amount: Value| json!({"account": account, "entity": entity, "amount": amount});
        reserve(house, "k-1", &of("DE", euros("300"))).expect(201);
        assert_eq!(problem(&reserve(house, "k-2", &of("US", usd("400.01"))), 409).0, "credit_held");
        reserve(house, "k-3", &of("US", usd("400.00"))).expect(201);
        let standing = house.seller.get(&format!("/api/v1/accounts/{account}/credit?entity=US")).expect(200);
        assert_eq!((&standing["exposure"], &standing["shared_by"]), (&usd("1000.00"), &json!(["US", "DE"])));
        // A limit of its own for DE is another purse; the group's limit holds both together.
        let path = format!("/api/v1/accounts/{account}");
        let patch = json!({"overrides": {"DE": {"credit_limit": {"mode": "value", "value": euros("500")}}},
            "group_credit_limit": usd("1100")});
        let tag = house.seller.get(&path).header("etag").unwrap().to_owned();
        house.approve(&house.seller.patch(&path, &tag, &patch).expect(202));
        let held = reserve(house, "k-4", &of("DE", euros("50.01")));
        assert_eq!(problem(&held, 409).0, "credit_held");
        assert_eq!(codes(&held.json()["decision"]), ["group_limit"]);
        reserve(house, "k-5", &of("DE", euros("50.00"))).expect(201);
        assert_eq!(codes(&reserve(house, "k-6", &of("US", usd("0.01"))).json()["decision"]), ["group_limit"]);
    });
}

#[test]
fn many_at_once_never_get_more_than_there_is() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        let got = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for client in 0..8 {
                let (account, got) = (&account, &got);
                scope.spawn(move || {
                    for nth in 0..25 {
                        let body = json!({"account": account, "entity": "US", "amount": usd("10.00"), "timeout_s": 0});
                        let reply = reserve(house, &format!("many-{client}-{nth}"), &body);
                        match reply.status {
                            201 => {
                                got.fetch_add(1, Ordering::Relaxed);
                            }
                            409 => assert_eq!(codes(&reply.json()["decision"])[0], "over_limit"),
                            other => panic!("{other}: {}", reply.text()),
                        }
                    }
                });
            }
        });
        assert_eq!(got.load(Ordering::Relaxed), 100);
        assert_eq!(buckets(house, &account)[3], "1000.00");
    });
}

#[test]
fn an_extract_of_another_system_is_compared_with_causes() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        let invoice = |number: &str, amount: &str| json!({"invoice_no": number, "entity": "US", "amount": usd(amount), "issued_on": "2026-01-20", "due_on": "2099-02-20"});
        let event = |id: &str, data: Value| {
            json!({"specversion": "1.0", "id": id, "source": "erp", "type": "io.kith.invoice.posted",
                "time": "2026-01-20T10:00:00Z", "subject": "external:erp:1", "data": data})
        };
        let events = json!([event("i-1", invoice("I-1", "300.00")), event("i-2", invoice("I-2", "50.00"))]);
        assert_eq!(house.ops.post("/api/v1/touchpoints", &events).expect(200)["accepted"], 2);
        let send = |text: &str| {
            house.seller.send(
                "POST",
                "/api/v1/credit/reconciliations",
                &[("Content-Type", "text/csv")],
                text.as_bytes(),
            )
        };
        let told = send("account,entity,open_ar\nexternal:erp:1,US,350.90\n").expect(200);
        assert_eq!((&told["agree"], &told["breaks"]), (&json!(1), &json!([])));
        let text = format!(
            "account,entity,open_ar,open_orders\n{account},US,300.00,\n{account},XX,1,\nC-999999,US,1,\n{account},US,ten,5\n"
        );
        let told = send(&text).expect(200);
        assert_eq!((&told["rows"], &told["compared"], &told["agree"]), (&json!(4), &json!(1), &json!(0)));
        let found = &told["breaks"][0];
        assert_eq!(
            (&found["bucket"], &found["difference"], &found["cause"]),
            (&json!("open_ar"), &usd("50.00"), &json!("missing_event"))
        );
        let faults: Vec<&str> =
            told["faults"].as_array().unwrap().iter().map(|fault| fault["code"].as_str().unwrap()).collect();
        assert_eq!(faults, ["entity_unknown", "account_unknown", "money_invalid"]);
        assert_eq!(problem(&send("name,balance\nAcme,1\n"), 422).0, "extract_unreadable");
        assert_eq!(problem(&send(""), 422).0, "extract_unreadable");
        let desk = house.seller.get("/api/v1/credit?entity=US").expect(200);
        assert_eq!(desk["rows"][0]["standing"]["exposure"], usd("350.00"));
    });
}
