//! Prices, tax profiles and what expires, over HTTP on both databases.

use kith_testkit::http::Client;
use serde_json::{Value, json};

use crate::house::{House, on_each, problem};

/// Edits an account through the gate; gives it as it reads afterwards.
fn edit(house: &House, id: &str, patch: &Value) -> Value {
    let path = format!("/api/v1/accounts/{id}");
    let etag = house.seller.get(&path).header("etag").unwrap().to_owned();
    let waiting = house.seller.patch(&path, &etag, patch).expect(202);
    assert_eq!(waiting["lane"], "yellow");
    assert_eq!(waiting["steps"][0]["role"], "ar_manager");
    house.approve(&waiting);
    house.seller.get(&path).expect(200)
}

fn price(client: &Client, body: &Value) -> Value {
    client.post("/api/v1/price", body).expect(200)
}

fn tier(min: u32, max: Option<u32>, price: &str) -> Value {
    json!({"action": "add", "item": "PALLET", "min_qty": min, "max_qty": max, "price": price,
        "effective_from": "2026-01-01"})
}

#[test]
fn a_price_is_resolved_with_its_trace() {
    on_each(|house| {
        let account = house.account("Acme", "US", "1");
        let id = account["id"].as_str().unwrap();
        let ask = json!({"account": id, "entity": "US", "item": "PALLET", "qty": 12, "date": "2026-06-01"});
        let (code, _) = problem(&house.seller.post("/api/v1/price", &ask), 422);
        assert_eq!(code, "no_price");

        let list = json!({"code": "std", "name": "Standard", "currency": "USD", "is_standard": true,
            "rows": [{"item": "PALLET", "price": "20.00", "effective_from": "2025-01-01"}]});
        problem(&house.seller.post("/api/v1/price-lists", &list), 403);
        let made = house.admin.post("/api/v1/price-lists", &list);
        assert_eq!((made.status, made.header("etag")), (201, Some("\"v1\"")), "{}", made.text());
        let found = price(&house.seller, &ask);
        assert_eq!(
            (&found["total"]["amount"], &found["rule"]["source"]),
            (&json!("240.00"), &json!("standard_price"))
        );

        let group = json!({"code": "GOLD", "name": "Gold", "rows": [
            {"item": "PALLET", "price_type": "discount_pct", "price": "10", "currency": "USD", "effective_from": "2025-01-01"}]});
        house.admin.post("/api/v1/price-groups", &group).expect(201);
        edit(house, id, &json!({"price_group": "gold", "price_list": "std"}));
        let found = price(&house.seller, &ask);
        assert_eq!(
            (&found["unit_price"]["amount"], &found["rule"]["owner"]),
            (&json!("18.00"), &json!("GOLD"))
        );

        let with =
            edit(house, id, &json!({"pricing": [tier(1, Some(9), "17.5"), tier(10, None, "16.123456")]}));
        assert_eq!(with["pricing"].as_array().unwrap().len(), 2);
        let found = price(&house.seller, &ask);
        assert_eq!(found["rule"]["id"], with["pricing"][1]["id"]);
        // 12 × 16.123456 = 193.481472.
        assert_eq!(
            (&found["unit_price"]["amount"], &found["total"]["amount"]),
            (&json!("16.123456"), &json!("193.48"))
        );
        let why = |reason: &str| {
            found["price_trace"].as_array().unwrap().iter().filter(|row| row["reason"] == reason).count()
        };
        assert_eq!((why("quantity_out_of_range"), why("outranked_by_owner")), (1, 3), "{found}");

        let lines = json!({"account": id, "date": "2026-06-01", "lines": [
            {"item": "PALLET", "qty": "1"}, {"item": "PALLET", "qty": 10}]});
        assert_eq!(price(&house.seller, &lines)["total"]["amount"], "178.73");
        let half =
            json!({"account": id, "lines": [{"item": "PALLET", "qty": 1}, {"item": "CRATE", "qty": 1}]});
        let reply = price(&house.seller, &half);
        assert_eq!((&reply["total"], &reply["lines"][1]["code"]), (&Value::Null, &json!("no_price")));
        let wrong = json!({"account": id, "entity": "ZZ", "item": "", "qty": "-1", "date": "soon", "currency": "ZZZ"});
        let (_, errors) = problem(&house.seller.post("/api/v1/price", &wrong), 422);
        let found: Vec<&str> = errors.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(found, ["/entity", "/date", "/currency", "/item", "/qty"]);
        problem(&house.german.post("/api/v1/price", &ask), 404);
        assert_eq!(house.seller.get("/api/v1/price-lists").expect(200)["items"][0]["rows_count"], 1);
    });
}

#[test]
fn a_child_buys_at_the_prices_of_its_parent_and_an_entity_in_its_own_currency() {
    on_each(|house| {
        let (top, low) = (house.account("Acme Group", "US", "1"), house.account("Acme West", "US", "2"));
        let id = |account: &Value| account["id"].as_str().unwrap().to_owned();
        edit(house, &id(&top), &json!({"pricing": [tier(1, None, "15.00")]}));
        let ask = json!({"account": id(&low), "item": "PALLET", "qty": 2, "date": "2026-06-01"});
        problem(&house.seller.post("/api/v1/price", &ask), 422);

        let body = json!({"parent": top["id"], "valid_from": "2026-01-01"}).to_string();
        let path = format!("/api/v1/accounts/{}/parent", id(&low));
        let headers = [("Idempotency-Key", "parent"), ("Content-Type", "application/json")];
        let change = house.seller.send("PUT", &path, &headers, body.as_bytes()).expect(202);
        let approve = format!("/api/v1/changes/{}/approve", change["id"].as_str().unwrap());
        house.manager.post(&approve, &json!({})).expect(200);
        house.controller.post(&approve, &json!({})).expect(200);
        let found = price(&house.seller, &ask);
        assert_eq!(
            (&found["total"]["amount"], &found["rule"]["source"], &found["rule"]["owner"]),
            (&json!("30.00"), &json!("ancestor"), &top["id"])
        );
        let before = json!({"account": id(&low), "item": "PALLET", "qty": 2, "date": "2025-12-31"});
        problem(&house.seller.post("/api/v1/price", &before), 422);

        edit(
            house,
            &id(&low),
            &json!({"overrides": {"DE": {"currency": {"mode": "value", "value": "GBP"}}}}),
        );
        let ask = json!({"account": id(&low), "entity": "DE", "lines": [{"item": "PALLET", "qty": 2}], "date": "2026-06-01"});
        assert_eq!(price(&house.seller, &ask)["lines"][0]["currency"], "GBP");
    });
}

