//! A founded organisation with its people, served by the real program on one of the stores.

use std::ffi::OsString;
use std::path::Path;

use kith_testkit::http::{Client, Reply};
use kith_testkit::postgres::{TempDatabase, fresh_database};
use kith_testkit::process::{Server, kith};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Everybody's address ends so.
pub(crate) const DOMAIN: &str = "house.example";

/// One organisation with the entities US and DE, and a client for each of its people.
pub(crate) struct House {
    pub(crate) server: Server,
    /// Founder, with the grants of an administrator.
    pub(crate) admin: Client,
    /// First approver.
    pub(crate) ar: Client,
    /// Second approver.
    pub(crate) controller: Client,
    /// Reviews imports.
    pub(crate) manager: Client,
    /// Account manager of every entity.
    pub(crate) seller: Client,
    /// Account manager of DE alone.
    pub(crate) german: Client,
    /// Brings touchpoints and decides quarantine.
    pub(crate) ops: Client,
    /// Signed in, with no role at all.
    pub(crate) nobody: Client,
    /// Nothing of it is read; it keeps the store alive.
    _database: Option<TempDatabase>,
    _dir: TempDir,
}

/// Runs a test on SQLite and, where a server is named, on PostgreSQL.
pub(crate) fn on_each(test: impl Fn(&House)) {
    test(&House::found(None));
    match fresh_database() {
        Some(database) => test(&House::found(Some(database))),
        None => eprintln!("left out on PostgreSQL: {} is not set", kith_testkit::postgres::SERVER),
    }
}

/// The same with these files in the data directory: name and content.
pub(crate) fn on_each_with(files: &[(&str, String)], test: impl Fn(&House)) {
    test(&House::found_with(None, files));
    match fresh_database() {
        Some(database) => test(&House::found_with(Some(database), files)),
        None => eprintln!("left out on PostgreSQL: {} is not set", kith_testkit::postgres::SERVER),
    }
}

/// `kith init` with the entities US and DE; gives the administrator's token.
pub(crate) fn init(place: &[OsString]) -> String {
    let words = ["init", "--json", "--org", "House", "--entity", "US:USD", "--entity", "DE:EUR"];
    let output = kith(words).args(place).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let founded: Value = serde_json::from_slice(&output.stdout).unwrap();
    founded["token"].as_str().unwrap().to_owned()
}

/// The words that say where the data is.
pub(crate) fn place(data: &Path, database: Option<&TempDatabase>) -> Vec<OsString> {
    let mut words = vec!["--data".into(), data.into()];
    if let Some(database) = database {
        words.extend(["--database-url".into(), database.url.clone().into()]);
    }
    words
}

/// The real program serving at a place.
pub(crate) fn serve(place: &[OsString]) -> Server {
    let mut command = kith(["serve", "--listen", "127.0.0.1:0"]);
    // The servers that webhooks call in tests are on this machine.
    Server::spawn(command.args(place).env("KITH_WEBHOOKS_PRIVATE", "allow"))
}

/// Adds a user and gives a token of theirs.
pub(crate) fn person(admin: &Client, name: &str, roles: &[&str]) -> String {
    let email = format!("{name}@{DOMAIN}");
    admin.post("/api/v1/users", &json!({"name": name, "email": email, "roles": roles})).expect(200);
    let token = admin.post("/api/v1/tokens", &json!({"name": "tests", "user": email})).expect(201);
    token["token"].as_str().unwrap().to_owned()
}

impl House {
    fn found(database: Option<TempDatabase>) -> Self {
        Self::found_with(database, &[])
    }

    fn found_with(database: Option<TempDatabase>, files: &[(&str, String)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let place = place(&dir.path().join("data"), database.as_ref());
        let token = init(&place);
        for (name, content) in files {
            std::fs::write(dir.path().join("data").join(name), content).unwrap();
        }
        let server = serve(&place);
        let admin = server.client().with_token(&token);
        let one = |name: &str, roles: &[&str]| server.client().with_token(&person(&admin, name, roles));
        Self {
            ar: one("ar", &["ar_manager"]),
            controller: one("controller", &["controller"]),
            manager: one("manager", &["manager"]),
            seller: one("seller", &["account_manager"]),
            german: one("german", &["account_manager@DE"]),
            ops: one("ops", &["ops"]),
            nobody: one("nobody", &[]),
            admin,
            server,
            _database: database,
            _dir: dir,
        }
    }

    /// The positions of both logs: the ledger and the touchpoints.
    pub(crate) fn heads(&self) -> (u64, u64) {
        let ready = self.server.client().get("/readyz").expect(200);
        (ready["ledger"].as_u64().unwrap(), ready["touchpoints"].as_u64().unwrap())
    }

    /// Approves the steps of an account's change; gives the change as applied.
    pub(crate) fn approve(&self, change: &Value) -> Value {
        approve(&self.ar, &self.controller, change)
    }

    /// An account with the identifier `external:erp:<erp>`, created and approved; gives it as it reads.
    pub(crate) fn account(&self, name: &str, entity: &str, erp: &str) -> Value {
        let waiting = create(&self.seller, name, entity, erp).expect(202);
        let applied = self.approve(&waiting);
        let path = format!("/api/v1/accounts/{}", applied["target"].as_str().unwrap());
        self.seller.get(&path).expect(200)
    }
}

/// Approves both steps of an account's change.
pub(crate) fn approve(ar: &Client, controller: &Client, change: &Value) -> Value {
    let path = format!("/api/v1/changes/{}/approve", change["id"].as_str().unwrap());
    ar.post(&path, &json!({})).expect(200);
    let applied = controller.post(&path, &json!({"comment": "Checked."})).expect(200);
    assert_eq!(applied["state"], "applied", "{applied}");
    applied
}

/// Asks for an account; its identifier is the idempotency key too.
pub(crate) fn create(seller: &Client, name: &str, entity: &str, erp: &str) -> Reply {
    seller.post_once("/api/v1/accounts", &format!("create-{erp}"), &request(name, entity, erp))
}

/// The body that asks for an account.
pub(crate) fn request(name: &str, entity: &str, erp: &str) -> Value {
    json!({
        "name": name, "email": format!("{erp}@customer.example"), "owning_entity": entity, "tier": "premium",
        "identifiers": [{"kind": "external:erp", "value": erp}],
    })
}

/// An order as a touchpoint.
pub(crate) fn order(id: &str, erp: &str, amount: &str) -> Value {
    json!({
        "specversion": "1.0", "id": id, "source": "erp", "type": "io.kith.order.placed",
        "time": jiff::Timestamp::now().to_string(), "subject": format!("external:erp:{erp}"),
        "data": {"order_no": id, "entity": "US", "value": {"amount": amount, "currency": "USD"}},
    })
}

/// The code of a problem document, once its shape and media type are as promised.
#[track_caller]
pub(crate) fn problem(reply: &Reply, status: u16) -> (String, Vec<(String, String)>) {
    assert_eq!(reply.status, status, "{}", reply.text());
    assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{}", reply.text());
    let problem = reply.json();
    assert_eq!(problem["status"], status);
    let code = problem["code"].as_str().unwrap().to_owned();
    assert_eq!(problem["type"], format!("urn:kith:problem:{code}"));
    assert!(!problem["detail"].as_str().unwrap().is_empty());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let errors = problem["errors"].as_array().cloned().unwrap_or_default();
    let errors = errors.iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect();
    (code, errors)
}
