//! Sudden death in the middle of an import: killed again and again at random moments, it goes on where it stopped,
//! nothing is lost and nothing is there twice.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, RandomState};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use kith_testkit::postgres::{TempDatabase, fresh_database};
use kith_testkit::process::kith;
use serde_json::{Value, json};

use crate::durable::pages;
use crate::house::{init, person, place, serve};

/// Most kills before it must have ended.
const KILLS_MAX: u64 = 400;

/// A file of so many rows; every tenth is at fault.
fn file(rows: u64) -> String {
    let mut text = "external_id,name,email\n".to_owned();
    for row in 0..rows {
        let email = if row % 10 == 9 { "broken".to_owned() } else { format!("ap@c{row}.example") };
        text.push_str(&format!("X{row},Customer number {row},{email}\n"));
    }
    text
}

fn killed_again_and_again(database: Option<&TempDatabase>, rows: u64) {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let words = place(&data, database);
    let admin = init(&words);
    let server = serve(&words);
    let admin = server.client().with_token(&admin);
    let [ops, manager, seller] =
        ["ops", "manager", "account_manager"].map(|role| person(&admin, role, &[role]));
    let client = |server: &kith_testkit::process::Server, token: &str| server.client().with_token(token);
    let headers = [("Content-Type", "text/csv"), ("Idempotency-Key", "kill")];
    let path = "/api/v1/imports?source_system=erp&entity=US&batch_size=7&execute=true";
    let staged = client(&server, &ops).send("POST", path, &headers, file(rows).as_bytes()).expect(202);
    let approve = format!("/api/v1/changes/{}/approve", staged["change"].as_str().unwrap());
    client(&server, &manager).post(&approve, &json!({})).expect(200);
    server.kill();

    let import = format!("/api/v1/imports/{}", staged["id"].as_str().unwrap());
    let (random, mut kills, mut before) = (RandomState::new(), 0, 0);
    let done = loop {
        let server = serve(&words);
        let wait = Duration::from_millis(10 + random.hash_one(kills) % 240);
        let until = Instant::now() + wait;
        let mut seen = Value::Null;
        while Instant::now() < until && seen["state"] != "finished" {
            seen = client(&server, &ops).get(&import).expect(200);
            thread::sleep(Duration::from_millis(5));
        }
        let so_far = seen["counts"]["done"].as_u64().unwrap_or(before);
        assert!(so_far >= before, "rows done went back");
        before = so_far;
        if seen["state"] == "finished" {
            break seen;
        }
        let killed = Command::new("kill").args(["-KILL", &server.id().to_string()]).status();
        assert!(killed.unwrap().success());
        kills += 1;
        assert!(kills < KILLS_MAX, "it does not come to an end: {seen}");
    };
    eprintln!("an import of {rows} rows was killed {kills} times");
    let faulty = rows / 10;
    let good = usize::try_from(rows - faulty).unwrap();
    let counts = &done["counts"];
    assert_eq!((&counts["created"], &counts["failed"]), (&json!(good), &json!(faulty)), "{done}");
    let server = serve(&words);
    let accounts = pages(&client(&server, &seller), "/api/v1/accounts?fields=name&limit=200");
    let names: BTreeSet<&str> = accounts.iter().map(|account| account["name"].as_str().unwrap()).collect();
    assert_eq!((accounts.len(), names.len()), (good, good), "nothing is there twice, nothing is lost");
    let errors = client(&server, &ops).get(&format!("{import}/errors.csv")).text();
    assert_eq!(errors.lines().count(), usize::try_from(faulty).unwrap() + 1);
    assert!(server.stop().0.success());
    let verified = kith(["verify", "--json"]).args(&words).output().unwrap();
    let verified: Value = serde_json::from_slice(&verified.stdout).unwrap();
    assert_eq!(verified["faults"], json!([]), "{verified}");
}

#[test]
fn an_import_that_is_killed_goes_on_where_it_stopped() {
    killed_again_and_again(None, 600);
}

#[test]
fn an_import_that_is_killed_goes_on_over_postgresql_too() {
    match fresh_database() {
        Some(database) => killed_again_and_again(Some(&database), 100),
        None => eprintln!("left out on PostgreSQL: {} is not set", kith_testkit::postgres::SERVER),
    }
}
