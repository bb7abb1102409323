//! Accounts: created, edited, noted and reviewed through the gate; what is refused changes nothing.

use serde_json::json;

use crate::house::{House, create, on_each, order, problem, request};

#[test]
fn an_account_lives_from_its_creation_to_its_audit() {
    on_each(|house| {
        let account = house.account("Acme Corporation", "US", "10482");
        assert_eq!(account["account_number"], "C-000001");
        let path = format!("/api/v1/accounts/{}", account["id"].as_str().unwrap());
        let read = house.seller.get("/api/v1/accounts/C-000001");
        assert_eq!(read.header("etag"), Some("\"v1\""));
        assert_eq!(read.clone().expect(200), account);
        let again = house.seller.send("GET", &path, &[("If-None-Match", "\"v1\"")], &[]);
        assert_eq!((again.status, again.body.len()), (304, 0));

        let edit = json!({"tier": "strategic", "website": "https://acme.example",
            "contacts": [{"action": "add", "name": "Jo Roe", "emails": ["jo@acme.example"], "is_primary": true}]});
        let waiting = house.seller.patch(&path, "\"v1\"", &edit).expect(202);
        assert_eq!(house.seller.get(&path).expect(200), account, "a waiting change changes nothing");
        house.approve(&waiting);
        let edited = house.seller.get(&path).expect(200);
        assert_eq!((&edited["version"], &edited["tier"]), (&json!(2), &json!("strategic")));
        assert_eq!(edited["contacts"][0]["name"], "Jo Roe");

        let note = json!({"text": "Prefers morning pickups."});
        let noted = house.seller.post(&format!("{path}/notes"), &note).expect(201);
        assert_eq!(noted["note_log"][0]["text"], note["text"]);
        let reviewed = house.seller.post(&format!("{path}/review"), &json!({"on": "2026-01-15"})).expect(200);
        assert_eq!(reviewed["review"]["last_review_on"], "2026-01-15");
        assert_eq!(reviewed["review"]["next_review_on"], "2026-04-15");

        let reply = house.ops.post("/api/v1/touchpoints", &order("so-1", "10482", "124.00")).expect(200);
        let position = reply["position"].as_u64().unwrap();
        let profile = house.seller.get(&format!("{path}/profile?min_position={position}&metrics=orders_90d"));
        assert_eq!(profile.expect(200)["metrics"]["orders_90d"]["value"], 1);
        let timeline = house.seller.get(&format!("{path}/timeline?group=orders")).expect(200);
        assert_eq!(timeline["items"][0]["id"], "so-1");
        let audit = house.ar.get(&format!("{path}/audit")).expect(200);
        assert!(audit["items"].as_array().unwrap().len() >= 4, "{audit}");
    });
}

#[test]
fn every_fault_of_a_new_account_is_named_at_once() {
    on_each(|house| {
        let heads = house.heads();
        let body = json!({"email": "nonsense", "owning_entity": "ZZ", "tier": "gold", "bogus": 1,
            "credit_limit": {"amount": "-1.00", "currency": "USD"}});
        let (code, errors) = problem(&house.seller.post_once("/api/v1/accounts", "k", &body), 422);
        assert_eq!(code, "account.invalid");
        let mut found: Vec<(&str, &str)> = errors.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
        found.sort_unstable();
        let wanted = [
            ("/bogus", "member_unknown"),
            ("/credit_limit", "negative"),
            ("/email", "email_invalid"),
            ("/name", "required"),
            ("/owning_entity", "entity_unknown"),
            ("/tier", "not_in_list"),
        ];
        assert_eq!(found, wanted);
        let json = [("Content-Type", "application/json"), ("Idempotency-Key", "k")];
        let broken = house.seller.send("POST", "/api/v1/accounts", &json, b"{\"name\":");
        assert_eq!(problem(&broken, 400).0, "malformed");
        let form = [("Content-Type", "application/x-www-form-urlencoded"), ("Idempotency-Key", "k")];
        let form = house.seller.send("POST", "/api/v1/accounts", &form, b"name=Acme");
        assert_eq!(problem(&form, 415).0, "media_type_unknown");
        let deep = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
        assert_eq!(house.seller.send("POST", "/api/v1/accounts", &json, deep.as_bytes()).status, 400);
        let list = house.seller.post_once("/api/v1/accounts", "k", &json!([1, 2]));
        assert!(matches!(list.status, 400 | 422), "{}", list.text());
        let large = json!({"name": "x".repeat(3 * 1024 * 1024)});
        assert_eq!(problem(&house.seller.post_once("/api/v1/accounts", "k", &large), 413).0, "too_large");
        assert_eq!(house.heads(), heads, "nothing was written");
    });
}

