//! What is told outside: the outbox, and webhooks that an alert calls.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use serde_json::json;

use super::company::{Company, Person, is_clean};

#[test]
fn mail_that_cannot_leave_waits_and_the_page_says_so() {
    let company = Company::found();
    company.record(&json!({
        "name": "Norvane Logistics", "legal_name": "Norvane Sp. z o.o.", "email": "office@norvane.example", "owning_entity": "US",
        "stage": "active",
        "contacts": [{"name": "Cleo Park", "role": "decision_maker", "emails": ["cleo@norvane.example"], "is_primary": true}],
    }));
    let account = company.admin.get("/api/v1/accounts?limit=1").expect(200)["items"][0]["id"].clone();
    let contract =
        company.admin.post_once("/api/v1/contracts", "draft", &json!({"account": account})).expect(201);
    let send = format!("/api/v1/contracts/{}/send", contract["id"].as_str().unwrap());
    company.admin.post_once(&send, "send", &json!({})).expect(200);
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.click(".nav a[href='/outbox']");
    browser.wait_for("the outbox", |browser| browser.text("h1") == "Outbox");
    assert!(browser.text("#no-way").contains("No mail leaves"), "{}", browser.text("main"));
    assert!(browser.text("#mails").contains("cleo@norvane.example"), "{}", browser.text("#mails"));
    is_clean(&browser);
    browser.click("#mails a");
    browser.wait_for("the mail", |browser| browser.text("h1") == "Signature invitation");
    let text = browser.text("main");
    assert!(text.contains("it is not shown") && !text.contains("/sign/ctr_"), "no link is shown: {text}");
    browser.viewport(390, 844);
    is_clean(&browser);
    browser.click("form[action$=discard] button");
    browser.wait_for("the end", |browser| browser.text("main").contains("Discarded"));
    is_clean(&browser);
}

/// A server that answers every call with 204 and tells what it was told.
fn listener() -> (String, std::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/kith", listener.local_addr().unwrap());
    let (sender, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let (mut text, mut part) = (Vec::new(), [0; 8192]);
            while !String::from_utf8_lossy(&text).ends_with('}') {
                let read = stream.read(&mut part).unwrap();
                text.extend_from_slice(&part[..read]);
            }
            stream.write_all(b"HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n").unwrap();
            if sender.send(String::from_utf8(text).unwrap()).is_err() {
                return;
            }
        }
    });
    (url, told)
}

#[test]
fn a_webhook_is_named_tested_and_its_secret_shown_once() {
    let company = Company::found_allowing_private();
    let (url, told) = listener();
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.open(&company.page("/alerts"));
    browser.click("a[href='/webhooks']");
    browser.wait_for("the webhooks", |browser| browser.text("h1") == "Webhooks");
    is_clean(&browser);
    browser.fill("#hook-name", "Fraud desk");
    browser.fill("#hook-url", &url);
    browser.click("#kind-bust_out");
    browser.click("#add .pri");
    browser.wait_for("the secret", |browser| browser.count("#secret") == 1);
    assert!(browser.text("#secret").starts_with("whsec_"));
    assert!(browser.text("main").contains("Bust out"), "{}", browser.text("main"));
    is_clean(&browser);
    browser.click("form[action$=test] button");
    let call = told.recv_timeout(std::time::Duration::from_secs(30)).unwrap();
    assert!(call.contains("webhook-signature: v1,") && call.contains("webhook.test"), "{call}");
    browser.wait_for("the delivery", |browser| {
        browser.open(&company.page("/webhooks"));
        browser.text("[aria-labelledby=latest]").contains("Delivered")
    });
    assert_eq!(browser.count("#secret"), 0, "a secret is shown once");
    browser.viewport(390, 844);
    is_clean(&browser);
}
