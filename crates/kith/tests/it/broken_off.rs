//! Sudden death of a job on many accounts: it says that it broke off, and taken up again it does the rest, each account once.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use kith_testkit::http::Client;
use kith_testkit::postgres::{TempDatabase, fresh_database};
use serde_json::{Value, json};

use crate::durable::pages;
use crate::house::{approve, init, person, place, serve};

/// How many accounts the job is for; most of them are left when the server dies.
const ACCOUNTS: usize = 120;
const JOB: &str = "/api/v1/bulk-jobs/calls";

#[test]
fn a_job_that_broke_off_is_taken_up_and_does_each_account_once() {
    broken_off(None);
}

#[test]
fn a_job_that_broke_off_is_taken_up_and_does_each_account_once_on_postgresql() {
    match fresh_database() {
        Some(database) => broken_off(Some(&database)),
        None => eprintln!("left out: {} is not set", kith_testkit::postgres::SERVER),
    }
}

/// The job, once its state is the one waited for.
fn job(seller: &Client, state: &str) -> Value {
    let mut job = Value::Null;
    for _ in 0..1_200 {
        job = seller.get(JOB).expect(200);
        if job["state"] == state {
            return job;
        }
        thread::sleep(Duration::from_millis(25));
    }
    panic!("not {state}: {job}");
}

fn broken_off(database: Option<&TempDatabase>) {
    let dir = tempfile::tempdir().unwrap();
    let words = place(&dir.path().join("data"), database);
    let token = init(&words);
    let server = serve(&words);
    let admin = server.client().with_token(&token);
    let people = [("seller", "account_manager"), ("ar", "ar_manager"), ("controller", "controller")];
    let tokens = people.map(|(name, role)| person(&admin, name, &[role]));
    let [seller, ar, controller] = tokens.each_ref().map(|token| server.client().with_token(token));
    for nth in 0..ACCOUNTS {
        let body = json!({"name": format!("Acme {nth}"), "email": format!("a{nth}@customer.example"),
            "owning_entity": "US", "stage": "prospect"});
        let made = seller.post_once("/api/v1/accounts", &format!("create-{nth}"), &body);
        if made.status == 202 {
            approve(&ar, &controller, &made.json());
        }
    }
    let act = json!({"task": {"title": "Call them", "due": "2030-12-20"}});
    let body = json!({"filter": "has(name)", "act": act}).to_string();
    let key = [("idempotency-key", "calls")];
    let begun = seller.send("POST", "/api/v1/accounts:bulk", &key, body.as_bytes()).expect(202);
    assert_eq!(begun["total"], ACCOUNTS, "{begun}");
    thread::sleep(Duration::from_millis(60));
    server.kill();

    let server = serve(&words);
    let seller = server.client().with_token(&tokens[0]);
    let broken = job(&seller, "broken_off");
    assert!(broken["looked_at"].as_u64().unwrap() < ACCOUNTS as u64, "it was over too soon: {broken}");
    seller.post(&format!("{JOB}/resume"), &json!({})).expect(200);
    let done = job(&seller, "finished");
    assert_eq!((&done["done"], &done["refused"]), (&json!(ACCOUNTS), &json!(0)), "{done}");
    let tasks = pages(&seller, "/api/v1/tasks?limit=200");
    let titled: Vec<&Value> = tasks.iter().filter(|task| task["title"] == "Call them").collect();
    let accounts: BTreeSet<String> = titled.iter().map(|task| task["account"].to_string()).collect();
    assert_eq!((titled.len(), accounts.len()), (ACCOUNTS, ACCOUNTS), "one task each");
    assert!(server.stop().0.success());
}
