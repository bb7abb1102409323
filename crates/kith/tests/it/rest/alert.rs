//! Alerts: seconds after the event, with their statistic; cleared with their cause; closed with what they were.

use std::time::{Duration, Instant};

use jiff::{Timestamp, ToSpan};
use kith_testkit::http::Client;
use serde_json::{Value, json};

use crate::house::{House, on_each, problem};

/// A bound for the machine of the tests; on a quiet one it takes less than a second.
const PATIENCE: Duration = Duration::from_secs(20);

fn event(id: &str, kind: &str, days_ago: i64, data: &Value) -> Value {
    let at = Timestamp::now().checked_sub((days_ago * 24).hours()).unwrap();
    json!({"specversion": "1.0", "id": id, "source": "erp", "type": format!("io.kith.{kind}"), "time": at.to_string(),
        "subject": "external:erp:4711", "data": data})
}

pub(super) fn order(id: &str, days_ago: i64, amount: &str) -> Value {
    let value = json!({"amount": amount, "currency": "USD"});
    event(id, "order.placed", days_ago, &json!({"order_no": id, "entity": "US", "value": value}))
}

pub(super) fn bring(house: &House, events: &[Value]) {
    let reply = house.ops.post("/api/v1/touchpoints", &json!(events)).expect(200);
    assert_eq!(reply["accepted"], events.len(), "{reply}");
}

/// A customer with twenty ordinary orders, one every four days.
pub(super) fn customer(house: &House) -> Value {
    let account = house.account("Nordwind", "US", "4711");
    order_as_ever(house);
    account
}

/// Twenty ordinary orders, one every four days.
fn order_as_ever(house: &House) {
    let amounts = ["100.00", "110.00", "95.00", "105.00", "102.00", "98.00"];
    let orders: Vec<Value> =
        (1..=20).map(|back| order(&format!("O{back}"), back * 4, amounts[back as usize % 6])).collect();
    bring(house, &orders);
}

fn alerts(client: &Client, query: &str) -> Vec<Value> {
    client.get(&format!("/api/v1/alerts{query}")).expect(200)["items"].as_array().unwrap().clone()
}

