//! Credit risk: what is recorded, the score that it makes, the limit that behaviour is worth, and who must agree.

use std::time::{Duration, Instant};

use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use crate::house::{House, on_each, person, problem, request};

fn usd(amount: &str) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

fn event(id: &str, kind: &str, days_ago: i64, data: &Value) -> Value {
    let at = Timestamp::now().checked_sub((days_ago * 24).hours()).unwrap();
    json!({"specversion": "1.0", "id": id, "source": "erp", "type": format!("io.kith.{kind}"), "time": at.to_string(),
        "subject": "external:erp:4711", "data": data})
}

fn day(days_ago: i64) -> String {
    let at = Timestamp::now().checked_sub((days_ago * 24).hours()).unwrap();
    at.strftime("%Y-%m-%d").to_string()
}

/// A customer that bought 18,000 a month for a year and paid each invoice a day before it was due.
fn customer(house: &House) -> String {
    let mut body = request("Nordwind", "US", "4711");
    body["stage"] = json!("active");
    let me = house.seller.get("/api/v1/users").json()["items"].clone();
    let me = me
        .as_array()
        .into_iter()
        .flatten()
        .find(|user| user["name"] == "seller")
        .map(|user| user["id"].clone());
    body["account_manager"] = me.unwrap_or_default();
    let applied = house.approve(&house.seller.post_once("/api/v1/accounts", "k-1", &body).expect(202));
    let path = format!("/api/v1/accounts/{}", applied["target"].as_str().unwrap());
    let mut events = Vec::new();
    for month in 0..12 {
        let (number, issued) = (format!("I{month}"), 40 + month * 30);
        let invoice = json!({"invoice_no": number, "entity": "US", "amount": usd("18000.00"),
            "issued_on": day(issued), "due_on": day(issued - 30)});
        events.push(event(&format!("i{month}"), "invoice.posted", issued, &invoice));
        let paid = json!({"payment_no": format!("P{month}"), "entity": "US", "amount": usd("18000.00"),
            "received_on": day(issued - 29), "allocations": [{"invoice_no": number, "amount": usd("18000.00")}]});
        events.push(event(&format!("p{month}"), "payment.received", issued - 29, &paid));
    }
    let reply = house.ops.post("/api/v1/touchpoints", &json!(events)).expect(200);
    assert_eq!(reply["accepted"], 24, "{reply}");
    house.seller.get(&format!("{path}/profile?min_position={}", reply["position"])).expect(200);
    path
}

fn limit(house: &House, path: &str, amount: &str) {
    let tag = house.seller.get(path).header("etag").unwrap().to_owned();
    let patch = json!({"credit_limit": usd(amount)});
    house.approve(&house.seller.patch(path, &tag, &patch).expect(202));
}

fn put(house: &House, path: &str, body: &Value) -> kith_testkit::http::Reply {
    house.seller.send("PUT", path, &[("Content-Type", "application/json")], body.to_string().as_bytes())
}

