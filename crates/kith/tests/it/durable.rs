//! Sudden death: the serving process is killed again and again while clients write; what was acknowledged is there
//! afterwards exactly once. This shows the death of the process, not of the machine or its disk.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use kith_testkit::http::{Client, Reply};
use kith_testkit::process::{Server, run};
use serde_json::{Value, json};

use crate::house::{init, order, person, place, request, serve};

/// How often the server is killed; more by `KITH_KILL_CYCLES`.
const CYCLES: u64 = 200;
/// Notes of one account, below what an account keeps.
const NOTES_EACH: u64 = 150;
/// Touchpoints in one batch.
const BATCH: u64 = 5;

/// Whose tokens the writers use.
struct Tokens {
    seller: String,
    ar: String,
    controller: String,
    ops: String,
}

/// What one writer has sent; the last thing may be without an answer, and is then sent again.
#[derive(Default)]
struct Writer {
    sent: u64,
    unanswered: bool,
    acknowledged: u64,
    replayed: u64,
}

impl Writer {
    /// Sends one thing after another until the server is gone. After a break the same thing is sent again.
    fn write(&mut self, mut send: impl FnMut(u64) -> Option<bool>) {
        loop {
            if !self.unanswered {
                self.sent += 1;
                self.unanswered = true;
            }
            let Some(replayed) = send(self.sent) else { return };
            self.unanswered = false;
            self.acknowledged += 1;
            self.replayed += u64::from(replayed);
        }
    }
}

/// Posts, unless the server is gone. A server that answers must have understood.
fn post(client: &Client, path: &str, key: &str, body: &Value, wanted: &[u16]) -> Option<Reply> {
    let mut headers = vec![("Content-Type", "application/json")];
    headers.extend((!key.is_empty()).then_some(("Idempotency-Key", key)));
    let reply = client.try_send("POST", path, &headers, body.to_string().as_bytes()).ok()?;
    assert!(wanted.contains(&reply.status), "POST {path}: {} {}", reply.status, reply.text());
    Some(reply)
}

fn replayed(reply: &Reply) -> bool {
    reply.header("idempotent-replayed") == Some("true")
}

/// An account through the gate: asked for, approved twice. An approval whose answer was lost is repeated, and then
/// refused as already given.
fn account(server: &Server, tokens: &Tokens, nth: u64) -> Option<bool> {
    let name = format!("killed-{nth}");
    let [seller, ar, controller] =
        [&tokens.seller, &tokens.ar, &tokens.controller].map(|token| server.client().with_token(token));
    let mut body = request(&name, "US", &name);
    body["accept_duplicates"] = json!(true); // killed-100 and killed-1000 are two.
    let asked = post(&seller, "/api/v1/accounts", &format!("create-{nth}"), &body, &[202])?;
    let change = asked.json()["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/changes/{change}/approve");
    let mut again = replayed(&asked);
    for client in [&ar, &controller] {
        let approved = post(client, &path, "", &json!({}), &[200, 403, 409]);
        again |= approved?.status != 200;
    }
    let settled = ar.try_send("GET", &format!("/api/v1/changes/{change}"), &[], &[]).ok()?.expect(200);
    assert_eq!(settled["state"], "applied", "{settled}");
    Some(again)
}

/// The account that the nth note is for.
fn noted(nth: u64) -> String {
    format!("C-{:06}", nth / NOTES_EACH % 50 + 1)
}

fn note(server: &Server, tokens: &Tokens, nth: u64) -> Option<bool> {
    let client = server.client().with_token(&tokens.seller);
    let body = json!({"text": format!("note {nth}.")});
    let path = format!("/api/v1/accounts/{}/notes", noted(nth));
    Some(replayed(&post(&client, &path, &format!("note-{nth}"), &body, &[201])?))
}

fn batch(server: &Server, tokens: &Tokens, nth: u64) -> Option<bool> {
    let client = server.client().with_token(&tokens.ops);
    let erp = format!("base-{}", nth % 50 + 1);
    let one = |place: u64| {
        let mut one = order(&format!("so-{nth}-{place}"), &erp, "10.00");
        one["time"] = json!("2026-01-05T10:00:00Z"); // Sent again it must be the same.
        one
    };
    let body: Value = (0..BATCH).map(one).collect();
    let reply = post(&client, "/api/v1/touchpoints", "", &body, &[200])?.json();
    let count = |name: &str| reply[name].as_u64().unwrap();
    assert_eq!(count("accepted") + count("duplicates"), BATCH, "{reply}");
    assert!(matches!(count("accepted"), 0 | BATCH), "a batch is whole or not there: {reply}");
    Some(count("duplicates") > 0)
}