/// Waits until so many alerts are in a state.
#[track_caller]
pub(super) fn wait_for(house: &House, query: &str, count: usize) -> Vec<Value> {
    let until = Instant::now() + PATIENCE;
    loop {
        let found = alerts(&house.seller, query);
        if found.len() == count {
            return found;
        }
        assert!(Instant::now() < until, "{query}: {found:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn an_order_that_is_not_like_the_customer_is_told_with_its_statistic() {
    on_each(|house| {
        let account = customer(house);
        bring(house, &[order("O-900", 0, "900.00")]);
        let [alert] = wait_for(house, "?kind=unusual_spending", 1).try_into().unwrap();
        assert_eq!(
            (&alert["account"], &alert["severity"], &alert["state"]),
            (&account["id"], &json!("high"), &json!("open"))
        );
        let sign = &alert["explanation"][0];
        assert_eq!(
            (&sign["detector"], &sign["medium"], &sign["high"]),
            (&json!("amount"), &json!(3.5), &json!(6.0))
        );
        assert!(sign["statistic"].as_f64().unwrap() > 6.0, "{sign}");
        assert_eq!(alert["evidence"][0]["data"]["order_no"], "O-900");
        assert_eq!(alerts(&house.seller, &format!("?account={}", account["id"].as_str().unwrap())).len(), 1);

        let path = format!("/api/v1/alerts/{}", alert["id"].as_str().unwrap());
        assert_eq!(house.seller.get(&path).expect(200), alert);
        let outcome = json!({"outcome": "legitimate"});
        for (verb, body) in [("acknowledge", json!({})), ("close", outcome)] {
            let own = house.seller.post(&format!("{path}/{verb}"), &body);
            assert_eq!(problem(&own, 403).0, "access.denied", "whoever sells settles no alert");
        }
        let seen = house.ar.post(&format!("{path}/acknowledge"), &json!({})).expect(200);
        assert_eq!((&seen["state"], &seen["acknowledged_by"]), (&json!("acknowledged"), &json!("ar")));
        let outcome = json!({"outcome": "confirmed_fraud", "comment": "Nobody there knows of it."});
        let closed = house.ar.post(&format!("{path}/close"), &outcome).expect(200);
        assert_eq!((&closed["state"], &closed["outcome"]), (&json!("closed"), &json!("confirmed_fraud")));
        let thresholds = house.seller.get("/api/v1/alerts/thresholds").expect(200);
        let amount = thresholds.as_array().unwrap().iter().find(|one| one["detector"] == "amount").unwrap();
        assert_eq!(
            (&amount["outcomes"], &amount["worth"], &amount["precision"]),
            (&json!(1), &json!(1), &json!(1.0))
        );

        let late = house.ar.post(&format!("{path}/close"), &json!({"outcome": "legitimate"}));
        assert_eq!(problem(&late, 409).0, "alert.already_closed");
        bring(house, &[order("O-901", 0, "101.00")]);
        assert!(alerts(&house.seller, "").is_empty(), "what was settled stays settled");
    });
}

#[test]
fn an_alert_ends_with_its_cause() {
    on_each(|house| {
        customer(house);
        bring(house, &[order("O-900", 0, "900.00")]);
        wait_for(house, "", 1);
        bring(house, &[event("c-900", "order.cancelled", 0, &json!({"order_no": "O-900"}))]);
        wait_for(house, "", 0);
        let [cleared] = wait_for(house, "?state=closed", 1).try_into().unwrap();
        assert_eq!((&cleared["cleared"], &cleared["outcome"]), (&json!(true), &Value::Null));

        bring(house, &[order("O-950", 0, "950.00")]);
        wait_for(house, "", 1);
        let value = json!({"amount": "95.00", "currency": "USD"});
        bring(house, &[event("a-950", "order.amended", 0, &json!({"order_no": "O-950", "value": value}))]);
        wait_for(house, "", 0);
    });
}

#[test]
fn alerts_of_one_order_name_it_once_each() {
    on_each(|house| {
        customer(house);
        let address = |street: &str| json!({"lines": [street], "city": "Reno", "postal_code": "89501", "country": "US"});
        let mut known = order("O-1", 0, "100.00");
        known["data"]["ship_to"] = address("1 Near Road");
        bring(house, &[known]);
        let mut odd = order("O-900", 0, "900.00");
        odd["data"]["ship_to"] = address("9 Far Road");
        bring(house, &[odd]);
        let until = Instant::now() + PATIENCE;
        let all = loop {
            let all = alerts(&house.seller, "");
            if all.len() > 1 {
                break all;
            }
            assert!(Instant::now() < until, "the amount is unusual as well: {all:?}");
            std::thread::sleep(Duration::from_millis(50));
        };
        for alert in all {
            assert_eq!(alert["evidence"].as_array().unwrap().len(), 1, "{alert}");
        }
    });
}

#[test]
fn more_on_order_than_the_limit_and_a_new_address_are_told() {
    on_each(|house| {
        let account = super::credit::customer(house, "4711", "2500.00");
        order_as_ever(house);

        let mut known = order("O-1", 0, "100.00");
        known["data"]["ship_to"] =
            json!({"lines": ["1 Main Street"], "city": "Chicago", "postal_code": "60601", "country": "US"});
        bring(house, &[known.clone()]);
        let mut new = order("O-2", 0, "105.00");
        new["data"]["ship_to"] =
            json!({"lines": ["9 Far Rd"], "city": "Reno", "country": "US", "kind": "freight_forwarder"});
        bring(house, &[new]);
        let [place] = wait_for(house, "?kind=new_ship_to", 1).try_into().unwrap();
        assert_eq!(place["severity"], "medium", "{place}");
        assert!(place["evidence"][0]["data"].get("ship_to").is_none(), "where it goes is personal");
        assert!(alerts(&house.seller, "?kind=over_limit").is_empty());

        // Nothing of it is invoiced: some 2,240 are on order; a thousand more is over.
        let more: Vec<Value> = (0..10).map(|at| order(&format!("M{at}"), 1, "100.00")).collect();
        bring(house, &more);
        let [over] = wait_for(house, "?kind=over_limit", 1).try_into().unwrap();
        assert!(over["explanation"][0]["text"].as_str().unwrap().contains("USD 2500.00"), "{over}");
        assert!(over["explanation"][0]["statistic"].as_f64().unwrap() > 1.0);
        let back: Vec<Value> = (0..10)
            .map(|at| event(&format!("c{at}"), "order.cancelled", 0, &json!({"order_no": format!("M{at}")})))
            .collect();
        bring(house, &back);
        wait_for(house, "?kind=over_limit", 0);

        // What is reserved counts: 200 of it and an order of 100 are over together, and neither alone.
        let body =
            json!({"account": account, "entity": "US", "amount": {"amount": "200.00", "currency": "USD"}});
        let made = house.seller.post_once("/api/v1/credit/reservations", "r-1", &body).expect(201);
        bring(house, &[order("O-3", 0, "100.00")]);
        let [over] = wait_for(house, "?kind=over_limit", 1).try_into().unwrap();
        let text = over["explanation"][0]["text"].as_str().unwrap();
        assert!(text.contains("USD 200.00 of it reserved"), "{text}");
        let void = format!("/api/v1/credit/reservations/{}/void", made["id"].as_str().unwrap());
        house.seller.post(&void, &json!({})).expect(200);
        wait_for(house, "?kind=over_limit", 0);
    });
}

#[test]
fn whoever_may_not_learns_nothing_and_wrong_words_are_named() {
    on_each(|house| {
        customer(house);
        bring(house, &[order("O-900", 0, "900.00")]);
        let [alert] = wait_for(house, "", 1).try_into().unwrap();
        let path = format!("/api/v1/alerts/{}", alert["id"].as_str().unwrap());
        assert!(alerts(&house.german, "").is_empty());
        assert_eq!(problem(&house.german.get(&path), 404).0, "alert.not_found");
        let outcome = json!({"outcome": "legitimate"});
        let german_ar = house.server.client().with_token(&crate::house::person(
            &house.admin,
            "german-ar",
            &["ar_manager@DE"],
        ));
        assert_eq!(problem(&german_ar.post(&format!("{path}/close"), &outcome), 404).0, "alert.not_found");
        assert_eq!(problem(&house.german.post(&format!("{path}/close"), &outcome), 403).0, "access.denied");
        assert_eq!(house.ops.get("/api/v1/alerts").status, 403);
        assert_eq!(house.nobody.get(&path).status, 403);
        let wrong = house.ar.post(&format!("{path}/close"), &json!({"outcome": "perhaps"}));
        assert_eq!(problem(&wrong, 422).1[0].0, "/outcome");
        assert_eq!(problem(&house.seller.get("/api/v1/alerts?kind=odd"), 422).1[0].0, "/kind");
        assert_eq!(problem(&house.seller.get("/api/v1/alerts?account=odd"), 422).1[0].0, "/account");
        let missing = house.seller.get("/api/v1/alerts/alr_0198b2c4d5e67f8091a2b3c4d5e6f7ff");
        assert_eq!(problem(&missing, 404).0, "alert.not_found");
    });
}
