//! What is told outside over REST: mails by a mail server of the test's own, and webhooks that alerts call.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use kith_testkit::http::Client;
use serde_json::{Value, json};

use super::alert::{bring, customer as trader, order, wait_for};
use super::contract::{customer, draft};
use crate::house::{House, on_each, on_each_with, problem};

/// Asks again until it is so, for a minute at most.
fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(60) {
        if let Some(found) = ask() {
            return found;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("{what} did not come about");
}

/// A mail server: to each recipient it answers what comes next, at last that it takes it; it tells what it took.
fn mail_server(answers: &[&'static str]) -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, taken) = channel();
    let answers = Arc::new(Mutex::new(answers.to_vec()));
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let (sender, answers) = (sender.clone(), Arc::clone(&answers));
            std::thread::spawn(move || talk(&stream, &answers, &sender));
        }
    });
    (port, taken)
}

fn talk(stream: &TcpStream, answers: &Mutex<Vec<&'static str>>, taken: &Sender<String>) {
    let mut out = stream;
    let mut say = |text: &str| out.write_all(format!("{text}\r\n").as_bytes()).is_ok();
    let mut text: Option<String> = None;
    let mut alive = say("220 test");
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        if !alive {
            return;
        }
        if let Some(so_far) = &mut text {
            if line == "." {
                drop(taken.send(text.take().unwrap_or_default()));
                alive = say("250 taken");
            } else {
                so_far.push_str(&line);
                so_far.push('\n');
            }
        } else if line.starts_with("RCPT") {
            let mut answers = answers.lock().unwrap();
            let answer = if answers.is_empty() { "250 fine" } else { answers.remove(0) };
            alive = say(answer);
        } else if line == "DATA" {
            text = Some(String::new());
            alive = say("354 go on");
        } else {
            alive = say(if line == "QUIT" { "221 bye" } else { "250 fine" });
        }
    }
}

fn way(port: u16) -> String {
    format!(
        r#"{{"from": "House <us@house.example>", "public_url": "https://kith.example", "smtp": {{"host": "127.0.0.1", "port": {port}, "tls": "none"}}}}"#
    )
}

fn mails(client: &Client, query: &str) -> Vec<Value> {
    client.get(&format!("/api/v1/outbox{query}")).expect(200)["items"].as_array().unwrap().clone()
}

/// Sends a contract to the signer of a new customer.
fn invited(house: &House, erp: &str) {
    let (account, _) = customer(house, erp);
    let path = draft(&house.seller, &json!({"account": account}));
    house.seller.post(&format!("{path}/send"), &json!({})).expect(200);
}

#[test]
fn a_mail_is_written_in_the_language_of_whoever_reads_it() {
    on_each(|house| {
        let written = |erp: &str, of_company: Option<&str>, of_contact: Option<&str>| -> (String, String) {
            let mut body = crate::house::request("Acme GmbH", "US", erp);
            body["accept_duplicates"] = json!(true);
            (body["stage"], body["language"]) = (json!("active"), json!(of_company));
            body["contacts"] = json!([{"name": "Cleo Pärk", "role": "decision_maker", "language": of_contact,
                "emails": [format!("cleo-{erp}@acme.example")], "is_primary": true}]);
            let waiting =
                house.seller.post_once("/api/v1/accounts", &format!("create-{erp}"), &body).expect(202);
            let account = house.approve(&waiting)["target"].as_str().unwrap().to_owned();
            let path = draft(&house.seller, &json!({"account": account}));
            house.seller.post(&format!("{path}/send"), &json!({})).expect(200);
            let mail = mails(&house.seller, &format!("?account={account}")).remove(0);
            let path = format!("/api/v1/outbox/{}", mail["id"].as_str().unwrap());
            let mail = house.seller.get(&path).expect(200);
            (mail["subject"].as_str().unwrap().to_owned(), mail["text"].as_str().unwrap().to_owned())
        };
        for (erp, of_company, of_contact) in
            [("1", None, Some("de")), ("2", Some("de"), None), ("3", Some("fr"), Some("de-AT"))]
        {
            let (subject, text) = written(erp, of_company, of_contact);
            assert!(subject.starts_with("Bitte unterschreiben: CT-"), "{subject}");
            assert!(text.starts_with("Guten Tag,\n\n") && text.contains(" bittet Sie, CT-"), "{text}");
            assert!(text.contains("Er gilt bis ") && !text.contains("link is"), "{text}");
        }
        for (erp, of_company, of_contact) in
            [("4", None, None), ("5", Some("de"), Some("en-GB")), ("6", Some("fr"), None)]
        {
            let (subject, text) = written(erp, of_company, of_contact);
            assert!(
                subject.starts_with("Please sign: CT-") && text.starts_with("Good day,\n\n"),
                "{subject} {text}"
            );
        }
    });
}

