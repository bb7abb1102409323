//! What holds for every operation of the table, and the document made from it.

use std::collections::BTreeSet;

use kith_api::operation::{Method, Operation};
use kith_api::table::operations;
use kith_testkit::http::{Client, Reply};
use serde_json::Value;

use crate::house::{on_each, problem};

/// An id of the right shape that names nothing.
fn absent(operation: &Operation) -> &'static str {
    match operation.path.split('/').nth(3) {
        Some("changes") => "chg_0198b2c4d5e67f8091a2b3c4d5e6f7ff",
        Some("contracts") => "ctr_0198b2c4d5e67f8091a2b3c4d5e6f7ff",
        Some("contract-templates") => "no_such_template",
        Some("tasks") => "tsk_0198b2c4d5e67f8091a2b3c4d5e6f7ff",
        Some("teams") => "NO-SUCH-TEAM",
        Some("vehicles") => "veh_0198b2c4d5e67f8091a2b3c4d5e6f7ff",
        Some("delegations") => "dlg_0198b2c4d5e67f8091a2b3c4d5e6f7ff",
        Some("notifications") => "ntf_0198b2c4d5e67f8091a2b3c4d5e6f7ff",
        Some("imports") => "imp_0198b2c4d5e67f8091a2b3c4d5e6f7ff",
        Some("mappings") => "map_0198b2c4d5e67f8091a2b3c4d5e6f7ff",
        Some("feeds") => "no-such-feed",
        Some("quarantine") => "qua_0198b2c4d5e67f8091a2b3c4d5e6f7ff",
        Some("tokens") => "tok_0198b2c4d5e67f8091a2b3c4d5e6f7ff",
        Some("users") => "usr_0198b2c4d5e67f8091a2b3c4d5e6f7ff",
        Some("views") => "viw_0198b2c4d5e67f8091a2b3c4d5e6f7ff",
        _ => "acc_0198b2c4d5e67f8091a2b3c4d5e6f7ff",
    }
}

/// The operation as its example shows it, on something that does not exist.
fn ask(client: &Client, operation: &Operation) -> Reply {
    let path = operation.path.replace("{id}", absent(operation));
    let path = path.replace("{row}", "txp_0198b2c4d5e67f8091a2b3c4d5e6f7ff");
    let path = path.replace("{document}", "doc_0198b2c4d5e67f8091a2b3c4d5e6f7ff");
    let body = operation.body.map(|body| body.example).unwrap_or_default();
    let path = path.replace("{user}", "usr_0198b2c4d5e67f8091a2b3c4d5e6f7ff");
    let mut headers = vec![("Idempotency-Key", operation.id)];
    if operation.if_match {
        headers.push(("If-Match", "\"v1\""));
    }
    if let Some(body) = operation.body {
        headers.push(("Content-Type", body.media));
    }
    client.send(&operation.method.word().to_uppercase(), &path, &headers, body.as_bytes())
}

#[test]
fn every_operation_is_answered_and_needs_its_grant() {
    on_each(|house| {
        let stranger = house.server.client();
        let forged = stranger.with_token("kth_0000000000000000000000000000000000");
        let heads = house.heads();
        for operation in operations() {
            for client in [&stranger, &forged] {
                let reply = ask(client, operation);
                assert_eq!(problem(&reply, 401).0, "not_signed_in", "{}", operation.id);
                assert_eq!(reply.header("www-authenticate"), Some("Bearer"));
            }
            let reply = ask(&house.nobody, operation);
            assert_eq!(problem(&reply, 403).0, "access.denied", "{}", operation.id);
            assert!(
                reply.json()["detail"].as_str().unwrap().contains(operation.grant.as_str()),
                "{}",
                operation.id
            );
        }
        assert_eq!(house.heads(), heads, "what is refused writes nothing");
        for operation in operations().filter(|operation| operation.id != "stream_open") {
            let reply = ask(&house.admin, operation);
            assert!(reply.status < 500 && reply.status != 405, "{}: {}", operation.id, reply.text());
            let code = if reply.status < 400 { Value::Null } else { reply.json()["code"].clone() };
            assert_ne!(code, "no_such_route", "{}", operation.id);
            let faults = if reply.status == 422 { problem(&reply, 422).1 } else { Vec::new() };
            let unread =
                faults.iter().any(|(_, code)| code.contains("unknown_member") || code == "member_unknown");
            assert!(!unread, "the example of {} is not read: {faults:?}", operation.id);
        }
    });
}

#[test]
fn what_names_nothing_and_what_is_not_served_is_told() {
    on_each(|house| {
        let named = |operation: &&Operation| operation.path.contains("{id}");
        for operation in operations().filter(named) {
            let by_approver = operation.id.starts_with("change_") || operation.id == "order_release";
            let client = if by_approver { &house.ar } else { &house.admin };
            let code = problem(&ask(client, operation), 404).0;
            assert!(code.ends_with("not_found"), "{}: {code}", operation.id);
        }
        let paths: BTreeSet<&str> = operations().map(|operation| operation.path).collect();
        let put = |path: &str| operations().any(|one| one.path == path && one.method == Method::Put);
        for path in paths.into_iter().filter(|path| !put(path)) {
            let reply = house.admin.send("PUT", &path.replace("{id}", "x"), &[], &[]);
            assert_eq!(problem(&reply, 405).0, "method_not_allowed", "{path}");
        }
        assert_eq!(problem(&house.admin.get("/api/v1/nothing"), 404).0, "no_such_route");
        for operation in operations().filter(|operation| operation.method == Method::Get) {
            let path = format!("{}?bogus=1", operation.path.replace("{id}", absent(operation)));
            // Parameters are looked at before grants: whoever asks learns what is misspelt.
            if operation.id != "stream_open" {
                assert_eq!(problem(&house.ar.get(&path), 400).0, "unknown_parameter", "{}", operation.id);
            }
        }
    });
}

#[test]
fn the_document_describes_every_operation() {
    on_each(|house| {
        let document = house.server.client().get("/openapi.json").expect(200);
        assert_eq!(document["openapi"], "3.1.0");
        let mut ids = BTreeSet::new();
        for operation in operations() {
            let entry = &document["paths"][operation.path][operation.method.word()];
            let id = entry["operationId"].as_str().unwrap_or_default();
            assert!(ids.insert(id.to_owned()) && id == operation.id, "{} is not described", operation.id);
            assert!(!operation.summary.is_empty() && entry["summary"] == operation.summary, "{id}");
            assert!(entry["responses"].as_object().unwrap().len() >= 2, "{id} names no reply of its own");
            assert_eq!(entry["requestBody"].is_object(), operation.body.is_some(), "{id}");
            if let Some(body) = operation.body {
                assert!(!entry["requestBody"]["content"][body.media]["example"].is_null(), "{id}");
                if body.media.ends_with("json") {
                    assert!(
                        serde_json::from_str::<Value>(body.example).is_ok(),
                        "{id}: its example is no JSON"
                    );
                }
            }
            assert!(serde_json::from_str::<Value>(operation.example).is_ok(), "{id}: its reply is no JSON");
            let empty =
                operation.id == "stream_open" || operation.replies.iter().all(|reply| reply.status == 204);
            assert!(empty || operation.example != "null", "{id} shows no reply");
        }
        let mut open = vec![&document];
        while let Some(value) = open.pop() {
            if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
                let pointer = reference.strip_prefix('#').unwrap();
                assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
            }
            match value {
                Value::Object(members) => open.extend(members.values()),
                Value::Array(items) => open.extend(items),
                _ => {}
            }
        }
    });
}
