//! One organisation from its founding to its restored backup, by the real binary on a real directory.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command};

use serde_json::{Value, json};

use crate::tool::{at_data, at_server, kith, run};

/// An order of the day before yesterday.
fn event(id: &str, subject: &str, order: &str) -> String {
    let time = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(48);
    json!({"specversion": "1.0", "id": id, "source": "erp", "type": "io.kith.order.placed",
           "time": time.to_string(), "subject": subject,
           "data": {"order_no": order, "entity": "US", "value": {"amount": "100.00", "currency": "USD"}}})
    .to_string()
}

/// Founds an organisation; gives the administrator's token.
fn found(dir: &Path) -> String {
    let words =
        ["init", "--org", "Norvane", "--entity", "US:USD:America/Chicago", "--entity", "EU:EUR", "--json"];
    let made = at_data(dir, &words, "").well().json();
    assert_eq!(made["organisation"], "Norvane");
    assert!(made["user"].as_str().is_some_and(|user| user.starts_with("usr_")), "{made}");
    made["token"].as_str().filter(|token| token.starts_with("kth_")).expect("a token").to_owned()
}

/// Adds a user with a role; gives a token of theirs.
fn person(dir: &Path, name: &str, role: &str) -> String {
    let email = format!("{name}@norvane.example");
    at_data(dir, &["user", "add", "--name", name, "--email", &email, "--role", role], "").well();
    let made = at_data(dir, &["token", "create", "--user", &email, "--json"], "").well().json();
    made["token"].as_str().expect("a token").to_owned()
}

fn as_who(dir: &Path, token: &str, words: &[&str], input: &str) -> crate::tool::Ran {
    let mut command: Command = kith();
    command.env("KITH_DATA", dir).env("KITH_TOKEN", token);
    run(command, words, input)
}

/// Creates an account by the gate; gives its id.
fn account(dir: &Path, tokens: [&str; 3]) -> String {
    let body = json!({"name": "Acme", "email": "ap@acme.example", "owning_entity": "US", "tier": "premium", "stage": "active",
                      "identifiers": [{"kind": "external:erp", "value": "1"}]});
    let [seller, first, second] = tokens;
    let change = as_who(dir, seller, &["account", "create", "-", "--json"], &body.to_string()).well().json();
    assert_eq!(change["state"], "waiting", "{change}");
    let id = change["id"].as_str().expect("an id");
    let own = as_who(dir, seller, &["change", "approve", id], "");
    assert_eq!(own.code, 1, "nobody approves their own: {}", own.out);
    as_who(dir, first, &["change", "approve", id], "").well();
    let applied = as_who(dir, second, &["change", "approve", id, "--json"], "").well().json();
    assert_eq!(applied["state"], "applied", "{applied}");
    applied["result"]["account_id"].as_str().expect("an account").to_owned()
}

const PAPER: &str = "%PDF-1.7\n% A certificate of exemption.\n%%EOF\n";

/// Brings a certificate, which somebody else verifies, and prices something; gives the document's id.
fn paper(data: &Path, account: &str, [seller, other]: [&str; 2]) -> String {
    let words =
        ["document", "add", account, "-", "--type", "tax_certificate", "--mime", "application/pdf", "--json"];
    let made = as_who(data, seller, &words, PAPER).well().json();
    assert_eq!(made["status"], "scanned", "{made}");
    let id = made["id"].as_str().expect("an id").to_owned();
    assert_eq!(as_who(data, seller, &["document", "verify", account, &id], "").code, 1);
    as_who(data, other, &["document", "verify", account, &id], "").well();
    let list = at_data(data, &["document", "list", account], "").well().out;
    assert!(list.contains("verified"), "{list}");
    let standard = json!({"code": "std", "name": "Standard", "is_standard": true, "currency": "USD",
                          "rows": [{"item": "PALLET", "price": "12.345", "effective_from": "2026-01-01"}]});
    at_data(data, &["price", "list", "create", "-"], &standard.to_string()).well();
    let priced = at_data(data, &["price", "resolve", account, "PALLET", "3", "--json"], "").well().json();
    assert_eq!(priced["total"]["amount"], "37.04", "half away from zero: {priced}");
    assert_eq!(at_data(data, &["price", "resolve", account, "CRATE"], "").code, 1);
    let taxed = at_data(data, &["tax", "resolve", account, "US-CA", "--json"], "").well().json();
    assert_eq!(taxed["tax_category"], "S");
    at_data(data, &["expiry", "--within", "30"], "").well();
    id
}

