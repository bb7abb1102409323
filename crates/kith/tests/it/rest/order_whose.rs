//! The door of orders, case by case: whose order it is, and what may be done with it where it stands.

use serde_json::{Value, json};

use super::order::{bolts, customer, place, usd};
use super::order_case::{case, from, run, with};
use crate::house::{House, approve, on_each, problem, request};

/// Other customers: without a limit, held, suspended, a prospect, two of one name, and one that was merged into the first.
fn others(house: &House, survivor: &str) {
    let make = |erp: &str, more: Value| {
        let mut body = request(&format!("Customer {erp}"), "US", erp);
        body["pricing"] = json!([{"item": "BOLT", "price": "10.00", "currency": "USD"}]);
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        let waiting = house.seller.post_once("/api/v1/accounts", &format!("create-{erp}"), &body).expect(202);
        house.approve(&waiting)["target"].as_str().unwrap().to_owned()
    };
    let limit = usd("1000.00");
    make("nolimit", json!({"stage": "active"}));
    make("prospect", json!({"credit_limit": limit}));
    make("twin-1", json!({"name": "Twin Traders", "stage": "active", "credit_limit": limit}));
    make(
        "twin-2",
        json!({"name": "Twin Traders", "stage": "active", "credit_limit": limit, "accept_duplicates": true}),
    );
    let held = |erp: &str, kind: &str| {
        let id = make(erp, json!({"stage": "active", "credit_limit": limit}));
        let body = json!({"type": kind, "reason": "Looked into."});
        let reply = house.ops.post_once(&format!("/api/v1/accounts/{id}/holds"), erp, &body);
        if reply.status == 202 {
            let change = reply.json()["id"].as_str().unwrap().to_owned();
            house.ar.post(&format!("/api/v1/changes/{change}/approve"), &json!({})).expect(200);
        }
    };
    held("credit", "credit");
    held("compliance", "compliance");
    let loser = make("loser", json!({"stage": "active", "credit_limit": limit}));
    let body = json!({"loser": loser, "reason": "The same company."});
    let change =
        house.seller.post_once(&format!("/api/v1/accounts/{survivor}/merge"), "merge", &body).expect(202);
    approve(&house.manager, &house.controller, &change);
}

#[test]
fn whose_order_it_is_is_told_and_never_guessed() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        others(house, &account);
        let seen = house.seller.get(&format!("/api/v1/accounts/{account}")).expect(200);
        let (number, name) = (seen["account_number"].as_str().unwrap(), seen["name"].as_str().unwrap());
        let cases = [
            case("by its id", from("W1", Some(&account), Value::Null), 201, "confirmed", &[]),
            case("by its number", from("W2", Some(number), Value::Null), 201, "confirmed", &[]),
            case(
                "by the id of another system",
                from("W3", Some("external:erp:1"), Value::Null),
                201,
                "confirmed",
                &[],
            ),
            case("by the buyer's id", from("W4", None, json!({"account": account})), 201, "confirmed", &[]),
            case(
                "by an address",
                from("W5", None, json!({"email": "1@customer.example"})),
                201,
                "confirmed",
                &[],
            ),
            case(
                "by its name alone",
                from("W6", None, json!({"name": name.to_lowercase()})),
                201,
                "confirmed",
                &["matched_by_name"],
            ),
            case(
                "by a name of two",
                from("W7", None, json!({"name": "Twin Traders"})),
                202,
                "held",
                &["account_unsure"],
            ),
            case(
                "by a name of nobody",
                from("W8", None, json!({"name": "Nobody At All"})),
                202,
                "held",
                &["account_unknown"],
            ),
            case("by nothing", from("W9", None, Value::Null), 202, "held", &["account_unknown"]),
            case(
                "a number of nobody",
                from("W10", Some("C-999999"), Value::Null),
                202,
                "held",
                &["account_unknown"],
            ),
            case(
                "a number of nobody with a name",
                from("W11", Some("C-999999"), json!({"name": name})),
                202,
                "held",
                &["account_unsure"],
            ),
            case(
                "a number of one, the address of another",
                from("W12", Some(&account), json!({"email": "twin-1@customer.example"})),
                202,
                "held",
                &["account_unsure"],
            ),
            case(
                "a number of nobody, an address of one",
                from("W13", Some("C-999999"), json!({"email": "1@customer.example"})),
                202,
                "held",
                &["account_unsure"],
            ),
            case(
                "one that was merged",
                from("W14", Some("external:erp:loser"), Value::Null),
                201,
                "confirmed",
                &[],
            ),
            case(
                "no limit",
                from("W15", Some("external:erp:nolimit"), Value::Null),
                202,
                "held",
                &["no_limit"],
            ),
            case(
                "a prospect",
                from("W16", Some("external:erp:prospect"), Value::Null),
                409,
                "order_rejected",
                &["stage"],
            ),
            case(
                "on credit hold",
                from("W17", Some("external:erp:credit"), Value::Null),
                202,
                "held",
                &["credit_hold"],
            ),
            case(
                "held by compliance",
                from("W18", Some("external:erp:compliance"), Value::Null),
                409,
                "order_rejected",
                &["suspended"],
            ),
            case("over the limit", with("W19", "/lines/0/qty", json!(150)), 202, "held", &["over_limit"]),
            case(
                "paid before",
                {
                    let mut body = with("W20", "/lines/0/qty", json!(150));
                    body["paid"] = usd("1500.00");
                    body
                },
                201,
                "confirmed",
                &["prepaid"],
            ),
            case(
                "paid before in another currency",
                {
                    let mut body = with("W21", "/lines/0/qty", json!(150));
                    body["paid"] = json!({"amount": "1500.00", "currency": "EUR"});
                    body
                },
                202,
                "held",
                &["over_limit"],
            ),
            case(
                "by somebody unknown, by telephone",
                {
                    let mut body = bolts("1", "W22", 1);
                    body["source"] = json!({"channel": "phone"});
                    body["ordered_by"] = json!({"email": "x@elsewhere.example"});
                    body
                },
                202,
                "held",
                &["ordered_by_unknown"],
            ),
            case(
                "by a contact, by telephone",
                {
                    let mut body = bolts("1", "W23", 1);
                    body["source"] = json!({"channel": "phone"});
                    body["ordered_by"] = json!({"email": "Ann@Customer.example"});
                    body
                },
                201,
                "confirmed",
                &[],
            ),
        ];
        run(house, &cases);
        let merged = house.seller.get("/api/v1/orders?state=cancelled&limit=200").expect(200);
        let merged = merged["items"].as_array().unwrap().iter().find(|one| one["customer_order_no"] == "W14");
        assert_eq!(
            merged.map(|one| &one["account"]),
            Some(&json!(account)),
            "it goes to whom it was merged into"
        );
        let unsure = house.seller.get("/api/v1/orders?state=held&limit=200").expect(200);
        let unsure =
            unsure["items"].as_array().unwrap().iter().find(|one| one["customer_order_no"] == "W12").unwrap();
        assert_eq!(
            unsure["match"]["candidates"].as_array().map(Vec::len),
            Some(2),
            "both are told: {unsure}"
        );
    });
}

