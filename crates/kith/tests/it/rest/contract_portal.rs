//! The public door of signing and what follows from it: access to the portal, which follows the account.

use std::time::{Duration, Instant};

use kith_testkit::http::{Client, Reply};
use serde_json::{Value, json};

use super::contract::{customer, draft};
use crate::house::{House, on_each, person, problem};

/// Sends a form as a browser does.
pub(super) fn form(client: &Client, path: &str, members: &[(&str, &str)], cookie: Option<&str>) -> Reply {
    let body = serde_urlencoded::to_string(members).unwrap();
    let mut headers = vec![("Content-Type", "application/x-www-form-urlencoded")];
    headers.extend(cookie.map(|cookie| ("Cookie", cookie)));
    client.send("POST", path, &headers, body.as_bytes())
}

/// The value of a hidden member of a page.
pub(super) fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    page.split(&mark)
        .nth(1)
        .unwrap_or_else(|| panic!("no {name} in {page}"))
        .split('"')
        .next()
        .unwrap()
        .to_owned()
}

fn signed(house: &House, link: &str) -> Reply {
    signed_as(house, link, "cleo  PARK")
}

fn signed_as(house: &House, link: &str, name: &str) -> Reply {
    let stranger = house.server.client();
    let page = stranger.get(link).text();
    let members = [
        ("csrf", hidden(&page, "csrf")),
        ("sha256", hidden(&page, "sha256")),
        ("name", name.to_owned()),
        ("consent", "true".into()),
    ];
    let members: Vec<(&str, &str)> = members.iter().map(|(name, value)| (*name, value.as_str())).collect();
    form(&stranger, link, &members, None)
}

fn send(house: &House, path: &str) -> String {
    let sent = house.seller.post(&format!("{path}/send"), &json!({})).expect(200);
    sent["links"][0]["path"].as_str().unwrap().to_owned()
}

/// Chooses a password and signs in; gives the cookie.
fn activated(house: &House, path: &str, email: &str) -> String {
    let stranger = house.server.client();
    let page = stranger.get(path);
    assert_eq!(page.status, 200, "{}", page.text());
    let csrf = hidden(&page.text(), "csrf");
    let short = form(&stranger, path, &[("csrf", &csrf), ("password", "short")], None);
    assert!(short.text().contains("12 characters"));
    let done = form(&stranger, path, &[("csrf", &csrf), ("password", "a long enough password")], None);
    assert_eq!((done.status, done.header("location")), (303, Some("/sign-in?next=/portal")));
    assert_eq!(stranger.get(path).status, 410, "a link works once");
    sign_in(house, email).unwrap()
}

pub(super) fn sign_in(house: &House, email: &str) -> Option<String> {
    let stranger = house.server.client();
    let page = stranger.get("/sign-in");
    let cookie = page.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let members = [
        ("csrf", hidden(&page.text(), "csrf")),
        ("email", email.to_owned()),
        ("password", "a long enough password".into()),
        ("next", String::new()),
    ];
    let members: Vec<(&str, &str)> = members.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let reply = form(&stranger, "/sign-in", &members, Some(&cookie));
    (reply.status == 303).then(|| reply.header("set-cookie").unwrap().split(';').next().unwrap().to_owned())
}

/// Two compliance officers release a hold.
fn release(house: &House, change: &Value) {
    let path = format!("/api/v1/changes/{}/approve", change["id"].as_str().unwrap());
    for name in ["first", "other"] {
        let token = person(&house.admin, name, &["compliance"]);
        house.server.client().with_token(&token).post(&path, &json!({})).expect(200);
    }
}

fn people(house: &House, account: &str) -> Value {
    house.seller.get(&format!("/api/v1/accounts/{account}/portal-users")).expect(200)["items"].clone()
}

