//! Credit that knows how old its data are, how right it was, and where another system differs.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use kith_testkit::http::Reply;
use serde_json::{Value, json};

use crate::house::{House, on_each, person, problem};

/// A bound for the machine of the tests.
const PATIENCE: Duration = Duration::from_secs(60);

fn put(house: &House, entity: &str, body: &Value) -> Reply {
    let path = format!("/api/v1/credit/sources/{entity}");
    let headers = [("Content-Type", "application/json")];
    house.admin.send("PUT", &path, &headers, body.to_string().as_bytes())
}

/// Registers who feeds an entity, and has it approved.
fn register(house: &House, entity: &str, body: &Value) {
    let cfo = person(&house.admin, &format!("cfo-{}", body.to_string().len()), &["cfo"]);
    let change = put(house, entity, body).expect(202);
    let path = format!("/api/v1/changes/{}/approve", change["id"].as_str().unwrap());
    house.controller.post(&path, &json!({})).expect(200);
    house.server.client().with_token(&cfo).post(&path, &json!({})).expect(200);
}

/// An active customer of US with a limit of 1,000 dollars; gives its id.
fn customer(house: &House) -> String {
    let body = json!({
        "name": "Nordwind", "email": "ap@customer.example", "owning_entity": "US", "stage": "active",
        "payment_terms": "NET30", "credit_limit": {"amount": "1000.00", "currency": "USD"},
        "identifiers": [{"kind": "external:erp", "value": "4711"}],
    });
    let waiting = house.seller.post_once("/api/v1/accounts", "create", &body).expect(202);
    house.approve(&waiting)["target"].as_str().unwrap().to_owned()
}

fn check(house: &House, account: &str) -> Value {
    let body = json!({"account": account, "entity": "US", "amount": {"amount": "10.00", "currency": "USD"}});
    house.seller.post("/api/v1/credit/check", &body).expect(200)
}

fn invoice(number: &str, entity: &str, amount: &str) -> Value {
    json!({"specversion": "1.0", "id": number, "source": "erp", "type": "io.kith.invoice.posted",
        "time": "2026-11-01T09:00:00Z", "subject": "external:erp:4711",
        "data": {"invoice_no": number, "entity": entity, "amount": {"amount": amount, "currency": "USD"},
            "issued_on": "2026-11-01", "due_on": "2099-12-01"}})
}

#[test]
fn exposure_has_an_age_where_a_source_is_registered() {
    on_each(|house| {
        let account = customer(house);
        let before = check(house, &account);
        assert_eq!(before["outcome"], "approve", "{before}");
        register(house, "US", &json!({"sources": ["erp", " wms "], "reason": "The ERP sends every hour."}));
        let never = check(house, &account);
        assert_eq!((&never["outcome"], &never["reasons"][0]["code"]), (&json!("hold"), &json!("data_stale")));
        house.ops.post("/api/v1/touchpoints", &invoice("I-1", "US", "10.00")).expect(200);
        // One of two was heard.
        assert_eq!(check(house, &account)["outcome"], "hold");
        let told = house.seller.get("/api/v1/credit/sources").expect(200);
        let us = &told["items"][0];
        assert_eq!((&us["state"], &us["sources"][1]["heard_at"]), (&json!("never_heard"), &Value::Null));
        assert_eq!(us["sources"][0]["age_hours"].as_i64().map(|age| age <= 1), Some(true), "{us}");
        assert_eq!(told["items"][1]["state"], "fed_by_hand");
        register(house, "US", &json!({"sources": ["erp"]}));
        let fresh = check(house, &account);
        assert_eq!(fresh["outcome"], "approve", "{fresh}");
        assert_eq!(house.seller.get("/api/v1/credit/sources").expect(200)["items"][0]["state"], "fresh");
        // It says so already; who may not is told; nonsense is named.
        put(house, "US", &json!({"sources": ["erp"]})).expect(200);
        assert_eq!(problem(&put(house, "XX", &json!({"sources": ["erp"]})), 404).0, "entity.not_found");
        let blank = problem(&put(house, "US", &json!({"sources": ["a\u{7}b"]})), 422);
        assert_eq!(blank.1[0].0, "/credit/sources/US/0", "{blank:?}");
        assert_eq!(problem(&put(house, "US", &json!({"source": ["erp"]})), 422).1[0].0, "/source");
        let denied = house.seller.send(
            "PUT",
            "/api/v1/credit/sources/US",
            &[("Content-Type", "application/json")],
            b"{}",
        );
        assert_eq!(denied.status, 403);
        assert_eq!(house.nobody.get("/api/v1/credit/sources").status, 403);
    });
}