#[test]
fn a_mail_is_tried_again_until_the_server_takes_it_and_its_link_opens() {
    let (port, taken) = mail_server(&["451 later", "451 later"]);
    let files = [("mail.json", way(port))];
    on_each_with(&files, |house| {
        invited(house, "1");
        let text =
            taken.recv_timeout(Duration::from_secs(60)).unwrap().replace("=\n", "").replace("=3D", "=");
        assert!(text.contains("cleo-1@acme.example") && text.contains("Message-ID: <mail_"), "{text}");
        let link =
            text.split("https://kith.example").nth(1).unwrap().lines().next().unwrap().trim().to_owned();
        assert_eq!(house.server.client().get(&link).status, 200, "{link}");
        let sent = until("the mail", || mails(&house.seller, "?state=sent").pop());
        assert_eq!((&sent["kind"], &sent["sent_by"]), (&json!("signature_invitation"), &json!("smtp")));
        let path = format!("/api/v1/outbox/{}", sent["id"].as_str().unwrap());
        let shown = house.seller.get(&path);
        let secret = link.rsplit('/').next().unwrap();
        assert!(!shown.text().contains(secret) && !house.server.log().contains(secret), "{}", shown.text());
        assert_eq!(
            problem(&house.seller.post(&format!("{path}/retry"), &json!({})), 409).0,
            "mail.already_sent"
        );
        let status = house.admin.get("/api/v1/outbox/status").expect(200);
        assert_eq!((&status["sends"], &status["by"]), (&json!(true), &json!("smtp")));
        assert_eq!(status["route"], format!("127.0.0.1:{port}"));
        assert_eq!(house.seller.get("/api/v1/outbox/status").expect(200)["route"], Value::Null);
    });
}

#[test]
fn what_a_server_refuses_for_good_is_given_up_until_a_person_has_it_tried_again() {
    on_each(|house| {
        // Nobody named a way: everything waits, and says so.
        invited(house, "1");
        let waiting = until("the mail", || mails(&house.seller, "").pop());
        assert_eq!((&waiting["state"], &waiting["to"]), (&json!("queued"), &json!("cleo-1@acme.example")));
        assert_eq!(house.seller.get("/api/v1/outbox/status").expect(200)["sends"], false);
        let path = format!("/api/v1/outbox/{}", waiting["id"].as_str().unwrap());
        assert_eq!(problem(&house.german.get(&path), 404).0, "mail.not_found", "another entity's");
        assert_eq!(house.nobody.get(&path).status, 403);
        let discarded = house.seller.post(&format!("{path}/discard"), &json!({})).expect(200);
        assert_eq!(discarded["state"], "discarded");
        assert_eq!(
            problem(&house.seller.post(&format!("{path}/retry"), &json!({})), 409).0,
            "mail.discarded"
        );
        assert_eq!(problem(&house.seller.get("/api/v1/outbox?state=lost"), 422).1[0].0, "/state");
    });
    let (port, taken) = mail_server(&["550 no such user"; 4]);
    let files = [("mail.json", way(port))];
    on_each_with(&files, |house| {
        invited(house, "1");
        let given_up = until("the end", || mails(&house.seller, "?state=given_up").pop());
        assert_eq!((&given_up["code"], &given_up["attempts"]), (&json!("smtp_550"), &json!(1)));
        let path = format!("/api/v1/outbox/{}", given_up["id"].as_str().unwrap());
        house.seller.post(&format!("{path}/retry"), &json!({})).expect(200);
        if mails(&house.seller, "?state=given_up").is_empty() {
            drop(taken.recv_timeout(Duration::from_secs(20)));
        }
        until("another end", || {
            let mail = house.seller.get(&path).expect(200);
            matches!(mail["state"].as_str(), Some("given_up" | "sent")).then_some(())
        });
    });
}

/// A server that answers each call with the status that comes next, at last with 204; it tells what it was told.
fn hook_server(statuses: &[u16]) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/kith", listener.local_addr().unwrap());
    let (sender, told) = channel();
    let mut statuses = statuses.to_vec();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let (mut text, mut part) = (Vec::new(), [0; 8192]);
            while !String::from_utf8_lossy(&text).ends_with('}') {
                let read = stream.read(&mut part).unwrap_or(0);
                if read == 0 {
                    break;
                }
                text.extend_from_slice(&part[..read]);
            }
            let status = if statuses.is_empty() { 204 } else { statuses.remove(0) };
            drop(stream.write_all(
                format!("HTTP/1.1 {status} x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").as_bytes(),
            ));
            drop(sender.send(String::from_utf8_lossy(&text).into_owned()));
        }
    });
    (url, told)
}

fn header(call: &str, name: &str) -> String {
    let line = call.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}:"))).unwrap();
    line.split_once(':').unwrap().1.trim().to_owned()
}