#[test]
fn a_customer_signs_behind_a_link_and_has_access_at_once() {
    on_each(|house| {
        let (account, contact) = customer(house, "7");
        let path = draft(&house.seller, &json!({"account": account}));
        let link = send(house, &path);
        let stranger = house.server.client();
        let page = stranger.get(&link);
        assert!(page.text().contains("Framework agreement") && page.text().contains("Acme GmbH"));
        assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
        assert!(stranger.get(&format!("{link}/pdf")).body.starts_with(b"%PDF-"));
        assert_eq!(stranger.get(&format!("{}x", link)).status, 410);
        let forged = form(&stranger, &link, &[("csrf", "00"), ("name", "Cleo"), ("consent", "true")], None);
        assert_eq!(forged.status, 403);

        let other = signed_as(house, &link, "Max <Power>");
        assert_eq!(other.status, 422, "{}", other.text());
        let page = other.text();
        assert!(
            page.contains("This is not the name of the signer.")
                && page.contains("Expected the name Cleo Pärk"),
            "{page}"
        );
        assert!(
            page.contains("value=\"Max &lt;Power&gt;\"") && page.contains("aria-invalid"),
            "what was typed stays: {page}"
        );
        let stale = [
            ("csrf", hidden(&page, "csrf")),
            ("sha256", "00".into()),
            ("name", "Cleo Pärk".into()),
            ("consent", "true".into()),
        ];
        let stale: Vec<(&str, &str)> = stale.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(form(&stranger, &link, &stale, None).status, 409, "another document was shown");
        let reply = signed(house, &link);
        assert_eq!(reply.status, 303, "{}", reply.text());
        let contract = house.seller.get(&path).expect(200);
        let evidence = &contract["signers"][0]["signature"];
        assert_eq!((&contract["state"], &evidence["method"]), (&json!("active"), &json!("ses")));
        assert_eq!((&evidence["sha256"], &evidence["name"]), (&contract["sha256"], &json!("cleo  PARK")));
        assert!(evidence["address"].is_string() && evidence["envelope"].is_string());
        assert!(contract["validated_at"].is_string());

        let person = &people(house, &account)[0];
        assert_eq!(
            (&person["state"], &person["roles"], &person["contact"]),
            (&json!("invited"), &json!(["portal_admin"]), &json!(contact))
        );
        house.admin.post(&format!("{path}/provision"), &json!({})).expect(200);
        assert_eq!(people(house, &account).as_array().unwrap().len(), 1, "given once");

        // Whoever signed goes on to choose a password.
        let csrf = hidden(&stranger.get(&link).text(), "csrf");
        let on = form(&stranger, &format!("{link}/activate"), &[("csrf", &csrf)], None);
        let activation = on.header("location").unwrap().to_owned();
        let cookie = activated(house, &activation, "cleo-7@acme.example");
        assert_eq!(people(house, &account)[0]["state"], "active");
        let portal = stranger.send("GET", "/portal", &[("Cookie", &cookie)], &[]);
        assert!(portal.status == 200 && portal.text().contains("CT-000001"), "{}", portal.text());
        // Nothing else is theirs to see.
        let first = stranger.send("GET", "/", &[("Cookie", &cookie)], &[]);
        assert_eq!((first.status, first.header("location")), (303, Some("/portal")));
        for other in ["/accounts", "/contracts", "/tasks", "/portfolio", "/accounts/new", "/settings"] {
            let reply = stranger.send("GET", other, &[("Cookie", &cookie)], &[]);
            assert_eq!(reply.status, 404, "{other}: {}", reply.text());
        }
        let sent = stranger.send("POST", "/accounts/new", &[("Cookie", &cookie)], b"name=Mine");
        assert_eq!(sent.status, 404, "{}", sent.text());
        for other in ["/api/v1/accounts", "/api/v1/contracts", &format!("/api/v1/accounts/{account}")] {
            problem(&stranger.send("GET", other, &[("Cookie", &cookie)], &[]), 403);
        }
    });
}

#[test]
fn access_goes_with_the_account_and_comes_back_with_it() {
    on_each(|house| {
        let (account, _) = customer(house, "9");
        let path = draft(&house.seller, &json!({"account": account}));
        let link = send(house, &path);
        assert_eq!(signed(house, &link).status, 303);
        let user = people(house, &account)[0]["id"].as_str().unwrap().to_owned();
        problem(&house.seller.post(&format!("/api/v1/users/{user}/activation"), &json!({})), 403);
        let opening = house.admin.post(&format!("/api/v1/users/{user}/activation"), &json!({})).expect(200);
        let cookie = activated(house, opening["path"].as_str().unwrap(), "cleo-9@acme.example");
        let stranger = house.server.client();
        let portal = || stranger.send("GET", "/portal", &[("Cookie", &cookie)], &[]).status;
        assert_eq!(portal(), 200);

        let holds = format!("/api/v1/accounts/{account}/holds");
        let body = json!({"type": "compliance", "reason": "The owner is on a list."});
        let held = house.seller.post_once(&holds, "h", &body).expect(201);
        assert_eq!(held["status"], "suspended");
        assert_ne!(portal(), 200, "at once");
        let began = Instant::now();
        while people(house, &account)[0]["state"] != "revoked" {
            assert!(began.elapsed() < Duration::from_secs(60), "{}", people(house, &account));
            std::thread::sleep(Duration::from_millis(200));
        }
        assert!(sign_in(house, "cleo-9@acme.example").is_none());
        let hold = house.seller.get(&holds).expect(200)["items"][0]["id"].as_str().unwrap().to_owned();
        let reason = json!({"reason": "It is another person."});
        let change = house.ops.post_once(&format!("{holds}/{hold}/release"), "r", &reason).expect(202);
        release(house, &change);
        let began = Instant::now();
        while people(house, &account)[0]["state"] != "active" {
            assert!(began.elapsed() < Duration::from_secs(60), "{}", people(house, &account));
            std::thread::sleep(Duration::from_millis(200));
        }
        assert!(sign_in(house, "cleo-9@acme.example").is_some());

        // Giving access again gives nobody anything twice.
        let mails = || house.seller.get(&format!("/api/v1/outbox?account={account}")).expect(200);
        let before = mails();
        for _ in 0..2 {
            house.admin.post(&format!("{path}/provision"), &json!({})).expect(200);
        }
        let all = people(house, &account);
        assert_eq!((all.as_array().unwrap().len(), &all[0]["state"]), (1, &json!("active")), "{all}");
        assert_eq!(mails()["items"], before["items"], "nobody is written to twice");
        assert_eq!(portal(), 303, "what was ended stays ended");
    });
}