#[test]
fn from_founding_to_a_restored_backup() {
    let dir = tempfile::tempdir().expect("a directory");
    let data = dir.path().join("data");
    found(&data);
    assert_eq!(at_data(&data, &["init", "--org", "N", "--entity", "US:USD"], "").code, 1);
    let people = [
        person(&data, "priya", "account_manager"),
        person(&data, "helen", "ar_manager"),
        person(&data, "victor", "controller"),
    ];
    let id = account(&data, [&people[0], &people[1], &people[2]]);

    let lines =
        [event("1", "external:erp:1", "SO-1"), event("2", &id, "SO-2"), event("3", "external:erp:9", "SO-3")]
            .join("\n");
    let report = at_data(&data, &["ingest", "-", "--json"], &lines).well().json();
    assert_eq!(report["accepted"], 2);
    assert_eq!(report["quarantined"][0]["code"], "subject_unknown");
    assert_eq!(report["quarantined"][0]["line"], 3);
    let again = at_data(&data, &["ingest", "-", "--json"], &lines).well().json();
    assert_eq!((&again["accepted"], &again["duplicates"]), (&json!(0), &json!(2)));

    let answer = at_data(&data, &["ask", "premium customers", "--json"], "").well().json();
    assert_eq!(answer["items"][0]["name"], "Acme", "{answer}");
    let words = ["account", "list", "--filter", "orders_90d == 2", "--json"];
    assert_eq!(at_data(&data, &words, "").well().json()["items"][0]["id"], json!(id));
    let bad = at_data(&data, &["account", "list", "--filter", "orders_90d >"], "");
    assert_eq!(bad.code, 1);
    assert!(bad.err.starts_with("error: "), "{}", bad.err);

    let document = paper(&data, &id, [&people[0], &people[1]]);
    let verified = at_data(&data, &["verify", "--json"], "").well().json();
    assert_eq!((&verified["touchpoints"], &verified["faults"]), (&json!(2), &json!([])));
    assert_eq!(verified["files"], 1);
    let (backup, copy) = (dir.path().join("backup"), dir.path().join("copy"));
    at_data(&data, &["backup", backup.to_str().expect("a path")], "").well();
    at_data(&copy, &["restore", backup.to_str().expect("a path")], "").well();
    let restored = at_data(&copy, &["verify", "--json"], "").well().json();
    assert_eq!(restored["root"], verified["root"]);
    assert_eq!(restored["profile"], verified["profile"]);
    let read = at_data(&copy, &["document", "get", &id, &document, "--out", "-"], "").well();
    assert_eq!(read.out, PAPER, "the restored copy has the file");
    at_data(&copy, &["rebuild"], "").well();
    at_data(&copy, &["doctor"], "").well();
}

/// A running server, ended when it goes out of scope.
struct Serving {
    child: Child,
    url: String,
}

impl Serving {
    fn start(data: &Path) -> Self {
        let mut command = kith();
        command.env("KITH_DATA", data).args(["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stderr(std::process::Stdio::null()).spawn().expect("the binary");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("standard output")).read_line(&mut line).expect("a line");
        let url = line.trim().strip_prefix("listening on ").expect("an address").to_owned();
        Self { child, url }
    }

    /// Asks it to stop; gives the exit code.
    fn stop(mut self) -> Option<i32> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(asked.expect("kill").success());
        self.child.wait().expect("an end").code()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.child.kill().unwrap_or_default();
    }
}

#[test]
fn a_server_is_spoken_to_with_a_token_and_stops_when_told() {
    let dir = tempfile::tempdir().expect("a directory");
    let token = found(dir.path());
    let serving = Serving::start(dir.path());
    assert!(!serving.url.ends_with(":0"), "{}", serving.url);
    let taken = at_data(dir.path(), &["account", "list"], "");
    assert!(taken.code == 1 && taken.err.contains("KITH_URL"), "{}", taken.err);
    let mut command = kith();
    command.env("KITH_URL", &serving.url).env("KITH_TOKEN", &token);
    let organisation: Value = run(command, &["entity", "list", "--json"], "").well().json();
    assert_eq!(organisation["name"], "Norvane");
    let stranger = at_server(&serving.url, &["account", "list"], "");
    assert!(stranger.code == 1 && stranger.err.contains("KITH_TOKEN"), "{}", stranger.err);
    let backup = dir.path().join("backup");
    at_data(dir.path(), &["backup", backup.to_str().expect("a path")], "").well();
    let again = at_data(dir.path(), &["backup", backup.to_str().expect("a path")], "");
    assert!(again.code == 1 && again.err.contains("not empty"), "{}", again.err);
    assert_eq!(serving.stop(), Some(0));
    at_data(dir.path(), &["account", "list"], "").well();
}

#[test]
fn a_server_does_not_start_on_a_day_before_its_data() {
    let dir = tempfile::tempdir().expect("a directory");
    found(dir.path());
    let day = |today: &'static str| {
        let mut command = kith();
        command.env("KITH_DATA", dir.path()).env("KITH_LISTEN", "127.0.0.1:0");
        run(command, &["--today", today, "serve"], "")
    };
    let refused = day("2001-02-03");
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(refused.err.contains("2001-02-03"), "{}", refused.err);
    let organisation = at_data(dir.path(), &["entity", "list", "--json"], "").well().json();
    let newest = organisation["day"].as_str().map(str::to_owned);
    assert!(newest.is_none_or(|newest| refused.err.contains(&newest)), "{}", refused.err);
}