/// The signature as whoever is called computes it.
fn signature(secret: &str, call: &str) -> String {
    let bytes = data_encoding::BASE64.decode(secret.strip_prefix("whsec_").unwrap().as_bytes()).unwrap();
    let body = call.split("\r\n\r\n").nth(1).unwrap();
    let signed = format!("{}.{}.{body}", header(call, "webhook-id"), header(call, "webhook-timestamp"));
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &bytes);
    format!("v1,{}", data_encoding::BASE64.encode(ring::hmac::sign(&key, signed.as_bytes()).as_ref()))
}

#[test]
fn an_alert_calls_the_webhooks_that_want_it_and_what_reaches_nobody_is_a_dead_letter() {
    on_each(|house| {
        let wrong = json!({"name": "", "url": "ftp://x", "kinds": ["odd"], "severity_least": "grave", "entity": "FR"});
        let refused = problem(&house.admin.post("/api/v1/webhooks", &wrong), 422);
        let places: Vec<&str> = refused.1.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, ["/kinds/0", "/severity_least", "/entity"]);
        let refused =
            problem(&house.admin.post("/api/v1/webhooks", &json!({"name": "", "url": "ftp://x"})), 422);
        assert_eq!(refused.1.len(), 2, "{refused:?}");
        assert_eq!(problem(&house.seller.get("/api/v1/webhooks"), 403).0, "access.denied");

        let (url, told) = hook_server(&[500]);
        let made = house.admin.post("/api/v1/webhooks", &json!({"name": "Desk", "url": url})).expect(201);
        let secret = made["secret"].as_str().unwrap();
        let path = format!("/api/v1/webhooks/{}", made["id"].as_str().unwrap());
        assert!(house.admin.get(&path).expect(200).get("secret").is_none(), "it is shown once");
        let (gone, _) = hook_server(&[410]);
        let other = json!({"name": "Gone", "url": gone, "kinds": ["unusual_spending"]});
        let other = house.admin.post("/api/v1/webhooks", &other).expect(201);
        let narrow = json!({"name": "Narrow", "url": "http://127.0.0.1:1/", "entity": "DE"});
        house.admin.post("/api/v1/webhooks", &narrow).expect(201);

        trader(house);
        bring(house, &[order("O-900", 0, "900.00")]);
        let [alert] = wait_for(house, "", 1).try_into().unwrap();
        let first = told.recv_timeout(Duration::from_secs(30)).unwrap();
        let again = told.recv_timeout(Duration::from_secs(30)).unwrap();
        for call in [&first, &again] {
            assert_eq!(header(call, "webhook-signature"), signature(secret, call), "{call}");
        }
        assert_eq!(header(&first, "webhook-id"), header(&again, "webhook-id"), "the same delivery");
        let body: Value = serde_json::from_str(first.split("\r\n\r\n").nth(1).unwrap()).unwrap();
        assert_eq!((&body["type"], &body["data"]["id"]), (&json!("alert.raised"), &alert["id"]));
        assert!(body["data"].get("account_name").is_none(), "it names nobody: {body}");

        let other = format!("/api/v1/webhooks/{}", other["id"].as_str().unwrap());
        until("410", || (house.admin.get(&other).expect(200)["gone"] == true).then_some(()));
        let dead = until("a dead letter", || {
            let found = house.admin.get("/api/v1/deliveries?state=dead_letter").expect(200);
            found["items"].as_array().unwrap().first().cloned()
        });
        assert_eq!((&dead["code"], &dead["kind"]), (&json!("http_410"), &json!("alert.raised")));
        let letter = format!("/api/v1/deliveries/{}", dead["id"].as_str().unwrap());
        let json = [("Content-Type", "application/json")];
        let on = house.admin.send("PATCH", &other, &json, br#"{"on":true}"#);
        assert_eq!(on.status, 200, "{}", on.text());
        house.admin.post(&format!("{letter}/retry"), &json!({})).expect(200);
        until("the delivery", || {
            (house.admin.get(&letter).expect(200)["state"] == "delivered").then_some(())
        });
        let late = house.admin.post(&format!("{letter}/discard"), &json!({}));
        assert_eq!(problem(&late, 409).0, "delivery.arrived");

        let rotated = house.admin.post(&format!("{path}/secret"), &json!({})).expect(200);
        assert_ne!(rotated["secret"], made["secret"]);
        house.admin.post(&format!("{path}/test"), &json!({})).expect(202);
        let test = until("the test", || told.recv_timeout(Duration::from_secs(30)).ok());
        assert_eq!(header(&test, "webhook-signature"), signature(rotated["secret"].as_str().unwrap(), &test));
        let deleted = house.admin.send("DELETE", &path, &[], b"");
        assert_eq!(deleted.status, 204, "{}", deleted.text());
        assert_eq!(problem(&house.admin.get(&path), 404).0, "webhook.not_found");
    });
}
