//! Approvals over REST: policy, revisions, delegation, deciding together, emergencies.

use kith_testkit::http::{Client, Reply};
use serde_json::{Value, json};

use crate::house::{House, create, on_each, person, problem};

fn path(change: &Value, act: &str) -> String {
    format!("/api/v1/changes/{}{act}", change["id"].as_str().unwrap())
}

/// One more person of the house.
fn joins(house: &House, name: &str, role: &str) -> Client {
    house.server.client().with_token(&person(&house.admin, name, &[role]))
}

fn edit(client: &Client, account: &Value, patch: &Value) -> Reply {
    let path = format!("/api/v1/accounts/{}", account["id"].as_str().unwrap());
    let etag = client.get(&path).header("etag").unwrap().to_owned();
    let headers = [("If-Match", etag.as_str()), ("Content-Type", "application/json")];
    client.send("PATCH", &path, &headers, patch.to_string().as_bytes())
}

fn patch(client: &Client, path: &str, body: &Value) -> Reply {
    client.send("PATCH", path, &[("Content-Type", "application/json")], body.to_string().as_bytes())
}

#[test]
fn a_change_says_its_lane_its_reasons_and_until_when() {
    on_each(|house| {
        let change = create(&house.seller, "Acme", "US", "1").expect(202);
        assert_eq!(
            (&change["lane"], &change["revision"], &change["policy_version"]),
            (&json!("yellow"), &json!(1), &json!(1))
        );
        assert_eq!(change["reasons"][0]["code"], "policy_row", "{change}");
        assert!(change["due_at"].is_string() && change["steps"][0]["due_at"].is_string(), "{change}");
        assert_eq!(change["entity"], "US");
        let mine = house.ar.get("/api/v1/changes?for=me").expect(200);
        assert_eq!(mine["items"][0]["id"], change["id"]);
        assert_eq!(house.controller.get("/api/v1/changes?for=me").expect(200)["items"], json!([]));
        let sent = house.seller.get("/api/v1/changes?by=me").expect(200);
        assert_eq!(sent["items"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn an_edit_makes_a_revision_and_voids_the_approvals() {
    on_each(|house| {
        let change = create(&house.seller, "Acme", "US", "1").expect(202);
        house.ar.post(&path(&change, "/approve"), &json!({"revision": 1})).expect(200);
        let edited = patch(
            &house.seller,
            &path(&change, ""),
            &json!({"name": "Acme Ltd", "reason": "The full name."}),
        )
        .expect(200);
        assert_eq!(
            (&edited["revision"], &edited["steps"][0]["state"]),
            (&json!(2), &json!("waiting")),
            "{edited}"
        );
        let since = edited["former"][0]["since"].as_array().unwrap();
        assert!(since.contains(&json!({"path": "/name", "before": "Acme", "after": "Acme Ltd"})), "{edited}");
        assert_eq!(edited["reason"], "The full name.");
        let stale = house.ar.post(&path(&change, "/approve"), &json!({"revision": 1}));
        assert_eq!(problem(&stale, 409).0, "change.revision_moved");
        let told = house.ar.get("/api/v1/notifications?state=unread").expect(200);
        assert_eq!(told["items"][0]["kind"], "change_edited", "{told}");
        assert_eq!(house.ar.post("/api/v1/notifications/read", &json!({})).expect(200), json!({"read": 1}));
        house
            .seller
            .post(&path(&change, "/comments"), &json!({"text": "Checked in the register."}))
            .expect(200);
        assert_eq!(house.approve(&edited)["revision"], 2);
        // Who edits does not approve, and a form at fault is told by its places.
        let other = create(&house.seller, "Beta", "US", "2").expect(202);
        let faults = problem(&patch(&house.seller, &path(&other, ""), &json!({"nope": 1})), 422).1;
        assert!(!faults.is_empty());
        patch(&house.ar, &path(&other, ""), &json!({"tier": "standard"})).expect(200);
        let own = house.ar.post(&path(&other, "/approve"), &json!({}));
        assert_eq!(problem(&own, 403).0, "change.own_change");
    });
}

#[test]
fn a_stale_change_shows_three_ways_and_is_submitted_again() {
    on_each(|house| {
        let account = house.account("Acme", "US", "1");
        let first = edit(&house.seller, &account, &json!({"tier": "standard"})).expect(202);
        let second = edit(&house.seller, &account, &json!({"tier": "strategic"})).expect(202);
        let apart = edit(&house.seller, &account, &json!({"industry": "Toys"})).expect(202);
        house.approve(&first);
        house.ar.post(&path(&second, "/approve"), &json!({})).expect(200);
        let stale = house.controller.post(&path(&second, "/approve"), &json!({})).expect(200);
        assert_eq!(stale["state"], "stale", "{stale}");
        let conflict = json!({"path": "/tier", "base": "premium", "theirs": "standard", "mine": "strategic"});
        assert_eq!(stale["conflicts"], json!([conflict]));
        let rebased = house.approve(&apart);
        assert_eq!(rebased["rebase"]["from"], json!(1), "{rebased}");
        let again = house.seller.post(&path(&second, "/resubmit"), &json!({})).expect(200);
        assert_eq!((&again["state"], &again["revision"]), (&json!("waiting"), &json!(2)), "{again}");
        house.approve(&again);
        let twice = house.seller.post(&path(&second, "/resubmit"), &json!({}));
        assert_eq!(problem(&twice, 409).0, "change.not_stale");
    });
}

#[test]
fn changes_are_decided_together_when_they_are_alike_and_harmless() {
    on_each(|house| {
        let ids: Vec<Value> = ["1", "2", "3"]
            .map(|erp| create(&house.seller, &format!("Acme {erp}"), "US", erp).expect(202)["id"].clone())
            .to_vec();
        // There is no billing address yet: each is looked at before they are approved together.
        let unseen = house.ar.post("/api/v1/changes/approve", &json!({"ids": ids})).expect(200);
        assert_eq!(
            (&unseen["refused"], &unseen["items"][0]["code"]),
            (&json!(3), &json!("change.open_first"))
        );
        for id in &ids {
            house.ar.get(&format!("/api/v1/changes/{}", id.as_str().unwrap())).expect(200);
        }
        let done = house
            .ar
            .post("/api/v1/changes/approve", &json!({"ids": ids, "comment": "All known."}))
            .expect(200);
        assert_eq!((&done["decided"], &done["refused"]), (&json!(3), &json!(0)), "{done}");
        let one = house.ar.get(&format!("/api/v1/changes/{}", ids[0].as_str().unwrap())).expect(200);
        assert_eq!(one["steps"][0]["decisions"][0]["batch"], done["batch"]);
        for id in &ids {
            house.controller.get(&format!("/api/v1/changes/{}", id.as_str().unwrap())).expect(200);
        }
        // One that was decided meanwhile is told, and stops nothing.
        house.controller.post(&path(&one, "/approve"), &json!({})).expect(200);
        let rest = house.controller.post("/api/v1/changes/approve", &json!({"ids": ids})).expect(200);
        assert_eq!((&rest["decided"], &rest["refused"]), (&json!(2), &json!(1)), "{rest}");
        assert_eq!(rest["items"][0]["code"], "change.already_decided");
        let bad = house.ar.post("/api/v1/changes/reject", &json!({"ids": ["x", ids[0], ids[0]]}));
        let (code, faults) = problem(&bad, 422);
        assert_eq!(code, "change.batch_invalid");
        for fault in ["/ids/0", "/ids/2", "/comment"] {
            assert!(faults.iter().any(|(place, _)| place == fault), "{fault} in {faults:?}");
        }
        // Different operations are not decided together.
        let account = house.account("Beta", "US", "9");
        let update = edit(&house.seller, &account, &json!({"industry": "Toys"})).expect(202);
        let fresh = create(&house.seller, "Gamma", "US", "10").expect(202);
        let mixed = house.ar.post("/api/v1/changes/approve", &json!({"ids": [fresh["id"], update["id"]]}));
        assert_eq!(problem(&mixed, 422).1, [("/ids/1".to_owned(), "change.unlike".to_owned())]);
    });
}

#[test]
fn the_policy_is_changed_by_a_red_change_and_keeps_its_versions() {
    on_each(|house| {
        let cfo = joins(house, "cfo", "cfo");
        let seed = house.seller.get("/api/v1/approval-policy").expect(200);
        assert_eq!((&seed["version"], &seed["packs"]), (&json!(1), &json!([])));
        let account = house.account("Acme", "US", "1");
        let packs = json!({"packs": ["green_minor_edits", "credit_authority"], "reason": "Less waiting."});
        let change = patch(&house.admin, "/api/v1/approval-policy", &packs).expect(202);
        assert_eq!(
            (&change["lane"], &change["operation"]),
            (&json!("red"), &json!("policy_set")),
            "{change}"
        );
        assert_eq!(problem(&patch(&house.seller, "/api/v1/approval-policy", &packs), 403).0, "access.denied");
        house.controller.post(&path(&change, "/approve"), &json!({})).expect(200);
        let applied = cfo.post(&path(&change, "/approve"), &json!({})).expect(200);
        assert_eq!(
            (&applied["state"], &applied["result"]["policy_version"]),
            (&json!("applied"), &json!(2)),
            "{applied}"
        );
        assert_eq!(house.ar.get("/api/v1/approval-policy?version=1").expect(200)["packs"], json!([]));
        assert_eq!(problem(&house.ar.get("/api/v1/approval-policy?version=9"), 404).0, "policy.not_found");

        // The packs work: a website passes, a raise goes by its amount.
        edit(&house.seller, &account, &json!({"website": "https://acme.example"})).expect(200);
        let raise = |amount: &str| {
            let limit = json!({"credit_limit": {"amount": amount, "currency": "USD"}});
            edit(&house.seller, &account, &limit).expect(202)
        };
        let roles = |change: &Value| -> Vec<String> {
            let steps = change["steps"].as_array().unwrap().iter();
            steps.map(|step| step["role"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(roles(&raise("25000.00")), ["credit_analyst"]);
        assert_eq!(roles(&raise("100000.00")), ["ar_manager"]);
        assert_eq!(roles(&raise("500000.00")), ["ar_manager", "controller"]);
        let above = raise("500000.01");
        assert_eq!(
            (roles(&above), &above["lane"]),
            (vec!["ar_manager".into(), "controller".into(), "cfo".into()], &json!("red"))
        );
        assert_eq!(above["policy_version"], 2);
    });
}

#[test]
fn a_policy_with_conditions_is_checked_before_it_is_proposed() {
    on_each(|house| {
        let put = |body: &Value| {
            house.admin.send(
                "PUT",
                "/api/v1/approval-policy",
                &[("Content-Type", "application/json")],
                body.to_string().as_bytes(),
            )
        };
        let rows = |when: &str, role: &str| {
            json!({"rows": [
                {"operation": "account_update", "when": when, "lane": "red", "steps": [{"role": role}]},
                {"operation": "account_update", "lane": "yellow", "steps": [{"role": "ar_manager"}]},
            ]})
        };
        let (code, faults) = problem(&put(&rows("tier == \"gold\"", "controller")), 422);
        assert_eq!((code.as_str(), faults[0].0.as_str()), ("policy.invalid", "/rows/0/when"), "{faults:?}");
        let words = problem(&put(&rows("amount > 5", "boss")), 422).1;
        assert_eq!(words, [("/rows/0/steps/0/role".to_owned(), "role_unknown".to_owned())]);
        let cfo = joins(house, "cfo", "cfo");
        let change = put(&rows("tier == \"strategic\" && \"industry\" in fields", "controller")).expect(202);
        house.controller.post(&path(&change, "/approve"), &json!({})).expect(200);
        cfo.post(&path(&change, "/approve"), &json!({})).expect(200);
        let account = house.account("Acme", "US", "1");
        let lanes = [json!({"industry": "Toys"}), json!({"industry": "Toys", "tier": "strategic"})]
            .map(|patch| edit(&house.seller, &account, &patch).expect(202)["lane"].clone());
        assert_eq!(lanes, [json!("yellow"), json!("red")]);
    });
}

#[test]
fn a_delegate_decides_for_a_while_and_never_for_the_submitter() {
    on_each(|house| {
        let ends =
            jiff::Timestamp::now().checked_add(jiff::SignedDuration::from_hours(72)).unwrap().to_string();
        let body = json!({"to": "manager@house.example", "operations": ["account_create"], "ends": ends});
        let made = house.ar.post("/api/v1/delegations", &body).expect(201);
        assert_eq!((&made["state"], &made["to_name"]), (&json!("active"), &json!("manager")), "{made}");
        let told = house.manager.get("/api/v1/notifications").expect(200);
        assert_eq!(told["items"][0]["kind"], "delegation_made");
        let change = create(&house.seller, "Acme", "US", "1").expect(202);
        let mine = house.manager.get("/api/v1/changes?for=me").expect(200);
        assert_eq!(mine["items"][0]["id"], change["id"], "what is delegated waits for the delegate too");
        let decided = house.manager.post(&path(&change, "/approve"), &json!({})).expect(200);
        let decision = &decided["steps"][0]["decisions"][0];
        assert_eq!(
            (&decision["by_name"], &decision["on_behalf_of_name"]),
            (&json!("manager"), &json!("ar")),
            "{decided}"
        );
        let own = create(&house.ar, "Beta", "US", "2").expect(202);
        let refused = house.manager.post(&path(&own, "/approve"), &json!({}));
        assert_eq!(problem(&refused, 403).0, "change.delegator_submitted");
        let ended = house
            .ar
            .send("DELETE", &format!("/api/v1/delegations/{}", made["id"].as_str().unwrap()), &[], &[])
            .expect(200);
        assert_eq!(ended["state"], "ended");
        let late = create(&house.seller, "Gamma", "US", "3").expect(202);
        assert_eq!(
            problem(&house.manager.post(&path(&late, "/approve"), &json!({})), 403).0,
            "change.wrong_role"
        );
        let bad = json!({"to": "seller@house.example", "operations": ["nothing"], "ends": "soon"});
        let faults = problem(&house.ar.post("/api/v1/delegations", &bad), 422).1;
        assert_eq!(faults.len(), 2, "{faults:?}");
        let seller = json!({"to": "seller@house.example", "ends": ends});
        let risky = problem(&house.ar.post("/api/v1/delegations", &seller), 422).1;
        assert_eq!(risky, [("/to".to_owned(), "role_riskier".to_owned())]);
    });
}

#[test]
fn an_emergency_is_the_cfos_and_is_reviewed_by_another() {
    on_each(|house| {
        let cfo = joins(house, "cfo", "cfo");
        let change = create(&house.seller, "Acme", "US", "1").expect(202);
        let reason = json!({"reason": "The vessel sails in an hour."});
        assert_eq!(
            problem(&house.controller.post(&path(&change, "/break-glass"), &reason), 403).0,
            "change.cfo_only"
        );
        let applied = cfo.post(&path(&change, "/break-glass"), &reason).expect(200);
        assert_eq!(
            (&applied["state"], &applied["break_glass"]["by_name"]),
            (&json!("applied"), &json!("cfo")),
            "{applied}"
        );
        let told = house.controller.get("/api/v1/notifications").expect(200);
        assert_eq!(told["items"][0]["kind"], "glass_broken", "{told}");
        assert_eq!(
            problem(&cfo.post(&path(&change, "/review"), &json!({"text": "Fine."})), 403).0,
            "change.own_glass"
        );
        let reviewed =
            house.controller.post(&path(&change, "/review"), &json!({"text": "It was right."})).expect(200);
        assert_eq!(reviewed["break_glass"]["review"]["text"], "It was right.");
    });
}

#[test]
fn programs_and_agents_never_decide_and_whom_it_is_for_does_not_either() {
    on_each(|house| {
        let change = create(&house.seller, "Acme", "US", "1").expect(202);
        for kind in ["agent", "api_client"] {
            let body = json!({"name": "bot", "user": "ar@house.example", "kind": kind});
            let token = house.admin.post("/api/v1/tokens", &body).expect(201);
            let bot = house.server.client().with_token(token["token"].as_str().unwrap());
            let reply = bot.post(&path(&change, "/approve"), &json!({}));
            assert_eq!(reply.status, 403, "{}", reply.text());
        }
        let users = house.admin.get("/api/v1/users").expect(200);
        let ar = users["items"].as_array().unwrap().iter().find(|user| user["name"] == "ar").unwrap()["id"]
            .clone();
        let headers = [
            ("Kith-On-Behalf-Of", ar.as_str().unwrap()),
            ("Idempotency-Key", "behalf"),
            ("Content-Type", "application/json"),
        ];
        let body = crate::house::request("Beta", "US", "2");
        let behalf =
            house.seller.send("POST", "/api/v1/accounts", &headers, body.to_string().as_bytes()).expect(202);
        assert_eq!(behalf["on_behalf_of"], ar);
        assert_eq!(
            problem(&house.ar.post(&path(&behalf, "/approve"), &json!({})), 403).0,
            "change.own_change"
        );
    });
}
