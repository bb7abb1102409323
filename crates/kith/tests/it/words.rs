//! The command line, end to end on a directory: what the tutorial says, and what is refused.

use std::ffi::OsString;
use std::path::Path;
use std::process::Output;

use kith_testkit::process::kith;
use serde_json::{Value, json};

use crate::figures::{bring, examples, said};
use crate::house::{init, place};

/// The day on which the wholesaler's records end.
const DAY: &str = "1998-05-06";

/// Runs a command that must not succeed; gives its exit code and both streams.
#[track_caller]
fn refused(words: &[&str], place: &[OsString]) -> (i32, String) {
    let output: Output = kith(words).args(place).output().unwrap();
    let told =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(!output.status.success(), "kith {words:?} was not refused: {told}");
    assert!(!told.contains("panicked"), "{told}");
    (output.status.code().unwrap(), told)
}

#[test]
fn identifiers_at_fault_end_with_one() {
    let dir = tempfile::tempdir().unwrap();
    let words = place(&dir.path().join("data"), None);
    init(&words);
    let (code, told) = refused(&["identifier", "validate", "lei", "5493001KJTIIGC8Y1R13"], &words);
    assert_eq!(code, 1);
    assert!(told.contains("check digits"), "{told}");
    assert_eq!(said(&["identifier", "validate", "lei", "5493001KJTIIGC8Y1R12"], &words)["valid"], true);
    let rows = dir.path().join("rows.csv");
    std::fs::write(&rows, "kind,value\nlei,5493001KJTIIGC8Y1R12\nein,00-1234567\n").unwrap();
    let (code, told) = refused(&["identifier", "validate", "--file", rows.to_str().unwrap()], &words);
    assert_eq!(code, 1);
    assert!(told.contains("1 of 2 valid"), "{told}");
}

#[test]
fn the_tutorial_runs_from_two_files_to_an_answer_and_back_from_a_backup() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let mut words = place(&data, None);
    words.extend(["--today".into(), DAY.into()]);
    init(&words);
    let file = |name: &str| examples().join("northwind").join(name).to_str().unwrap().to_owned();
    let (customers, map) = (file("customers.csv"), file("customers.map.json"));
    let looked = said(&["import", &customers, "--map", &map, "--validate-only"], &words);
    assert_eq!(
        (&looked["counts"]["rows"], &looked["counts"]["invalid"]),
        (&json!(93), &json!(0)),
        "{looked}"
    );
    let (counts, taken) = bring("northwind", "orders.csv", &words);
    assert_eq!((&counts["created"], &counts["failed"]), (&json!(93), &json!(0)), "{counts}");
    assert_eq!((&taken["accepted"], &taken["duplicates"]), (&json!(1_639), &json!(0)), "{taken}");
    let again = said(&["ingest", &file("orders.csv"), "--map", &file("orders.events.json")], &words);
    assert_eq!((&again["accepted"], &again["duplicates"]), (&json!(0), &json!(1_639)), "{again}");

    let top = said(&["ask", "top 3 customers by order value this year"], &words);
    assert_eq!(top["items"].as_array().unwrap().len(), 3, "{top}");
    let silent = said(&["ask", "which customers have not ordered for 60 days"], &words);
    assert!(silent["filter"].as_str().unwrap().contains("days_since_last_order"), "{silent}");
    let one = said(&["ask", "what is Ernst Handel's relationship health"], &words);
    assert!(
        one["answer"].to_string().contains("Ernst Handel") || one.to_string().contains("Ernst Handel"),
        "{one}"
    );

    let verified = said(&["verify"], &words);
    assert_eq!((&verified["faults"], &verified["touchpoints"]), (&json!([]), &json!(1_639)), "{verified}");
    said(&["rebuild"], &words);
    assert_eq!(said(&["verify"], &words)["profile"], verified["profile"], "a rebuild gives the same profile");
    let copy = dir.path().join("copy");
    said(&["backup", copy.to_str().unwrap()], &words);
    refused(&["backup", copy.to_str().unwrap()], &words);
    let mut other = place(&dir.path().join("other"), None);
    said(&["restore", copy.to_str().unwrap()], &other);
    other.extend(["--today".into(), DAY.into()]);
    let restored = said(&["verify"], &other);
    for same in ["root", "profile", "records", "touchpoints", "documents"] {
        assert_eq!(restored[same], verified[same], "{same} of the restored copy");
    }
    let (_, told) = refused(&["restore", copy.to_str().unwrap()], &other[..2]);
    assert!(told.contains("not empty"), "{told}");
    assert_eq!(said(&["ask", "top 3 customers by order value this year"], &other)["items"], top["items"]);
}

