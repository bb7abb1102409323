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
        // What is resolved is not amended, and says what to do instead.
        for (name, code) in [("mine-1", "already_committed"), (id, "already_voided")] {
            let amended = act(house, name, "amend", &json!({"amount": usd("1.00")}));
            assert_eq!(problem(&amended, 409).0, code);
        }
        let list =
            house.seller.get(&format!("/api/v1/accounts/{account}/credit/reservations?limit=2")).expect(200);
        assert_eq!((list["items"].as_array().unwrap().len(), &list["has_more"]), (2, &json!(true)));
        assert_eq!(house.seller.get("/api/v1/credit/reservations/mine-1").expect(200)["state"], "committed");
    });
}

#[test]
fn a_reservation_whose_order_has_come_is_not_amended_but_the_order_is() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        let body = json!({"account": account, "entity": "US", "amount": usd("400.00"), "order_no": "SO-1", "id": "mine"});
        reserve(house, "r-1", &body).expect(201);
        act(house, "mine", "amend", &json!({"amount": usd("450.00")})).expect(200);
        touch(
            house,
            "order.placed",
            "o-1",
            &json!({"order_no": "SO-1", "entity": "US", "value": usd("450.00")}),
        );
        for amount in ["100.00", "900.00"] {
            let amended = act(house, "mine", "amend", &json!({"amount": usd(amount)}));
            assert_eq!(problem(&amended, 409).0, "order_has_come");
            assert!(amended.json()["clears"].as_str().unwrap().starts_with("Amend the order"));
        }
        assert_eq!(buckets(house, &account), ["0.00", "0.00", "450.00", "0.00", "0.00"]);
        touch(house, "order.amended", "a-1", &json!({"order_no": "SO-1", "value": usd("500.00")}));
        assert_eq!(buckets(house, &account)[2], "500.00");
        // Withdrawn, the reservation holds again, and may be amended.
        withdraw(house, "w-1", "o-1");
        act(house, "mine", "amend", &json!({"amount": usd("300.00")})).expect(200);
        assert_eq!(buckets(house, &account)[3], "300.00");
        // The door amends and calls off its own orders all the same.
        let order = json!({"account": account, "entity": "US", "type": "service", "customer_order_no": "PO-1", "total": usd("200.00")});
        let order = house.seller.post_once("/api/v1/orders", "o-1", &order).expect(201);
        let reservation = order["reservation_id"].as_str().unwrap();
        let amended = act(house, reservation, "amend", &json!({"amount": usd("1.00")}));
        assert_eq!(problem(&amended, 409).0, "order_has_come");
        let path = format!("/api/v1/orders/{}", order["id"].as_str().unwrap());
        let more = house.seller.post(&format!("{path}/amend"), &json!({"total": usd("250.00")})).expect(200);
        assert_eq!((&more["state"], &more["total"]), (&json!("confirmed"), &usd("250.00")));
        house.seller.post(&format!("{path}/cancel"), &json!({})).expect(200);
        assert_eq!(buckets(house, &account)[2], "0.00");
    });
}

#[test]
fn only_a_signed_contract_lets_a_reservation_have_no_end() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        let body = |id: &str| json!({"account": account, "entity": "US", "amount": usd("10.00"), "id": id, "timeout_s": 0});
        let (code, faults) = problem(&reserve(house, "k-1", &body("a")), 422);
        assert_eq!(code, "timeout_needs_contract");
        assert_eq!(faults, [("/timeout_s".to_owned(), "timeout_needs_contract".to_owned())]);
        let mut wrong = body("a b");
        wrong["amount"] = usd("0");
        let faults: Vec<String> =
            problem(&reserve(house, "k-2", &wrong), 422).1.into_iter().map(|fault| fault.0).collect();
        assert_eq!(faults, ["/amount", "/id", "/timeout_s"], "all at once");
        let signer = json!([{"name": "Ann", "email": "ann@customer.example"}]);
        let path = super::contract::draft(&house.seller, &json!({"account": account, "signers": signer}));
        house.seller.post(&format!("{path}/send"), &json!({})).expect(200);
        let scan = format!("{path}/upload-signed?name=signed.pdf");
        house
            .ar
            .send("POST", &scan, &[("Content-Type", "application/pdf")], b"%PDF-1.7\n% scanned\n%%EOF\n")
            .expect(200);
        problem(&reserve(house, "k-3", &body("a")), 422);
        house.controller.post(&format!("{path}/confirm-scan"), &json!({})).expect(200);
        let made = reserve(house, "k-4", &body("a")).expect(201);
        assert_eq!((&made["expires_at"], &made["holds"]), (&Value::Null, &json!(true)));
        // With another entity there is none; once the contract has ended, the same request is still the same.
        let mut other = body("b");
        other["entity"] = json!("DE");
        other["amount"]["currency"] = json!("EUR");
        assert_eq!(problem(&reserve(house, "k-5", &other), 422).0, "timeout_needs_contract");
        assert_eq!(reserve(house, "k-6", &body("a")).expect(200)["id"], "a");
    });
}