#[test]
fn rows_that_meet_are_refused_or_superseded() {
    on_each(|house| {
        let account = house.account("Acme", "US", "1");
        let id = account["id"].as_str().unwrap();
        let account = edit(house, id, &json!({"pricing": [tier(1, None, "17.5")]}));
        let row = account["pricing"][0]["id"].as_str().unwrap();
        let path = format!("/api/v1/accounts/{id}");
        let reply = house.seller.patch(&path, "\"v2\"", &json!({"pricing": [tier(5, None, "16")]}));
        assert_eq!(problem(&reply, 409).0, "pricing_overlap");
        let said = reply.json();
        assert!(said["errors"][0]["message"].as_str().unwrap().contains(row), "{said}");
        assert!(said["clears"].as_str().unwrap().contains("supersede"));
        let mut newer = tier(1, None, "16");
        newer["effective_from"] = json!("2026-07-01");
        newer["supersede"] = json!(true);
        let account = edit(house, id, &json!({"pricing": [newer]}));
        assert_eq!(account["pricing"][0]["effective_to"], "2026-06-30");
        let (_, errors) = problem(
            &house.seller.patch(
                &path,
                "\"v3\"",
                &json!({"pricing": [{"action": "add", "price": -1, "bogus": 1}]}),
            ),
            422,
        );
        let found: Vec<&str> = errors.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(found, ["/pricing/0/bogus", "/pricing/0/item", "/pricing/0/price"]);
    });
}

#[test]
fn a_certificate_exempts_once_somebody_else_has_verified_it() {
    on_each(|house| {
        let account = house.account("Acme", "US", "1");
        let id = account["id"].as_str().unwrap();
        let today = house.seller.get("/api/v1/organisation").expect(200)["day"].as_str().unwrap().to_owned();
        let today: jiff::civil::Date = today.parse().unwrap();
        let soon = today.saturating_add(jiff::Span::new().days(20));
        let row = json!({"action": "add", "country": "US", "region": "US-CA", "tax_category": "E",
            "certificate_no": "ST-105", "effective_from": "2026-01-01", "effective_to": soon});
        let account = edit(house, id, &json!({"tax_profiles": [row]}));
        assert_eq!(account["tax_profiles"][0]["status"], "pending_verification");
        let profile = account["tax_profiles"][0]["id"].as_str().unwrap();
        let ask = json!({"account": id, "entity": "US", "ship_to": {"country": "US", "region": "CA"}});
        let resolve = |ask: &Value| house.seller.post("/api/v1/tax/resolve", ask).expect(200);
        let taxed = resolve(&ask);
        assert_eq!((&taxed["tax_category"], &taxed["exempt"]), (&json!("S"), &json!(false)));
        assert_eq!(taxed["warnings"][0]["code"], "exemption_pending_verification");

        let act = format!("/api/v1/accounts/{id}/tax-profiles/{profile}");
        let verify = format!("{act}/verify");
        problem(&house.seller.post(&verify, &json!({})), 403);
        let verified = house.ar.post(&verify, &json!({})).expect(200);
        assert_eq!(verified["tax_profiles"][0]["status"], "expiring");
        let taxed = resolve(&ask);
        assert_eq!((&taxed["tax_category"], &taxed["exempt"]), (&json!("E"), &json!(true)));
        assert_eq!(taxed["profile"]["id"], profile);
        let mut later = ask.clone();
        later["date"] = json!(soon.saturating_add(jiff::Span::new().days(1)));
        assert_eq!(resolve(&later)["warnings"][0]["code"], "exemption_expired");

        let due = house.seller.get("/api/v1/expiries?within_days=60").expect(200);
        assert_eq!(due["items"][0]["id"], profile);
        assert_eq!((&due["items"][0]["days_left"], &due["items"][0]["reminder"]), (&json!(20), &json!(30)));
        assert_eq!(house.seller.get("/api/v1/expiries?within_days=10").expect(200)["items"], json!([]));
        assert_eq!(house.german.get("/api/v1/expiries").expect(200)["items"], json!([]));
        let filter =
            format!("/api/v1/accounts?filter=tax_exemption_expires_on%20%3D%3D%20date(%22{soon}%22)");
        let listed = house.seller.get(&filter).expect(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), 1, "{listed}");

        problem(&house.ar.post(&format!("{act}/revoke"), &json!({"reason": ""})), 422);
        house.ar.post(&format!("{act}/revoke"), &json!({"reason": "Withdrawn."})).expect(200);
        assert_eq!(resolve(&ask)["warnings"][0]["code"], "exemption_revoked");
        problem(&house.ar.post(&format!("{act}x/verify"), &json!({})), 404);
        let wrong = json!({"account": id, "ship_to": {"country": "XX"}, "date": "soon"});
        let (_, errors) = problem(&house.seller.post("/api/v1/tax/resolve", &wrong), 422);
        assert_eq!(errors.len(), 2);
    });
}
