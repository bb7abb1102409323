//! Sudden death while many reserve: what was answered holds afterwards exactly once, what was not is there or not, and
//! nothing ever holds more than the limit.

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use kith_testkit::http::Client;
use kith_testkit::postgres::{TempDatabase, fresh_database};
use serde_json::{Value, json};

use crate::house::{approve, init, person, place, serve};

/// How often the server is killed.
const CYCLES: u64 = 12;
/// Who asks at once.
const CALLERS: u64 = 6;

/// What one caller knows: requests that were answered, and the one that may not have been.
#[derive(Debug, Default)]
struct Caller {
    asked: u64,
    unanswered: bool,
    reserved: u64,
}

/// Asks until the server is gone; the request without an answer is sent again first.
fn ask(client: &Client, nth: u64, account: &str, caller: &mut Caller) {
    loop {
        if !caller.unanswered {
            caller.asked += 1;
            caller.unanswered = true;
        }
        let body = json!({"account": account, "entity": "US", "amount": {"amount": "10.00", "currency": "USD"}, "timeout_s": 2_592_000});
        let key = format!("caller-{nth}-{}", caller.asked);
        let headers = [("Content-Type", "application/json"), ("Idempotency-Key", key.as_str())];
        let sent =
            client.try_send("POST", "/api/v1/credit/reservations", &headers, body.to_string().as_bytes());
        let Ok(reply) = sent else { return };
        match reply.status {
            200 | 201 => caller.reserved += 1,
            409 => assert_eq!(reply.json()["code"], "credit_held"),
            other => panic!("{other}: {}", reply.text()),
        }
        caller.unanswered = false;
    }
}

#[test]
fn reservations_survive_sudden_death_once() {
    survive(None);
}

#[test]
fn reservations_survive_sudden_death_once_on_postgresql() {
    match fresh_database() {
        Some(database) => survive(Some(&database)),
        None => eprintln!("left out: {} is not set", kith_testkit::postgres::SERVER),
    }
}

fn survive(database: Option<&TempDatabase>) {
    let dir = tempfile::tempdir().unwrap();
    let words = place(&dir.path().join("data"), database);
    let token = init(&words);
    let server = serve(&words);
    let admin = server.client().with_token(&token);
    let tokens = [("seller", "account_manager"), ("ar", "ar_manager"), ("controller", "controller")]
        .map(|(name, role)| person(&admin, name, &[role]));
    let [seller, ar, controller] = tokens.each_ref().map(|token| server.client().with_token(token));
    let body = json!({"name": "Acme", "email": "a@customer.example", "owning_entity": "US", "stage": "active",
        "credit_limit": {"amount": "4000", "currency": "USD"}});
    let waiting = seller.post_once("/api/v1/accounts", "create", &body).expect(202);
    let account = approve(&ar, &controller, &waiting)["target"].as_str().unwrap().to_owned();
    server.kill();
    let callers: Vec<Mutex<Caller>> = (0..CALLERS).map(|_| Mutex::default()).collect();
    for cycle in 0..CYCLES {
        let server = serve(&words);
        thread::scope(|scope| {
            for (nth, caller) in (0..).zip(&callers) {
                let client = server.client().with_token(&tokens[0]);
                let account = &account;
                scope.spawn(move || ask(&client, nth, account, &mut caller.lock().unwrap()));
            }
            thread::sleep(Duration::from_millis(60 + cycle * 37 % 190));
            server.kill();
        });
    }
    let server = serve(&words);
    let client = server.client().with_token(&tokens[0]);
    let mut answered = 0;
    let mut lost = 0;
    for caller in callers {
        let caller = caller.into_inner().unwrap();
        answered += caller.reserved;
        lost += u64::from(caller.unanswered);
    }
    let standing = client.get(&format!("/api/v1/accounts/{account}/credit")).expect(200);
    let held = standing["buckets"]["pending"]["amount"].as_str().unwrap();
    let held: f64 = held.parse().unwrap();
    let count = (held / 10.0).round() as u64;
    assert!(held <= 4_000.0, "{held}");
    assert!((answered..=answered + lost).contains(&count), "{answered} answered, {lost} lost, {count} held");
    assert!(answered > 20, "{answered}");
    let mut listed = 0;
    let mut path = format!("/api/v1/accounts/{account}/credit/reservations?limit=200");
    loop {
        let page = client.get(&path).expect(200);
        let pending = |item: &&Value| item["state"] == "pending";
        listed += page["items"].as_array().unwrap().iter().filter(pending).count() as u64;
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/api/v1/accounts/{account}/credit/reservations?limit=200&cursor={cursor}");
    }
    assert_eq!(listed, count);
}