#[test]
fn each_state_says_what_may_still_be_done() {
    on_each(|house| {
        customer(house, "1", "1000");
        let one = |number: &str, qty: u32| place(&house.seller, number, &bolts("1", number, qty)).json();
        let act = |order: &Value, verb: &str, body: Value| {
            house.seller.post(&format!("/api/v1/orders/{}/{verb}", order["id"].as_str().unwrap()), &body)
        };
        let lines = |qty: u32| json!({"lines": [{"item": "BOLT", "qty": qty}]});
        // Held: what fits now goes, what is called off is gone.
        let held = one("S1", 150);
        assert_eq!(act(&held, "amend", lines(20)).expect(200)["state"], "confirmed");
        let held = one("S2", 150);
        assert_eq!(act(&held, "cancel", json!({})).expect(200)["state"], "cancelled");
        assert_eq!(problem(&act(&held, "amend", lines(1)), 409).0, "order.not_open");
        // Rejected: it counted, and is not touched again.
        let far = place(&house.seller, "S3", &bolts("1", "S3", 900));
        let rejected =
            json!({"id": house.seller.get("/api/v1/orders?state=rejected").expect(200)["items"][0]["id"]});
        assert_eq!(problem(&far, 409).0, "order_rejected");
        for verb in ["cancel", "amend"] {
            assert_eq!(
                problem(&act(&rejected, verb, if verb == "amend" { lines(1) } else { json!({}) }), 409).0,
                "order.not_open",
                "{verb}"
            );
        }
        assert_eq!(
            problem(
                &house.ar.post(
                    &format!("/api/v1/orders/{}/release", rejected["id"].as_str().unwrap()),
                    &json!({})
                ),
                409
            )
            .0,
            "order.not_held"
        );
        // Another body under a key that was used; the same number with another content; nothing for nobody.
        assert_eq!(
            problem(&place(&house.seller, "S1", &bolts("1", "S1", 7)), 422).0,
            "idempotency_key_reused"
        );
        assert_eq!(
            problem(&place(&house.seller, "S1b", &bolts("1", "S1", 7)), 409).0,
            "order.content_differs"
        );
        assert_eq!(problem(&act(&json!({"id": "ord_none"}), "cancel", json!({})), 404).0, "order.not_found");
        assert_eq!(problem(&place(&house.nobody, "S9", &bolts("1", "S9", 1)), 403).0, "access.denied");
        assert_eq!(problem(&place(&house.german, "S10", &bolts("1", "S10", 1)), 404).0, "account.not_found");
    });
}