#[test]
fn people_and_tokens_are_made_and_listed() {
    let dir = tempfile::tempdir().unwrap();
    let words = place(&dir.path().join("data"), None);
    init(&words);
    let user = said(
        &["user", "add", "--name", "Jo", "--email", "jo@x.example", "--role", "viewer", "--entity", "US"],
        &words,
    );
    assert_eq!(user["roles"][0], "viewer@US", "{user}");
    let made = said(&["token", "create", "--user", "jo@x.example", "--days", "3"], &words);
    assert!(made["token"].as_str().unwrap().starts_with("kth_"));
    let users = said(&["user", "list"], &words);
    assert_eq!(users["items"].as_array().unwrap().len(), 2, "{users}");
    let token = made["token"].as_str().unwrap();
    let (code, told) = refused(&["user", "list", "--token", "kth_nonsense"], &words);
    assert!(code == 1 && told.contains("token"), "{code} {told}");
    let add = ["user", "add", "--name", "X", "--email", "x@x.example", "--token", token, "--json"];
    let output = kith(add).args(&words).output().unwrap();
    let problem: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &problem["status"]), (Some(1), &json!(403)), "{problem}");
    let (code, told) =
        refused(&["user", "add", "--name", "X", "--email", "nonsense", "--role", "king"], &words);
    assert!(code == 1 && told.contains("/roles/0"), "{code} {told}");
}

#[test]
fn what_cannot_be_is_refused_with_its_reason() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let words = place(&data, None);
    let (code, told) = refused(&["account", "list"], &words);
    assert!(code == 1 && told.contains("kith init"), "{code} {told}");
    assert!(!data.join("kith.db").exists(), "looking makes nothing");
    init(&words);
    let (code, told) = refused(&["init", "--org", "Again", "--entity", "US:USD"], &words);
    assert!(code == 1 && told.contains("already"), "{code} {told}");
    let elsewhere = place(&dir.path().join("elsewhere"), None);
    let (_, told) = refused(&["init", "--org", "X", "--entity", "US:ZZZ"], &elsewhere);
    assert!(told.contains("ZZZ"), "{told}");
    assert_eq!(refused(&["no-such-command"], &[]).0, 2);

    let (secrets, kept) = (data.join("secrets.json"), data.join("secrets.kept"));
    std::fs::rename(&secrets, &kept).unwrap();
    let (_, told) = refused(&["account", "list"], &words);
    assert!(told.contains("secrets"), "{told}");
    assert!(!secrets.exists(), "new secrets beside old data would hide that they do not fit");
    let other = place(&dir.path().join("other"), None);
    init(&other);
    std::fs::rename(dir.path().join("other/secrets.json"), &secrets).unwrap();
    let (_, told) = refused(&["account", "list"], &words);
    assert!(told.contains("secrets"), "{told}");
    std::fs::write(&secrets, "{}").unwrap();
    let (_, told) = refused(&["account", "list"], &words);
    assert!(told.contains("secrets"), "{told}");
    std::fs::rename(&kept, &secrets).unwrap();
    said(&["account", "list"], &words);

    newer(&data.join("kith.db"));
    let (code, told) = refused(&["account", "list"], &words);
    assert!(code == 1 && told.contains("newer"), "{code} {told}");
}

/// Says that a newer build wrote this database.
fn newer(database: &Path) {
    let connection = rusqlite::Connection::open(database).unwrap();
    let changed = connection.execute("UPDATE setting SET value = '99' WHERE name = 'schema'", []).unwrap();
    assert_eq!(changed, 1);
}
