//! The door of orders, case by case: what is asked in an odd way, and what comes of it.

use kith_testkit::http::Client;
use serde_json::{Value, json};

use super::order::{bolts, place, usd};
use crate::house::{House, problem};

/// What an order comes to: status, where it stands (or the problem's code), and what is said of it.
pub(super) struct Case {
    what: &'static str,
    body: Value,
    status: u16,
    state: &'static str,
    /// Codes that are among the reasons, or faults with their places.
    said: &'static [&'static str],
    total: Option<&'static str>,
}

pub(super) fn case(
    what: &'static str,
    body: Value,
    status: u16,
    state: &'static str,
    said: &'static [&'static str],
) -> Case {
    Case { what, body, status, state, said, total: None }
}

impl Case {
    pub(super) fn of(mut self, total: &'static str) -> Self {
        self.total = Some(total);
        self
    }
}

/// An order of the first customer with something else in it.
pub(super) fn with(number: &str, pointer: &str, value: Value) -> Value {
    let mut body = bolts("1", number, 10);
    let (above, name) = pointer.rsplit_once('/').unwrap();
    let place = body.pointer_mut(above).unwrap();
    match place {
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        _ => place[name] = value,
    }
    body
}

/// An order for so many of something.
pub(super) fn line(number: &str, item: &str, qty: Value) -> Value {
    with(number, "/lines", json!([{"item": item, "qty": qty}]))
}

/// An order that tells its customer otherwise.
pub(super) fn from(number: &str, account: Option<&str>, sold_to: Value) -> Value {
    let mut body = bolts("1", number, 1);
    body.as_object_mut().unwrap().remove("account");
    if let Some(account) = account {
        body["account"] = json!(account);
    }
    if !sold_to.is_null() {
        body["parties"]["sold_to"] = sold_to;
    }
    body
}

#[track_caller]
fn holds(client: &Client, case: &Case, nth: usize) {
    let what = case.what;
    let reply = place(client, &format!("case-{nth}"), &case.body);
    assert_eq!(reply.status, case.status, "{what}: {}", reply.text());
    let told = reply.json();
    let (state, said): (String, Vec<String>) = if matches!(case.status, 201 | 202) {
        let reasons = told["reasons"].as_array().unwrap().iter();
        let said = reasons.map(|reason| reason["code"].as_str().unwrap().to_owned()).collect();
        (told["state"].as_str().unwrap().to_owned(), said)
    } else {
        let (code, faults) = problem(&reply, case.status);
        let mut said: Vec<String> = faults.iter().map(|(place, code)| format!("{place} {code}")).collect();
        let reasons = told["reasons"].as_array().into_iter().flatten();
        said.extend(reasons.map(|reason| reason["code"].as_str().unwrap().to_owned()));
        (code, said)
    };
    assert_eq!(state, case.state, "{what}: {told}");
    for wanted in case.said {
        assert!(said.iter().any(|one| one == wanted), "{what}: {wanted} is not among {said:?}");
    }
    if let Some(total) = case.total {
        assert_eq!(told["total"], usd(total), "{what}");
    }
    if case.status == 202 {
        assert!(!said.is_empty(), "{what}: held without a reason");
        assert_eq!(told["reservation_id"], Value::Null, "{what}: what is held holds no credit");
    }
}

/// Runs a table; what went would use up the limit, so each is called off again.
pub(super) fn run(house: &House, cases: &[Case]) {
    for (nth, case) in cases.iter().enumerate() {
        // Only who books receipts says that something is paid.
        let client = if case.body.get("paid").is_some() { &house.ops } else { &house.seller };
        holds(client, case, nth);
        let open = house.seller.get("/api/v1/orders?state=confirmed").expect(200);
        for order in open["items"].as_array().unwrap() {
            let path = format!("/api/v1/orders/{}/cancel", order["id"].as_str().unwrap());
            house.seller.post(&path, &json!({})).expect(200);
        }
    }
}