#[test]
fn time_runs_out_by_itself() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        let body = json!({"account": account, "entity": "US", "amount": usd("1000.00"), "id": "short", "timeout_s": 1});
        reserve(house, "k-1", &body).expect(201);
        let again = json!({"account": account, "entity": "US", "amount": usd("1.00"), "timeout_s": 60});
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
        assert!(reserve(house, "k-3", &again).expect(201)["expires_at"].is_string());
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
        let change = house.seller.patch(&path, &tag, &patch).expect(202);
        let read = house.ar.get(&format!("/api/v1/changes/{}", change["id"].as_str().unwrap())).expect(200);
        let effect = &read["group_effect"];
        let figures = |side: &str| ["limit", "exposure", "available"].map(|name| effect[side][name].clone());
        assert_eq!(effect["members"], 1, "{read}");
        assert_eq!(figures("before"), [Value::Null, usd("1000.00"), Value::Null], "{effect}");
        assert_eq!(figures("after"), [usd("1100.00"), usd("1000.00"), usd("100.00")], "{effect}");
        house.approve(&change);
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
                        let body = json!({"account": account, "entity": "US", "amount": usd("10.00")});
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
        // Whoever answers for credit is told of what differs, by whichever door it came; what agrees tells nobody.
        let told = house.ar.get("/api/v1/notifications").text();
        assert_eq!(told.matches("of US and the credit book differ in one figure").count(), 1, "{told}");
        assert!(!house.seller.get("/api/v1/notifications").text().contains("reconciliation_breaks"));
        let filed = house.seller.get("/api/v1/credit/reconciliations").expect(200)["items"].clone();
        let of = |at: usize| ["entity", "compared", "agree", "open"].map(|name| filed[at][name].clone());
        assert_eq!(of(0), [json!("US"), json!(1), json!(0), json!(1)], "{filed}");
        assert_eq!(of(1), [json!("US"), json!(1), json!(1), json!(0)], "{filed}");
    });
}

#[test]
fn a_row_counts_once_and_a_whole_extract_is_asked_for_what_it_lacks() {
    on_each(|house| {
        let known = customer(house, "1", "1000");
        let lacking = customer(house, "2", "1000");
        customer(house, "3", "1000");
        let post = |erp: &str, number: &str, amount: &str, entity: &str| {
            let data = json!({"invoice_no": number, "entity": entity, "amount": usd(amount), "issued_on": "2026-01-20", "due_on": "2099-02-20"});
            let event = json!({"specversion": "1.0", "id": number, "source": "erp", "type": "io.kith.invoice.posted",
                "time": "2026-01-20T10:00:00Z", "subject": format!("external:erp:{erp}"), "data": data});
            assert_eq!(house.ops.post("/api/v1/touchpoints", &event).expect(200)["accepted"], 1);
        };
        post("1", "I-1", "300.00", "US");
        post("2", "I-2", "70.00", "US");
        post("2", "I-3", "5.00", "US");
        let send = |query: &str, text: &str| {
            let path = format!("/api/v1/credit/reconciliations{query}");
            house.seller.send("POST", &path, &[("Content-Type", "text/csv")], text.as_bytes())
        };
        // The same account under two names is one: the second row is named and not read.
        let twice = format!("account,entity,open_ar\n{known},US,300.00\nexternal:erp:1,US,100.00\n");
        let told = send("", &twice).expect(200);
        assert_eq!((&told["compared"], &told["agree"], &told["breaks"]), (&json!(1), &json!(1), &json!([])));
        let fault = &told["faults"][0];
        assert_eq!((&fault["code"], &fault["column"]), (&json!("duplicate_row"), &json!("account")));
        assert!(
            fault["row"].as_u64() > Some(0) && fault["message"].as_str().unwrap().contains("Row"),
            "{fault}"
        );
        // It does not say that it is whole: what it lacks is no difference.
        let text = format!("account,entity,open_ar\n{known},US,300.00\n");
        assert_eq!(send("", &text).expect(200)["breaks"], json!([]));
        for (query, text) in [("?whole=true", text.clone()), ("", format!("{text}*,US,\n"))] {
            let told = send(query, &text).expect(200);
            assert_eq!((&told["whole"], &told["rows"]), (&json!(["US"]), &json!(1)), "{told}");
            let breaks = told["breaks"].as_array().unwrap();
            assert_eq!(breaks.len(), 1, "who has nothing open is not missed: {told}");
            assert_eq!(
                (&breaks[0]["account"], &breaks[0]["absent"], &breaks[0]["row"], &breaks[0]["cause"]),
                (&json!(lacking), &json!(true), &json!(0), &json!("missing_event"))
            );
            assert_eq!(breaks[0]["difference"], usd("75.00"));
        }
        // A column that it does not have says nothing, and another entity neither.
        let none = "account,entity,open_orders\n*,US,\n";
        assert_eq!(send("", none).expect(200)["breaks"], json!([]));
        assert_eq!(send("", "account,entity,open_ar\n*,DE,\n").expect(200)["breaks"], json!([]));
        let told = send("", "account,entity,open_ar\n*,XX,\n").expect(200);
        assert_eq!(told["faults"][0]["code"], "entity_unknown");
        assert_eq!(problem(&send("?whole=perhaps", &text), 422).1[0].0, "/whole");
    });
}
