//! A running server behind the door: problems, pauses, strangers.

use std::io::Write;

use serde_json::{Value, json};

use crate::server::Server;
use crate::tool::{at_server, kith};

const PROBLEM: &str = r#"{"type":"urn:kith:problem:invalid","title":"Unprocessable","status":422,"detail":"2 fields are at fault.","code":"invalid",
"clears":"Correct the fields.","errors":[{"pointer":"/email","code":"email_invalid","message":"no address"},
{"pointer":"/tier","code":"not_in_list","message":"no tier"}],"trace_id":"abc"}"#;

#[test]
fn a_problem_is_told_with_every_field_and_what_would_clear_it() {
    let server =
        Server::start(|_, _| (422, "content-type: application/problem+json\r\n", PROBLEM.to_owned()));
    let ran = at_server(&server.url, &["account", "get", "acc_1"], "");
    assert_eq!(ran.code, 1);
    assert_eq!(ran.out, "");
    assert_eq!(
        ran.err,
        "error: 2 fields are at fault.\n  /email  no address (email_invalid)\n  /tier   no tier (not_in_list)\n\
         to clear it: Correct the fields.\n"
    );
    let ran = at_server(&server.url, &["account", "get", "acc_1", "--json"], "");
    assert_eq!(ran.code, 1);
    assert_eq!(ran.json()["errors"][1]["pointer"], "/tier");
}

#[test]
fn somebody_else_answering_is_no_crash() {
    let server = Server::start(|_, _| (502, "", "<html>bad gateway</html>".to_owned()));
    let ran = at_server(&server.url, &["account", "get", "acc_1"], "");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("status 502: <html>bad gateway"), "{}", ran.err);
    let server = Server::start(|_, _| (200, "", "hello".to_owned()));
    let ran = at_server(&server.url, &["account", "get", "acc_1"], "");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("not as expected"), "{}", ran.err);
}

#[test]
fn json_is_the_reply_as_it_is() {
    let server = Server::start(|_, _| (200, "", "{\"b\":1.50,  \"a\":2}".to_owned()));
    let ran = at_server(&server.url, &["account", "get", "acc_1", "--json"], "").well();
    assert_eq!(ran.out, "{\"b\":1.50,  \"a\":2}\n");
}

#[test]
fn lines_are_sent_in_batches_and_told_by_their_number() {
    let server = Server::start(|place, asked| {
        let events: Vec<Value> = serde_json::from_str(&asked.body).expect("a batch");
        let held = if place == 1 {
            json!([{"index": 1, "code": "subject_unknown", "pointer": "/subject", "detail": "none", "id": "qua_1"}])
        } else {
            json!([])
        };
        let held_count = held.as_array().map_or(0, Vec::len);
        let body = json!({"accepted": events.len() - held_count, "duplicates": 0, "quarantined": held, "position": 9});
        (200, "", body.to_string())
    });
    let lines = "\u{feff}{\"id\":\"1\"}\n{\"id\":\"2\"}\n\n{\"id\":\"3\"}\r\n{\"id\":\"4\"}\n{\"id\":\"5\"}";
    let ran = at_server(&server.url, &["ingest", "-", "--batch-size", "2", "--json"], lines).well();
    let report = ran.json();
    assert_eq!(report["accepted"], 4);
    assert_eq!(report["quarantined"][0]["line"], 5);
    let bodies: Vec<String> = server.asked().into_iter().map(|asked| asked.body).collect();
    assert_eq!(
        bodies,
        ["[{\"id\":\"1\"},{\"id\":\"2\"}]", "[{\"id\":\"3\"},{\"id\":\"4\"}]", "[{\"id\":\"5\"}]"]
    );
    assert_eq!(server.asked()[0].line, "POST /api/v1/touchpoints");
    assert_eq!(server.asked()[0].header("content-type"), Some("application/cloudevents-batch+json"));
}

#[test]
fn a_busy_server_is_asked_again_with_the_same_batch() {
    let server = Server::start(|place, _| {
        if place < 2 {
            (503, "retry-after: 0\r\n", "{}".to_owned())
        } else {
            (200, "", json!({"accepted": 1, "duplicates": 0, "quarantined": [], "position": 1}).to_string())
        }
    });
    let ran = at_server(&server.url, &["ingest", "-", "--json"], "{\"id\":\"1\"}\n").well();
    assert_eq!(ran.json()["accepted"], 1);
    let bodies: Vec<String> = server.asked().into_iter().map(|asked| asked.body).collect();
    assert_eq!(bodies, vec!["[{\"id\":\"1\"}]"; 3]);
}