#[test]
fn a_score_adds_up_and_knows_bureau_and_books() {
    on_each(|house| {
        let path = customer(house);
        let risk = house.seller.get(&format!("{path}/risk")).expect(200);
        let sum = |risk: &Value| -> f64 {
            let drivers = risk["drivers"].as_array().unwrap();
            drivers.iter().map(|driver| driver["contribution"].as_f64().unwrap()).sum()
        };
        assert!((sum(&risk) - risk["score"].as_f64().unwrap()).abs() < 1e-6, "{risk}");
        assert_eq!(risk["inputs"]["days_beyond_terms"], 0.0, "{risk}");
        assert!(risk["credibility"].as_f64().unwrap() > 0.45 && risk["bureau"].is_null(), "{risk}");

        let bureau =
            json!({"bureau": "Creditwatch", "scale": "failure_class", "value": 2, "reported_on": day(10)});
        let with = put(house, &format!("{path}/bureau"), &bureau).expect(200);
        assert_eq!((&with["bureau"]["score"], &with["external"]), (&json!(72.0), &json!(72.0)));
        assert!(with["score"].as_f64() > risk["score"].as_f64());
        let books = json!({"statement_on": day(100), "working_capital": usd("300.00"), "retained_earnings": usd("200.00"),
            "ebit": usd("100.00"), "equity": usd("400.00"), "total_assets": usd("1000.00"), "total_liabilities": usd("600.00")});
        let with = put(house, &format!("{path}/financials"), &books).expect(200);
        assert_eq!((&with["financials"]["z"], &with["financials"]["zone"]), (&json!(3.992), &json!("safe")));
        assert!((sum(&with) - with["score"].as_f64().unwrap()).abs() < 1e-6, "{with}");

        let wrong = json!({"bureau": "C", "scale": "stars", "value": 2, "reported_on": "yesterday"});
        let (_, errors) = problem(&put(house, &format!("{path}/bureau"), &wrong), 422);
        assert_eq!(
            errors.iter().map(|error| error.0.as_str()).collect::<Vec<_>>(),
            ["/scale", "/reported_on"]
        );
        let old =
            json!({"bureau": "Creditwatch", "scale": "failure_class", "value": 4, "reported_on": day(20)});
        assert_eq!(problem(&put(house, &format!("{path}/bureau"), &old), 409).0, "risk.outdated");
        assert_eq!(house.ops.get(&format!("{path}/risk")).status, 403);
        assert_eq!(house.german.get(&format!("{path}/risk")).status, 404);
    });
}

#[test]
fn a_class_moves_by_a_notch_once_its_approvers_agree() {
    on_each(|house| {
        let path = customer(house);
        let before = house.seller.get(&format!("{path}/risk")).expect(200);
        let body = json!({"notches": 1, "reason": "Their largest customer failed."});
        let change = house.seller.post_once(&format!("{path}/class-override"), "o-1", &body).expect(202);
        assert_eq!((&change["operation"], &change["lane"]), (&json!("risk_override"), &json!("yellow")));
        assert_eq!(house.seller.get(&format!("{path}/risk")).expect(200)["class"], before["class"]);
        house.approve(&change);
        let after = house.seller.get(&format!("{path}/risk")).expect(200);
        assert_eq!(
            (&after["class_of_score"], &after["class_override"]["notches"]),
            (&before["class"], &json!(1))
        );
        assert_ne!(after["class"], before["class"]);
        let wrong = house.seller.post_once(
            &format!("{path}/class-override"),
            "o-2",
            &json!({"notches": 2, "reason": " "}),
        );
        let (_, errors) = problem(&wrong, 422);
        assert_eq!(errors.iter().map(|error| error.0.as_str()).collect::<Vec<_>>(), ["/notches", "/reason"]);
    });
}

#[test]
fn a_raise_is_put_before_its_approvers_with_its_ground() {
    on_each(|house| {
        let path = customer(house);
        limit(house, &path, "10000.00");
        let proposal = house.seller.get(&format!("{path}/limit-proposal")).expect(200);
        assert_eq!(
            (&proposal["outcome"], &proposal["current"]),
            (&json!("raise"), &usd("10000.00")),
            "{proposal}"
        );
        assert_eq!(proposal["proposed"], usd("12000.00"), "a quarter more at most, in whole steps");
        let cents =
            |money: &Value| money["amount"].as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
        let steps = proposal["contributions"].as_array().unwrap();
        assert_eq!(steps.iter().map(|step| cents(&step["amount"])).sum::<i64>(), 1_200_000, "{proposal}");

        let change = house.seller.post_once(&format!("{path}/limit-proposal"), "l-1", &json!({})).expect(202);
        assert_eq!((&change["operation"], &change["lane"]), (&json!("limit_raise"), &json!("yellow")));
        let ground = &change["limit_ground"];
        assert_eq!(ground["formula"], "dynamic_limit@1", "{change}");
        assert!(ground["contributions"].as_array().is_some_and(|steps| !steps.is_empty()), "{ground}");
        assert_eq!(ground["inputs"]["risk_class"], proposal["class"]);
        house.approve(&change);
        assert_eq!(house.seller.get(&path).expect(200)["credit_limit"], usd("12000.00"));
        let again = house.seller.get(&format!("{path}/limit-proposal")).expect(200);
        assert_eq!(
            (&again["outcome"], &again["guard_rails"][0]["code"]),
            (&json!("keep"), &json!("raised_lately"))
        );
        let nothing = house.seller.post_once(&format!("{path}/limit-proposal"), "l-2", &json!({}));
        assert_eq!(problem(&nothing, 409).0, "limit.no_proposal");
        let odd = house.seller.get(&format!("{path}/limit-proposal?entity=XX"));
        assert_eq!(problem(&odd, 422).1[0].0, "/entity");
    });
}