#[test]
fn a_key_makes_trying_again_safe() {
    on_each(|house| {
        let body = request("Acme", "US", "1");
        assert_eq!(problem(&house.seller.post("/api/v1/accounts", &body), 400).0, "idempotency_key_required");
        let long = "k".repeat(256);
        assert_eq!(
            problem(&house.seller.post_once("/api/v1/accounts", &long, &body), 400).0,
            "idempotency_key_invalid"
        );
        let first = house.seller.post_once("/api/v1/accounts", "key-1", &body);
        assert_eq!(first.header("idempotent-replayed"), None);
        let heads = house.heads();
        for key in ["key-1", "\"key-1\""] {
            let again = house.seller.post_once("/api/v1/accounts", key, &body);
            assert_eq!(again.header("idempotent-replayed"), Some("true"), "{key}");
            assert_eq!(again.expect(202)["id"], first.json()["id"], "{key}");
        }
        let other = house.seller.post_once("/api/v1/accounts", "key-1", &request("Other", "US", "2"));
        assert_eq!(problem(&other, 422).0, "idempotency_key_reused");
        assert_eq!(house.heads(), heads, "tried four times, done once");
        // A key is its owner's: the same word of somebody else is another key.
        assert_eq!(
            house.ops.post_once("/api/v1/accounts", "key-1", &request("Other", "US", "2")).status,
            202
        );
    });
}

#[test]
fn edits_stand_on_the_version_they_were_made_on() {
    on_each(|house| {
        let account = house.account("Acme", "US", "1");
        let path = format!("/api/v1/accounts/{}", account["id"].as_str().unwrap());
        let heads = house.heads();
        let body = json!({"tier": "strategic"});
        let json = [("Content-Type", "application/json")];
        let bare = house.seller.send("PATCH", &path, &json, body.to_string().as_bytes());
        assert_eq!(problem(&bare, 428).0, "if_match_required");
        assert_eq!(problem(&house.seller.patch(&path, "v1", &body), 400).0, "if_match_invalid");
        assert_eq!(problem(&house.seller.patch(&path, "\"v7\"", &body), 412).0, "account.stale");
        let faulty =
            json!({"tier": "gold", "wrong": true, "contacts": [{"action": "update", "name": "Who"}]});
        let (_, errors) = problem(&house.seller.patch(&path, "\"v1\"", &faulty), 422);
        for pointer in ["/tier", "/wrong", "/contacts/0/id"] {
            assert!(errors.iter().any(|(found, _)| found == pointer), "{pointer} in {errors:?}");
        }
        assert_eq!(house.heads(), heads);
        // Two edits of one version: the second one's approval finds the ground moved.
        let one = house.seller.patch(&path, "\"v1\"", &body).expect(202);
        let two = house.seller.patch(&path, "\"v1\"", &json!({"tier": "standard"}));
        house.approve(&one);
        if two.status == 202 {
            let act = format!("/api/v1/changes/{}/approve", two.json()["id"].as_str().unwrap());
            let _first = house.ar.post(&act, &json!({}));
            let _second = house.controller.post(&act, &json!({}));
        } else {
            problem(&two, 409);
        }
        assert_eq!(house.seller.get(&path).expect(200)["tier"], "strategic");
    });
}

#[test]
fn changes_are_decided_by_others_and_once() {
    on_each(|house| {
        let waiting = create(&house.seller, "Acme", "US", "1").expect(202);
        let path = format!("/api/v1/changes/{}", waiting["id"].as_str().unwrap());
        assert_eq!(house.ar.get(&path).expect(200)["state"], "waiting");
        let mine = house.ar.get("/api/v1/changes?for=me&state=waiting").expect(200);
        assert_eq!(mine["items"][0]["id"], waiting["id"]);
        assert_eq!(house.controller.get("/api/v1/changes?for=me").expect(200)["items"], json!([]));
        let heads = house.heads();
        // The second step's approver first, the submitter, the administrator: none may.
        for client in [&house.controller, &house.seller, &house.admin] {
            problem(&client.post(&format!("{path}/approve"), &json!({})), 403);
        }
        problem(&house.ar.post(&format!("{path}/reject"), &json!({})), 422);
        let unknown = house.ar.post(&format!("{path}/approve"), &json!({"vote": "yes"}));
        assert_eq!(problem(&unknown, 422).1, [("/vote".to_owned(), "unknown_member".to_owned())]);
        assert_eq!(house.heads(), heads);
        let rejected = house.ar.post(&format!("{path}/reject"), &json!({"comment": "A double."})).expect(200);
        assert_eq!(rejected["state"], "rejected");
        problem(&house.ar.post(&format!("{path}/approve"), &json!({})), 409);
        let other = create(&house.seller, "Acme", "US", "2").expect(202);
        let path = format!("/api/v1/changes/{}", other["id"].as_str().unwrap());
        assert_eq!(
            house.seller.post(&format!("{path}/cancel"), &json!({})).expect(200)["state"],
            "cancelled"
        );
        approve_refused(house, &path);
    });
}

fn approve_refused(house: &House, path: &str) {
    problem(&house.ar.post(&format!("{path}/approve"), &json!({})), 409);
    assert_eq!(house.seller.get("/api/v1/accounts").expect(200)["items"], json!([]));
}