#[test]
fn unreadable_lines_fail_the_run_but_not_the_other_lines() {
    let server = Server::start(|_, asked| {
        let events: Vec<Value> = serde_json::from_str(&asked.body).expect("a batch");
        let body = json!({"accepted": events.len(), "duplicates": 0, "quarantined": [], "position": 1});
        (200, "", body.to_string())
    });
    let ran =
        at_server(&server.url, &["ingest", "-", "--json"], "{\"id\":\"1\"}\n{broken\n[2]\n{\"id\":\"3\"}\n");
    assert_eq!(ran.code, 1);
    assert_eq!(ran.json()["accepted"], 2);
    let report = ran.json();
    let lines: Vec<_> =
        report["unreadable"].as_array().expect("a list").iter().map(|one| &one["line"]).collect();
    assert_eq!(lines, [2, 3]);
}

#[test]
fn a_refused_batch_ends_the_run() {
    let server = Server::start(|_, _| (403, "", PROBLEM.replace("422", "403")));
    let ran = at_server(&server.url, &["ingest", "-"], "{\"id\":\"1\"}\n");
    assert_eq!(ran.code, 1);
    assert_eq!(server.asked().len(), 1);
    assert!(ran.err.contains("running it again is safe"), "{}", ran.err);
}

#[test]
fn an_approval_waits_until_the_change_is_applied() {
    let server = Server::start(|place, _| {
        let state = if place < 2 { "applying" } else { "applied" };
        (200, "", json!({"id": "chg_1", "state": state}).to_string())
    });
    let ran = at_server(&server.url, &["change", "approve", "chg_1", "--json"], "").well();
    assert_eq!(ran.json()["state"], "applied");
    let lines: Vec<String> = server.asked().into_iter().map(|asked| asked.line).collect();
    assert_eq!(
        lines,
        ["POST /api/v1/changes/chg_1/approve", "GET /api/v1/changes/chg_1", "GET /api/v1/changes/chg_1"]
    );
}

#[test]
fn a_refused_batch_ends_the_run_while_more_could_come() {
    let server = Server::start(|_, _| (403, "", PROBLEM.replace("422", "403")));
    let mut command = kith();
    command.args(["ingest", "-", "--batch-size", "1", "--url", &server.url]);
    let mut child = command.spawn().expect("the binary");
    let mut stdin = child.stdin.take().expect("standard input");
    stdin.write_all(b"{\"id\":\"1\"}\n").expect("a line");
    // Standard input stays open until the process has ended.
    let done = child.wait().expect("an end");
    drop(stdin);
    assert_eq!(done.code(), Some(1));
}

#[test]
fn a_report_with_something_refused_is_shown_and_fails() {
    let dir = tempfile::tempdir().expect("a directory");
    let file = dir.path().join("customers.csv");
    std::fs::write(&file, "name\nAcme\n").expect("a file");
    let bulk = ["onboarding", "bulk", file.to_str().expect("a path"), "--json"];
    for (refused, code) in [(0, 0), (2, 1)] {
        let reply =
            json!({"ready": 1, "refused": refused, "executed": false, "rows": [], "unknown_columns": []});
        let server = Server::start(move |_, _| (200, "", reply.to_string()));
        let ran = at_server(&server.url, &bulk, "");
        assert_eq!((ran.code, &ran.json()["refused"]), (code, &json!(refused)), "{}", ran.err);
    }
}

#[test]
fn the_doctor_sees_that_a_running_server_has_stopped_writing() {
    for (writing, code) in [(true, 0), (false, 1)] {
        let server = Server::start(move |_, asked| match asked.line.as_str() {
            "GET /readyz" => {
                let status = if writing { 200 } else { 503 };
                (status, "", json!({"ready": writing, "writing": writing}).to_string())
            }
            _ => (200, "", json!({"name": "Norvane"}).to_string()),
        });
        let ran = at_server(&server.url, &["doctor"], "");
        assert_eq!(ran.code, code, "{} {}", ran.out, ran.err);
        assert_eq!(ran.out.contains("stopped writing"), !writing, "{}", ran.out);
    }
}