#[test]
fn what_was_acknowledged_survives_sudden_death() {
    let cycles = std::env::var("KITH_KILL_CYCLES").map_or(CYCLES, |count| count.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let words = place(&data, None);
    let admin = init(&words);
    let server = serve(&words);
    let admin = server.client().with_token(&admin);
    let tokens = Tokens {
        seller: person(&admin, "seller", &["account_manager"]),
        ar: person(&admin, "ar", &["ar_manager"]),
        controller: person(&admin, "controller", &["controller"]),
        ops: person(&admin, "ops", &["ops"]),
    };
    let [ar, controller, seller] =
        [&tokens.ar, &tokens.controller, &tokens.seller].map(|token| server.client().with_token(token));
    for nth in 1..=50 {
        let base = format!("base-{nth}");
        let waiting = crate::house::create(&seller, &base, "US", &base).expect(202);
        crate::house::approve(&ar, &controller, &waiting);
    }
    server.kill();

    let (mut accounts, mut notes, mut batches) = (Writer::default(), Writer::default(), Writer::default());
    let (started, random) = (Instant::now(), RandomState::new());
    for cycle in 0..cycles {
        let server = serve(&words);
        thread::scope(|scope| {
            scope.spawn(|| accounts.write(|nth| account(&server, &tokens, nth)));
            scope.spawn(|| notes.write(|nth| note(&server, &tokens, nth)));
            scope.spawn(|| batches.write(|nth| batch(&server, &tokens, nth)));
            thread::sleep(Duration::from_millis(50 + random.hash_one(cycle) % 350));
            let killed =
                std::process::Command::new("kill").args(["-KILL", &server.id().to_string()]).status();
            assert!(killed.unwrap().success());
        });
        drop(server);
    }
    let took = started.elapsed().as_secs();
    for writer in [&accounts, &notes, &batches] {
        assert!(writer.acknowledged > 0, "a writer wrote nothing");
    }
    eprintln!(
        "{cycles} kills in {took} s; acknowledged: {} accounts, {} notes, {} touchpoints; sent again after a kill \
         and found there: {} accounts, {} notes, {} batches",
        accounts.acknowledged,
        notes.acknowledged,
        batches.acknowledged * BATCH,
        accounts.replayed,
        notes.replayed,
        batches.replayed
    );
    all_there(&words, &tokens, &[&accounts, &notes, &batches]);
    verified(&data);
}

/// Everything acknowledged is there once; what was sent without an answer at most once.
fn all_there(words: &[std::ffi::OsString], tokens: &Tokens, writers: &[&Writer; 3]) {
    let [accounts, notes, batches] = writers;
    let server = serve(words);
    let client = server.client().with_token(&tokens.seller);
    let mut named: BTreeMap<String, u64> = BTreeMap::new();
    for item in pages(&client, "/api/v1/accounts?fields=name&limit=200") {
        *named.entry(item["name"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    check("account", accounts, |nth| named.get(&format!("killed-{nth}")).copied().unwrap_or_default());

    let mut texts: BTreeMap<String, u64> = BTreeMap::new();
    let targets: BTreeSet<String> = (1..=notes.sent).map(noted).collect();
    for target in targets {
        let account = client.get(&format!("/api/v1/accounts/{target}")).expect(200);
        for note in account["note_log"].as_array().unwrap() {
            *texts.entry(note["text"].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    check("note", notes, |nth| texts.get(&format!("note {nth}.")).copied().unwrap_or_default());

    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    for nth in 1..=50 {
        for item in pages(&client, &format!("/api/v1/accounts/C-{nth:06}/timeline?limit=200")) {
            *seen.entry(item["id"].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    for place in 0..BATCH {
        check("touchpoint", batches, |nth| {
            seen.get(&format!("so-{nth}-{place}")).copied().unwrap_or_default()
        });
    }
    assert!(server.stop().0.success());
}

fn check(noun: &str, writer: &Writer, times: impl Fn(u64) -> u64) {
    for nth in 1..=writer.sent {
        let answered = nth < writer.sent || !writer.unanswered;
        let times = times(nth);
        assert!(times == 1 || (times == 0 && !answered), "{noun} {nth} is there {times} times");
    }
}

/// All items of a list, page after page.
pub(crate) fn pages(client: &Client, path: &str) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let mut page = client.get(&format!("{path}{cursor}")).expect(200);
        items.append(page["items"].as_array_mut().unwrap());
        let Some(next) = page["next_cursor"].as_str() else { return items };
        cursor = format!("&cursor={next}");
    }
}

/// `kith verify`: chain and tree, documents equal to their streams, profile equal to a rebuild.
fn verified(data: &Path) {
    let output = run(["verify".as_ref(), "--json".as_ref(), "--data".as_ref(), data.as_os_str()]);
    let verified: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(verified["faults"], json!([]), "{verified}");
    assert!(output.status.success());
    assert!(verified["records"].as_u64().unwrap() > 0 && verified["touchpoints"].as_u64().unwrap() > 0);
}
