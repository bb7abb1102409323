//! Contracts over HTTP on both databases: drafting, sending, signing for us and with ink, amending, ending.

use kith_testkit::http::Client;
use serde_json::{Value, json};

use crate::house::{House, on_each, problem};

/// An account with a contact who decides.
pub(super) fn customer(house: &House, erp: &str) -> (String, String) {
    let mut body = crate::house::request("Acme GmbH", "US", erp);
    body["stage"] = json!("active");
    body["contacts"] = json!([{
        "name": "Cleo Pärk", "role": "decision_maker", "emails": [format!("cleo-{erp}@acme.example")], "is_primary": true,
    }]);
    let waiting = house.seller.post_once("/api/v1/accounts", &format!("create-{erp}"), &body).expect(202);
    let id = house.approve(&waiting)["target"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/accounts/{id}");
    let contact = house.seller.get(&path).expect(200)["contacts"][0]["id"].as_str().unwrap().to_owned();
    (id, contact)
}

/// A draft; gives its path.
pub(super) fn draft(client: &Client, body: &Value) -> String {
    let made = client.post("/api/v1/contracts", body).expect(201);
    format!("/api/v1/contracts/{}", made["id"].as_str().unwrap())
}

pub(super) fn user_of(house: &House, name: &str) -> String {
    let users = house.admin.get("/api/v1/users").expect(200);
    let found = users["items"].as_array().unwrap().iter().find(|user| user["name"] == name).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_contract_is_drafted_sent_signed_by_us_and_read_as_pages() {
    on_each(|house| {
        let (account, _) = customer(house, "1");
        let path = draft(
            &house.seller,
            &json!({"account": account, "title": "Framework 2027", "committed_volume": {"amount": {"amount": "120000.00", "currency": "USD"}}}),
        );
        let made = house.seller.get(&path).expect(200);
        assert_eq!(
            (&made["state"], &made["number"], &made["template"]),
            (&json!("draft"), &json!("CT-000001"), &json!("standard"))
        );
        assert_eq!(made["signers"][0]["name"], "Cleo Pärk");
        let preview = house.seller.get(&format!("{path}/pdf"));
        assert!(preview.status == 200 && preview.body.starts_with(b"%PDF-"));
        assert_eq!(
            preview.body,
            house.seller.get(&format!("{path}/pdf")).body,
            "the same contract, the same bytes"
        );

        let max = user_of(house, "manager");
        let edit = json!({"signers": [{"name": "Łukasz Ωmega", "email": "l@acme.example"}, {"user": max, "order": 2}], "in_order": true});
        let edited = house.seller.patch(&path, "\"v1\"", &edit).expect(200);
        assert_eq!(edited["version"], 2);
        assert_eq!(problem(&house.seller.patch(&path, "\"v1\"", &edit), 412).0, "account.stale");
        problem(&house.german.get(&path), 404);
        problem(&house.german.post(&format!("{path}/send"), &json!({})), 404);

        let sent = house.seller.post(&format!("{path}/send"), &json!({"link_hours": 48})).expect(200);
        assert_eq!((&sent["state"], sent["links"].as_array().unwrap().len()), (&json!("sent"), 2));
        assert!(house.seller.get(&path).expect(200)["links"].is_null(), "links are shown once");
        let documents = house.seller.get(&format!("/api/v1/accounts/{account}/documents")).expect(200);
        assert_eq!(
            (&documents["items"][0]["type"], &documents["items"][0]["sha256"]),
            (&json!("contract"), &sent["sha256"])
        );
        let early = house.manager.post(&format!("{path}/sign"), &json!({"name": "Max", "consent": true}));
        assert_eq!(problem(&early, 409).0, "contract.not_your_turn");
        let stranger = house.ar.post(&format!("{path}/sign"), &json!({"name": "Rosa", "consent": true}));
        problem(&stranger, 403);

        let recalled =
            house.seller.post(&format!("{path}/recall"), &json!({"reason": "Wrong prices."})).expect(200);
        assert_eq!((&recalled["state"], &recalled["returned"]), (&json!("draft"), &json!("Wrong prices.")));
        house.admin.get("/api/v1/audit").expect(200);
    });
}

#[test]
fn every_fault_of_a_draft_is_named_and_templates_have_typed_fields() {
    on_each(|house| {
        let (account, _) = customer(house, "1");
        let wrong = json!({"title": "", "ends_on": "soon", "wheels": 4, "signers": [{"name": "A"}], "template": "nothing"});
        let (code, errors) = problem(&house.seller.post("/api/v1/contracts", &wrong), 422);
        assert_eq!((code.as_str(), errors[0].0.as_str()), ("invalid", "/account"), "{errors:?}");
        let mut body = wrong;
        body["account"] = json!(account);
        let (_, errors) = problem(&house.seller.post("/api/v1/contracts", &body), 422);
        let found: Vec<&str> = errors.iter().map(|(pointer, _)| pointer.as_str()).collect();
        for pointer in ["/wheels", "/title", "/ends_on", "/signers/0/email", "/template"] {
            assert!(found.contains(&pointer), "{pointer} is missing in {found:?}");
        }
        let template = json!({
            "code": "rates", "name": "Rates", "type": "rate_agreement", "renewal": "manual", "reviewed": true,
            "text": "# Rates\nFor {{account.name}}: {{rate}}", "fields": [{"name": "rate", "type": "money", "required": true}],
        });
        problem(&house.seller.post("/api/v1/contract-templates", &template), 403);
        let saved = house.admin.post("/api/v1/contract-templates", &template).expect(200);
        assert_eq!((&saved["version"], &saved["fields"][0]["type"]), (&json!(1), &json!("money")));
        let bad = json!({"code": "x", "name": "X", "text": "{{nothing}}"});
        assert_eq!(
            problem(&house.admin.post("/api/v1/contract-templates", &bad), 422).1[0].1,
            "placeholder_unknown"
        );
        let path = draft(&house.seller, &json!({"account": account, "template": "rates"}));
        assert_eq!(house.seller.get(&path).expect(200)["missing"], json!(["/fields/rate"]));
        assert_eq!(
            problem(&house.seller.post(&format!("{path}/send"), &json!({})), 409).0,
            "contract.review_required"
        );
        let filled = json!({"fields": {"rate": {"amount": "1.50", "currency": "USD"}}});
        house.seller.patch(&path, "\"v1\"", &filled).expect(200);
        house.seller.post(&format!("{path}/submit"), &json!({})).expect(200);
        assert_eq!(
            problem(&house.seller.post(&format!("{path}/send"), &json!({})), 403).0,
            "contract.own_review"
        );
        let sent = house.manager.post(&format!("{path}/send"), &json!({})).expect(200);
        assert_eq!(sent["fields"]["rate"], "USD 1.50");
        house.admin.post("/api/v1/contract-templates/rates/retire", &json!({})).expect(200);
        let late = json!({"account": account, "template": "rates"});
        assert_eq!(problem(&house.seller.post("/api/v1/contracts", &late), 422).1[0].1, "template_unknown");
        let all = house.seller.get("/api/v1/contract-templates").expect(200);
        assert_eq!(all["items"].as_array().unwrap().len(), 2, "the built-in one is there too");
    });
}

#[test]
fn ink_is_confirmed_by_a_second_person_and_what_holds_is_amended_and_ended() {
    on_each(|house| {
        let (account, _) = customer(house, "1");
        let path = draft(&house.seller, &json!({"account": account}));
        house.seller.post(&format!("{path}/send"), &json!({})).expect(200);
        let scan = |client: &Client| {
            let to = format!("{path}/upload-signed?name=signed.pdf");
            client.send("POST", &to, &[("Content-Type", "application/pdf")], b"%PDF-1.7\n% scanned\n%%EOF\n")
        };
        let waiting = scan(&house.ar).expect(200);
        assert!(waiting["pending_scan"].as_str().unwrap().starts_with("doc_"));
        assert_eq!(
            problem(&house.ar.post(&format!("{path}/confirm-scan"), &json!({})), 403).0,
            "contract.own_scan"
        );
        problem(&house.seller.post(&format!("{path}/confirm-scan"), &json!({})), 403);
        let active = house.controller.post(&format!("{path}/confirm-scan"), &json!({})).expect(200);
        assert_eq!(
            (&active["state"], &active["signers"][0]["signature"]["method"]),
            (&json!("active"), &json!("wet"))
        );
        assert!(
            active["validated_at"].is_string()
                && active["signers"][0]["signature"]["scan_sha256"].is_string()
        );

        let amended = house.seller.post(&format!("{path}/amend"), &json!({"notice_days": 30})).expect(201);
        assert_eq!(
            (&amended["number"], &amended["revision"], &amended["amends"]),
            (&active["number"], &json!(2), &active["id"])
        );
        let next = format!("/api/v1/contracts/{}", amended["id"].as_str().unwrap());
        house.seller.post(&format!("{next}/send"), &json!({})).expect(200);
        let to = format!("{next}/upload-signed?name=two.pdf");
        house
            .ar
            .send("POST", &to, &[("Content-Type", "application/pdf")], b"%PDF-1.7\n% second\n%%EOF\n")
            .expect(200);
        house.controller.post(&format!("{next}/confirm-scan"), &json!({})).expect(200);
        let former = house.seller.get(&path).expect(200);
        assert_eq!((&former["state"], &former["superseded_by"]), (&json!("renewed"), &amended["id"]));

        let soon = jiff::Zoned::now().date().saturating_add(jiff::Span::new().days(3)).to_string();
        let end = |kind: &str, on: &str| json!({"kind": kind, "on": on, "reason": "They move on."});
        let url = format!("{next}/terminate");
        assert_eq!(
            problem(&house.seller.post(&url, &end("notice", &soon)), 422).0,
            "contract.notice_too_late"
        );
        let (_, errors) = problem(&house.seller.post(&url, &end("poem", "soon")), 422);
        assert_eq!(errors.len(), 2, "{errors:?}");
        let given = house.seller.post(&url, &end("mutual", &soon)).expect(200);
        assert_eq!(given["notice"]["on"], json!(soon));
    });
}

#[test]
fn deadlines_are_a_calendar_and_lists_show_what_may_be_seen() {
    on_each(|house| {
        let (account, _) = customer(house, "1");
        let path = draft(&house.seller, &json!({"account": account, "title": "Rates, all; of them"}));
        house.seller.post(&format!("{path}/send"), &json!({})).expect(200);
        house
            .ar
            .send(
                "POST",
                &format!("{path}/upload-signed"),
                &[("Content-Type", "application/pdf")],
                b"%PDF-1.7\n%%EOF\n",
            )
            .expect(200);
        house.controller.post(&format!("{path}/confirm-scan"), &json!({})).expect(200);
        let reply = house.seller.get("/api/v1/contracts/calendar.ics");
        assert_eq!(reply.header("content-type"), Some("text/calendar; charset=utf-8"));
        let text = reply.text();
        assert!(
            text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"),
            "{text}"
        );
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 3, "notice, end, audit: {text}");
        assert!(text.replace("\r\n ", "").contains("Rates\\, all\\; of them"), "{text}");
        let stranger = house.server.client();
        problem(
            &stranger.get("/api/v1/contracts/calendar.ics?token=kth_0000000000000000000000000000000000"),
            401,
        );
        let token = house.admin.post("/api/v1/tokens", &json!({"name": "calendar"})).expect(201);
        let by_token = format!("/api/v1/contracts/calendar.ics?token={}", token["token"].as_str().unwrap());
        assert_eq!(stranger.get(&by_token).status, 200);
        assert!(!house.german.get("/api/v1/contracts/calendar.ics").text().contains("VEVENT"));

        assert_eq!(house.german.get("/api/v1/contracts").expect(200)["items"], json!([]));
        let of = house.seller.get(&format!("/api/v1/accounts/{account}/contracts")).expect(200);
        assert_eq!(of["items"][0]["state"], "active");
        assert_eq!(house.seller.get("/api/v1/contracts?state=draft").expect(200)["items"], json!([]));
    });
}

#[test]
fn tasks_are_opened_listed_and_done() {
    on_each(|house| {
        let (account, _) = customer(house, "1");
        let seller = user_of(house, "seller");
        let body = json!({"account": account, "kind": "call_back", "title": "Call Cleo", "due": "2026-12-01", "assignee": seller});
        let made = house.admin.post("/api/v1/tasks", &body).expect(201);
        assert_eq!((&made["state"], &made["account_name"]), (&json!("open"), &json!("Acme GmbH")));
        let mine = house.seller.get("/api/v1/tasks?assignee=me&state=open").expect(200);
        assert_eq!(mine["items"][0]["id"], made["id"]);
        let told = house.seller.get("/api/v1/notifications").expect(200);
        assert_eq!(told["items"][0]["kind"], "task_opened");
        assert_eq!(house.german.get("/api/v1/tasks").expect(200)["items"], json!([]));
        let path = format!("/api/v1/tasks/{}", made["id"].as_str().unwrap());
        problem(&house.german.post(&format!("{path}/done"), &json!({})), 404);
        assert_eq!(house.seller.post(&format!("{path}/done"), &json!({})).expect(200)["state"], "done");
        assert_eq!(problem(&house.seller.post(&format!("{path}/cancel"), &json!({})), 409).0, "task.closed");
        let wrong = json!({"kind": "Call back", "title": "", "due": "soon"});
        assert_eq!(problem(&house.seller.post("/api/v1/tasks", &wrong), 422).1.len(), 3);
    });
}