fn filed(house: &House) -> Value {
    let until = Instant::now() + PATIENCE;
    loop {
        let page = house.seller.get("/api/v1/credit/reconciliations").expect(200);
        if let Some(found) = page["items"].as_array().unwrap().first() {
            return found.clone();
        }
        assert!(Instant::now() < until, "no extract was compared");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn an_extract_in_a_folder_is_compared_and_what_waits_here_heals_it() {
    on_each(|house| {
        customer(house);
        // An invoice of an entity that is not there yet waits in quarantine.
        let waits = house.ops.post("/api/v1/touchpoints", &invoice("I-7", "FR", "70.00")).expect(200);
        assert_eq!(waits["quarantined"][0]["code"], "entity_unknown", "{waits}");
        let entity = json!({"code": "FR", "name": "House SA", "currency": "USD", "timezone": "UTC"});
        house.admin.post("/api/v1/entities", &entity).expect(201);
        house.ops.post("/api/v1/touchpoints", &invoice("I-1", "US", "10.00")).expect(200);
        register(house, "FR", &json!({"sources": [], "extracts": true}));
        let told = house.seller.get("/api/v1/credit/sources").expect(200);
        let sources =
            told["items"].as_array().unwrap().iter().find(|row| row["entity"] == "FR").unwrap().clone();
        let folder = Path::new(sources["folder"].as_str().unwrap());
        fs::create_dir_all(folder).unwrap();
        let text = "account,entity,open_ar\nexternal:erp:4711,US,12.00\nexternal:erp:4711,FR,70.00\n";
        fs::write(folder.join("ar.csv"), text).unwrap();
        let filed = filed(house);
        assert_eq!(
            (&filed["rows"], &filed["agree"], &filed["open"], &filed["healed"]),
            (&json!(2), &json!(1), &json!(1), &json!(1)),
            "{filed}"
        );
        assert_eq!((&filed["entity"], &filed["file"]), (&json!("FR"), &json!("ar.csv")));
        let of = |entity: &str| {
            filed["breaks"].as_array().unwrap().iter().find(|row| row["entity"] == entity).unwrap().clone()
        };
        assert_eq!((&of("FR")["healed"], &of("FR")["cause"]), (&json!(true), &json!("missing_event")));
        assert_eq!(
            (&of("US")["healed"], &of("US")["difference"]["amount"]),
            (&json!(false), &json!("-2.00"))
        );
        // Who answers for credit and receivables is told what is left, once.
        let told = house.ar.get("/api/v1/notifications").expect(200);
        let told: Vec<&Value> = told["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|item| item["kind"] == "reconciliation_breaks")
            .collect();
        assert_eq!((told.len(), &told[0]["about"]), (1, &filed["id"]), "{told:?}");
        assert!(told[0]["text"].as_str().unwrap().contains("ar.csv"), "{told:?}");
        assert!(!house.seller.get("/api/v1/notifications").text().contains("reconciliation_breaks"));
        assert_eq!(house.nobody.get("/api/v1/credit/reconciliations").status, 403);
    });
}

#[test]
fn accuracy_is_told_with_what_it_is_made_of() {
    on_each(|house| {
        let account = customer(house);
        let body = json!({"account": account, "entity": "US", "amount": {"amount": "600.00", "currency": "USD"}, "id": "r-1"});
        house.seller.post_once("/api/v1/credit/reservations", "r-1", &body).expect(201);
        house.ops.post("/api/v1/touchpoints", &invoice("I-1", "US", "500.00")).expect(200);
        let until = Instant::now() + PATIENCE;
        let told = loop {
            let told = house.seller.get("/api/v1/credit/accuracy").expect(200);
            if told["decisions"]["false_approve"]["count"] == 1 {
                break told;
            }
            assert!(Instant::now() < until, "{told}");
            std::thread::sleep(Duration::from_millis(200));
        };
        let decisions = &told["decisions"];
        assert_eq!(
            (&decisions["measure"]["numerator"], &decisions["measure"]["denominator"]),
            (&json!(0), &json!(1))
        );
        assert_eq!(decisions["false_approve"]["value"], json!({"amount": "600.00", "currency": "USD"}));
        assert_eq!(decisions["confusion"].as_array().unwrap().len(), 4);
        assert_eq!(
            (&decisions["others"][0]["id"], &decisions["others"][0]["replayed"]),
            (&json!("r-1"), &json!("hold"))
        );
        let limits = &told["limits"]["measure"];
        assert_eq!(
            (&limits["numerator"], &limits["denominator"], &limits["target"]),
            (&json!(1), &json!(1), &json!(0.985))
        );
        assert!(limits["low"].as_f64().unwrap() < 0.5 && limits["high"] == 1.0, "{limits}");
        assert_eq!(
            (&told["adequacy"]["measure"]["denominator"], &told["adequacy"]["measure"]["value"]),
            (&json!(0), &Value::Null)
        );
        assert_eq!(house.nobody.get("/api/v1/credit/accuracy").status, 403);
    });
}
