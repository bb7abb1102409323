//! Holds and the watch over REST: what stands at once, what waits, who releases, what is shown.

use kith_testkit::http::Client;
use serde_json::{Value, json};

use crate::house::{House, on_each, order, person, problem};

fn holds(house: &House, path: &str) -> Value {
    house.seller.get(&format!("{path}/holds")).expect(200)["items"].clone()
}

fn roles(change: &Value) -> Vec<&str> {
    change["steps"].as_array().unwrap().iter().map(|step| step["role"].as_str().unwrap()).collect()
}

fn approve(change: &Value, by: &Client) -> Value {
    by.post(&format!("/api/v1/changes/{}/approve", change["id"].as_str().unwrap()), &json!({})).expect(200)
}

#[test]
fn a_compliance_hold_stands_at_once_and_two_officers_release_it() {
    on_each(|house| {
        let account = house.account("Acme Corporation", "US", "1");
        let path = format!("/api/v1/accounts/{}", account["id"].as_str().unwrap());
        let wrong =
            json!({"type": "sad", "scope": "entity", "reason": " ", "review_at": "soon", "blocks": "x"});
        let (code, errors) = problem(&house.seller.post_once(&format!("{path}/holds"), "w", &wrong), 422);
        let places: Vec<&str> = errors.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, ["/type", "/blocks", "/review_at", "/entity", "/reason"], "{code}");
        let idle = json!({"type": "compliance", "reason": "The owner is on a list.", "blocks": "nothing"});
        let (_, errors) = problem(&house.seller.post_once(&format!("{path}/holds"), "i", &idle), 422);
        assert_eq!(errors, [("/blocks".to_owned(), "contradicts_type".to_owned())]);
        let body = json!({"type": "compliance", "reason": "The owner is on a list."});
        let held = house.seller.post_once(&format!("{path}/holds"), "c", &body).expect(201);
        assert_eq!((&held["status"], &held["stage"]), (&json!("suspended"), &account["stage"]));
        let again = house.seller.post_once(&format!("{path}/holds"), "c", &body).expect(201);
        assert_eq!(again["holds"].as_array().unwrap().len(), 1, "the same key does it once");
        let hold = &holds(house, &path)[0];
        assert_eq!((&hold["blocks"], &hold["scope"]), (&json!("all"), &json!("account")));
        assert_eq!(hold["reason"], "The owner is on a list.");
        assert!(hold["release_rule"].as_str().unwrap().contains("compliance officers"));
        let one = format!("{path}/holds/{}", hold["id"].as_str().unwrap());
        assert_eq!(&house.seller.get(&one).expect(200), hold);
        let found = house.seller.get("/api/v1/accounts?filter=status%20%3D%3D%20%22suspended%22").expect(200);
        assert_eq!(found["items"].as_array().unwrap().len(), 1);
        // Whatever is asked of it meanwhile is looked at more closely.
        let manual = json!({"type": "manual", "reason": "Look first."});
        let second = house.ops.post_once(&format!("{path}/holds"), "m", &manual).expect(202);
        assert_eq!((&second["lane"], roles(&second)), (&json!("yellow"), vec!["ar_manager"]));
        let reason = json!({"reason": "It is another person."});
        let change = house.ops.post_once(&format!("{one}/release"), "r", &reason).expect(202);
        let again = json!({"reason": "Asked once more."});
        let second = house.ops.post_once(&format!("{one}/release"), "again", &again);
        assert_eq!(problem(&second, 409).0, "change.already_waiting");
        assert!(second.json()["detail"].as_str().unwrap().contains(change["id"].as_str().unwrap()));
        assert_eq!((&change["lane"], roles(&change)), (&json!("red"), vec!["compliance"]));
        let officer =
            |name: &str| house.server.client().with_token(&person(&house.admin, name, &["compliance"]));
        let (first, other) = (officer("first"), officer("other"));
        assert_eq!(approve(&change, &first)["state"], "waiting");
        assert_eq!(approve(&change, &other)["state"], "applied");
        assert_eq!(house.seller.get(&path).expect(200)["status"], account["status"]);
        let gone = house.ops.post_once(&format!("{one}/release"), "r2", &reason);
        assert_eq!(problem(&gone, 404).0, "account.hold_not_found");
    });
}

#[test]
fn a_credit_hold_is_released_with_authority_for_what_is_owed() {
    on_each(|house| {
        let account = house.account("Acme Corporation", "US", "1");
        let path = format!("/api/v1/accounts/{}", account["id"].as_str().unwrap());
        let body = json!({"type": "credit", "entity": "DE", "reason": "Two promises broken.",
            "release_rule": "The oldest invoice is at most 15 days late."});
        let placed = house.ops.post_once(&format!("{path}/holds"), "h", &body).expect(202);
        assert_eq!(roles(&placed), ["ar_manager"]);
        assert_eq!(approve(&placed, &house.ar)["state"], "applied");
        let seen = |entity: &str| {
            let account = house.admin.get(&format!("{path}?entity={entity}")).expect(200);
            account["status"].as_str().unwrap().to_owned()
        };
        assert_eq!((seen("DE"), seen("US")), ("credit_hold".to_owned(), "prospect".to_owned()));
        let hold = format!("{path}/holds/{}/release", holds(house, &path)[0]["id"].as_str().unwrap());
        let analyst = house.server.client().with_token(&person(&house.admin, "analyst", &["credit_analyst"]));
        let reason = json!({"reason": "They paid."});
        let small = house.ops.post_once(&hold, "r1", &reason).expect(202);
        assert_eq!(roles(&small), ["credit_analyst"]);
        let mut invoice = order("in-1", "1", "250000.00");
        invoice["type"] = json!("io.kith.invoice.posted");
        invoice["data"] = json!({"invoice_no": "in-1", "amount": {"amount": "250000.00", "currency": "USD"},
            "entity": "US", "issued_on": "2026-11-01", "due_on": "2026-11-20"});
        let taken = house.ops.post("/api/v1/touchpoints", &invoice).expect(200);
        assert_eq!(taken["accepted"], 1, "{taken}");
        let large = house.ops.post_once(&hold, "r2", &reason).expect(202);
        assert_eq!((roles(&large), &large["lane"]), (vec!["controller"], &json!("yellow")));
        // Whoever sells to the customer does not release its hold.
        assert_eq!(approve(&small, &analyst)["state"], "applied");
        assert_eq!(seen("DE"), "prospect");
    });
}

#[test]
fn a_watch_warns_and_stops_nothing() {
    on_each(|house| {
        let account = house.account("Acme Corporation", "US", "1");
        let path = format!("/api/v1/accounts/{}/watch", account["id"].as_str().unwrap());
        let soon = json!({"reason": "Bad news.", "expires_at": "tomorrow"});
        assert_eq!(problem(&house.seller.post_once(&path, "x", &soon), 422).1[0].0, "/expires_at");
        let past = json!({"reason": "Bad news.", "expires_at": "2020-01-01"});
        assert_eq!(problem(&house.seller.post_once(&path, "p", &past), 422).1[0].1, "out_of_range");
        let watched = house.seller.post_once(&path, "w", &json!({"reason": "Bad news."})).expect(200);
        assert_eq!((&watched["status"], &watched["watch"]["reason"]), (&json!("watch"), &json!("Bad news.")));
        let cleared = house.seller.send("DELETE", &format!("{path}?reason=Over."), &[], &[]).expect(200);
        assert_eq!((&cleared["status"], &cleared["watch"]), (&account["status"], &Value::Null));
    });
}