#[test]
fn a_limit_without_an_entity_is_that_of_the_only_one_or_refused() {
    on_each(|house| {
        let path = customer(house);
        limit(house, &path, "10000.00");
        let proposal = format!("{path}/limit-proposal");
        let alone = house.seller.get(&proposal).expect(200);
        assert_eq!((&alone["currency"], &alone["entity"]), (&json!("USD"), &Value::Null), "{alone}");
        let invoice = json!({"invoice_no": "E1", "entity": "DE", "amount": {"amount": "500.00", "currency": "EUR"},
            "issued_on": day(5), "due_on": day(-25)});
        let reply = house
            .ops
            .post("/api/v1/touchpoints", &json!([event("e1", "invoice.posted", 5, &invoice)]))
            .expect(200);
        house.seller.get(&format!("{path}/profile?min_position={}", reply["position"])).expect(200);
        for reply in [house.seller.get(&proposal), house.seller.post_once(&proposal, "a-1", &json!({}))] {
            let (code, errors) = problem(&reply, 422);
            assert_eq!((code.as_str(), errors[0].0.as_str()), ("limit.entity_ambiguous", "/entity"));
            assert!(reply.text().contains("US") && reply.text().contains("DE"), "{}", reply.text());
        }
        let named = house.seller.get(&format!("{proposal}?entity=US")).expect(200);
        assert_eq!((&named["outcome"], &named["proposed"]), (&json!("raise"), &usd("12000.00")), "{named}");
    });
}

#[test]
fn with_the_pack_less_applies_at_once_and_limits_follow_by_themselves() {
    on_each(|house| {
        let path = customer(house);
        limit(house, &path, "400000.00");
        let cut = house.seller.post_once(&format!("{path}/limit-proposal"), "l-1", &json!({})).expect(202);
        assert_eq!((&cut["operation"], &cut["lane"]), (&json!("limit_cut"), &json!("yellow")));
        house
            .seller
            .post(&format!("/api/v1/changes/{}/cancel", cut["id"].as_str().unwrap()), &json!({}))
            .expect(200);

        let packs = json!({"packs": ["dynamic_limits"], "reason": "Limits follow."}).to_string();
        let media = [("Content-Type", "application/merge-patch+json")];
        let change =
            house.admin.send("PATCH", "/api/v1/approval-policy", &media, packs.as_bytes()).expect(202);
        let cfo = house.server.client().with_token(&person(&house.admin, "cfo", &["cfo"]));
        let approve = format!("/api/v1/changes/{}/approve", change["id"].as_str().unwrap());
        house.controller.post(&approve, &json!({})).expect(200);
        assert_eq!(cfo.post(&approve, &json!({})).expect(200)["state"], "applied");

        // A payment is enough: the limit follows within seconds, by half in a week at most.
        let paid = json!({"payment_no": "P-now", "entity": "US", "amount": usd("10.00"), "received_on": day(0), "allocations": []});
        house
            .ops
            .post("/api/v1/touchpoints", &json!([event("now", "payment.received", 0, &paid)]))
            .expect(200);
        let until = Instant::now() + Duration::from_secs(20);
        while house.seller.get(&path).expect(200)["credit_limit"] != usd("200000.00") {
            assert!(Instant::now() < until, "{}", house.seller.get(&path).text());
            std::thread::sleep(Duration::from_millis(50));
        }
        let told = house.seller.get("/api/v1/notifications?state=unread").expect(200);
        assert!(
            told["items"].as_array().unwrap().iter().any(|item| item["kind"] == "limit_lowered"),
            "{told}"
        );
    });
}