/// Whatever has a list has something in it, in the smallest demo too.
fn desks_are_full(url: &str, token: &str) {
    let ask = |words: &[&str]| {
        let mut command = kith();
        command.env("KITH_URL", url).env("KITH_TOKEN", token);
        run(command, words, "").well().json()
    };
    let lost = ask(&["ask", "customers lost because of price", "--json"]);
    assert!(lost["count"].as_u64().is_some_and(|count| count > 0), "{lost}");
    for noun in ["onboarding", "contract", "order", "task", "quarantine", "change"] {
        let listed = ask(&[noun, "list", "--json"]);
        assert!(listed["items"].as_array().is_some_and(|items| items.len() > 1), "{noun}: {listed}");
    }
}

#[test]
fn a_demo_is_seeded_once_and_served_again() {
    let dir = tempfile::tempdir().expect("a directory");
    let mut told = Vec::new();
    for _ in 0..2 {
        let mut command = kith();
        command.env("KITH_DATA", dir.path().join("demo"));
        command.args(["demo", "--listen", "127.0.0.1:0", "--accounts", "60", "--still", "--json"]);
        let mut child = command.stderr(std::process::Stdio::null()).spawn().expect("the binary");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("standard output")).read_line(&mut line).expect("a line");
        let demo: Value = serde_json::from_str(&line).expect("JSON");
        let serving = Serving { child, url: demo["url"].as_str().expect("an address").to_owned() };
        let mut command = kith();
        command.env("KITH_URL", &serving.url).env("KITH_TOKEN", demo["token"].as_str().expect("a token"));
        let question = "premium customers with declining orders and recent service issues";
        let answer = run(command, &["ask", question, "--json"], "").well().json();
        assert_eq!(answer["count"], 8, "those that were written to slip, and nobody else: {answer}");
        desks_are_full(&serving.url, demo["token"].as_str().expect("a token"));
        assert_eq!(serving.stop(), Some(0));
        told.push((demo["token"].clone(), demo["password"].clone(), answer["items"].clone()));
    }
    assert_eq!(told[0], told[1]);
    let verified = at_data(&dir.path().join("demo"), &["verify", "--json"], "").well().json();
    assert_eq!(verified["faults"], json!([]));
}

#[test]
fn an_auditor_needs_only_the_records_the_head_and_the_key() {
    let dir = tempfile::tempdir().expect("a directory");
    let data = dir.path().join("data");
    found(&data);
    let file = |name: &str| dir.path().join(name).to_string_lossy().into_owned();
    let (head, records, forged) = (file("head.txt"), file("records.jsonl"), file("forged.jsonl"));
    let signed = at_data(&data, &["ledger", "head", "--now", "--out", &head, "--json"], "").well().json();
    let key = signed["public_key"].as_str().expect("a key");
    person(&data, "priya", "account_manager");
    at_data(&data, &["ledger", "export", &records], "").well();

    let nowhere = dir.path().join("nowhere");
    let check = |records: &str, key: &str| {
        at_data(
            &nowhere,
            &["verify", "--records", records, "--checkpoint", &head, "--key", key, "--json"],
            "",
        )
    };
    let verified = check(&records, key).well().json();
    assert_eq!(verified["checkpoints"], json!([signed["size"]]));
    assert!(verified["records"].as_u64() > signed["size"].as_u64(), "{verified}");
    let text = std::fs::read_to_string(&records).expect("the records");
    std::fs::write(&forged, text.replacen("Norvane", "Norwane", 1)).expect("a forgery");
    let refused = check(&forged, key);
    assert!(refused.code == 1 && refused.out.contains("line 1"), "{}", refused.out);
    assert_eq!(check(&records, &"0".repeat(64)).code, 1, "signed by somebody else");
    std::fs::write(&forged, text.lines().next().expect("a record")).expect("a part");
    assert!(check(&forged, key).out.contains("holds fewer"));
    assert_eq!(at_data(&nowhere, &["verify", "--records", &records, "--checkpoint", &head], "").code, 2);

    let here = at_data(&data, &["verify", "--checkpoint", &head, "--json"], "").well().json();
    assert_eq!(here["checkpoints"], json!([signed["size"]]));
    let other = dir.path().join("other");
    found(&other);
    let strange = at_data(&other, &["verify", "--checkpoint", &head, "--json", "--key", key], "");
    assert!(strange.code == 1 && strange.out.contains("the log"), "{}", strange.out);
}
