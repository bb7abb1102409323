//! A small company over REST: three people, four accounts, one of them in trouble; and its pages in a browser.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use jiff::{Timestamp, ToSpan};
use kith_testkit::browser::Browser;
use kith_testkit::http::{Client, Reply};
use kith_testkit::process::{Server, kith, run};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The password of everybody.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A running company.
pub(crate) struct Company {
    pub(crate) server: Server,
    pub(crate) admin: Client,
    approvers: [Client; 2],
    data: TempDir,
}

/// A person of the company.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Person {
    Admin,
    ArManager,
    Manager,
    Controller,
}

impl Person {
    pub(crate) fn email(self) -> &'static str {
        match self {
            Self::Admin => "ada@northwind.example",
            Self::ArManager => "rosa@northwind.example",
            Self::Manager => "max@northwind.example",
            Self::Controller => "carl@northwind.example",
        }
    }
}

static KEYS: AtomicU32 = AtomicU32::new(0);

fn key() -> String {
    format!("key-{}", KEYS.fetch_add(1, Ordering::Relaxed))
}

impl Company {
    /// Founds the company and serves it; nobody is a customer yet.
    #[track_caller]
    pub(crate) fn found() -> Self {
        Self::found_with(&[])
    }

    /// The same; its webhooks may call private addresses.
    #[track_caller]
    pub(crate) fn found_allowing_private() -> Self {
        Self::found_in(&[], |command| command.env("KITH_WEBHOOKS_PRIVATE", "allow"))
    }

    /// The same with these files in its data directory: name and content.
    #[track_caller]
    pub(crate) fn found_with(files: &[(&str, &str)]) -> Self {
        Self::found_in(files, |command| command)
    }

    #[track_caller]
    fn found_in(files: &[(&str, &str)], surrounded: fn(&mut Command) -> &mut Command) -> Self {
        let data = tempfile::tempdir().unwrap();
        let dir = data.path().to_str().unwrap();
        let founded = run([
            "init",
            "--data",
            dir,
            "--org",
            "Northwind Freight",
            "--entity",
            "US:USD",
            "--entity",
            "EU:EUR",
            "--admin-name",
            "Ada Admin",
            "--admin-email",
            Person::Admin.email(),
            "--admin-password",
            PASSWORD,
            "--json",
        ]);
        let said = String::from_utf8_lossy(&founded.stdout).into_owned();
        let told = serde_json::from_str::<Value>(&said);
        assert!(told.is_ok(), "{said} {}", String::from_utf8_lossy(&founded.stderr));
        let organisation = told.unwrap();
        for (name, content) in files {
            std::fs::write(data.path().join(name), content).unwrap();
        }
        let mut serve = kith(["serve", "--data", dir, "--listen", "127.0.0.1:0"]);
        let server = Server::spawn(surrounded(&mut serve));
        let admin = server.client().with_token(organisation["token"].as_str().unwrap());
        let person = |name: &str, who: Person, role: &str| {
            let body = json!({"name": name, "email": who.email(), "roles": [role], "password": PASSWORD});
            let user = made(&admin.post_once("/api/v1/users", &key(), &body));
            let body = json!({"name": "test", "user": user["id"]});
            let token = made(&admin.post_once("/api/v1/tokens", &key(), &body));
            server.client().with_token(token["token"].as_str().unwrap())
        };
        let approvers = [
            person("Rosa Receivable", Person::ArManager, "ar_manager"),
            person("Carl Controller", Person::Controller, "controller"),
        ];
        person("Max Manager", Person::Manager, "manager");
        Self { server, admin, approvers, data }
    }

    /// The data directory.
    pub(crate) fn data(&self) -> &Path {
        self.data.path()
    }

    /// The company with four customers, one of them premium, declining and with service issues.
    #[track_caller]
    pub(crate) fn with_customers() -> Self {
        let company = Self::found();
        for (name, tier) in [
            ("Brightwater Foods", "premium"),
            ("Calder Chemicals", "premium"),
            ("Dune Retail", "standard"),
            ("Evergreen Paper", "standard"),
        ] {
            company.customer(name, tier);
        }
        company.history();
        company
    }

    /// A customer on record, approved by whoever must; gives its id.
    #[track_caller]
    pub(crate) fn customer(&self, name: &str, tier: &str) -> String {
        let change = self.approve(&self.propose(name, tier));
        change["result"]["account_id"].as_str().unwrap().to_owned()
    }

    /// A customer as the body tells, on record.
    #[track_caller]
    pub(crate) fn record(&self, body: &Value) {
        let change = self.admin.post_once("/api/v1/accounts", &key(), body).expect(202);
        self.approve(change["id"].as_str().unwrap());
    }

    /// An edit on record, approved by whoever must.
    #[track_caller]
    pub(crate) fn edit(&self, name: &str, patch: &Value) {
        self.approve(&self.submit_edit(name, patch));
    }

    /// An edit that waits; gives the id of its change.
    #[track_caller]
    pub(crate) fn submit_edit(&self, name: &str, patch: &Value) -> String {
        let filter = format!("/api/v1/accounts?filter=name%20%3D%3D%20%22{}%22", name.replace(' ', "%20"));
        let found = self.admin.get(&filter).expect(200);
        let path = format!("/api/v1/accounts/{}", found["items"][0]["id"].as_str().unwrap());
        let etag = self.admin.get(&path).header("etag").unwrap().to_owned();
        let headers = [("If-Match", etag.as_str()), ("Content-Type", "application/json")];
        let change = self.admin.send("PATCH", &path, &headers, patch.to_string().as_bytes()).expect(202);
        change["id"].as_str().unwrap().to_owned()
    }

    /// Approves every step of a change; gives it as applied.
    #[track_caller]
    pub(crate) fn approve(&self, change: &str) -> Value {
        let change = self.settle(change);
        assert_eq!(change["state"], "applied", "{change}");
        change
    }

    /// Approves every step of a change, whatever comes of it.
    #[track_caller]
    pub(crate) fn settle(&self, change: &str) -> Value {
        let mut change = self.admin.get(&format!("/api/v1/changes/{change}")).expect(200);
        while change["state"] == "waiting" {
            let path = format!("/api/v1/changes/{}/approve", change["id"].as_str().unwrap());
            let step = change["steps"].as_array().unwrap().iter().find(|step| step["state"] == "waiting");
            let place = usize::from(step.unwrap()["role"] == "controller");
            change = self.approvers[place].post_once(&path, &key(), &json!({})).expect(200);
        }
        change
    }

    /// A client of somebody new in a role.
    #[track_caller]
    pub(crate) fn client_of(&self, name: &str, role: &str) -> Client {
        let email = format!("{role}@northwind.example");
        let body = json!({"name": name, "email": email, "roles": [role], "password": PASSWORD});
        let user = made(&self.admin.post_once("/api/v1/users", &key(), &body));
        let token = made(&self.admin.post_once(
            "/api/v1/tokens",
            &key(),
            &json!({"name": "test", "user": user["id"]}),
        ));
        self.server.client().with_token(token["token"].as_str().unwrap())
    }

    /// Proposes a customer; gives the id of the change that waits.
    #[track_caller]
    pub(crate) fn propose(&self, name: &str, tier: &str) -> String {
        let handle = name.to_lowercase().replace(' ', "-");
        let body = json!({
            "name": name, "email": format!("office@{handle}.example"), "owning_entity": "US",
            "tier": tier, "stage": "active", "currency": "USD",
            "identifiers": [{"kind": "external:crm", "value": handle}],
        });
        let change = self.admin.post_once("/api/v1/accounts", &key(), &body).expect(202);
        change["id"].as_str().unwrap().to_owned()
    }

    /// What happened to each customer lately: Brightwater stops ordering and has trouble, the others order on.
    fn history(&self) {
        let mut events = Vec::new();
        for day in (1..120).rev() {
            for (place, name) in ["brightwater-foods", "calder-chemicals", "dune-retail"].iter().enumerate() {
                let falling = place == 0 && day < 45;
                if (day + i64::try_from(place).unwrap()) % if falling { 20 } else { 3 } == 0 {
                    events.push(order(name, day));
                }
            }
        }
        for day in [3, 6, 9] {
            events.push(event(
                "brightwater-foods",
                "exception.detected",
                day,
                &json!({"exception_no": format!("X-{day}"), "kind": "damage", "severity": "high"}),
            ));
        }
        self.happen(&Value::Array(events));
    }

    /// Brings touchpoints and waits until the profile shows them.
    #[track_caller]
    pub(crate) fn happen(&self, events: &Value) {
        let body = events.to_string();
        let kind = if events.is_array() {
            "application/cloudevents-batch+json"
        } else {
            "application/cloudevents+json"
        };
        let taken = self
            .admin
            .send("POST", "/api/v1/touchpoints", &[("Content-Type", kind)], body.as_bytes())
            .expect(200);
        assert_eq!(taken["quarantined"].as_array().map_or(0, Vec::len), 0, "{taken}");
    }

    /// A browser in which somebody has signed in on the page; `None` when there is no browser.
    #[track_caller]
    pub(crate) fn browser(&self, who: Person) -> Option<Browser> {
        let browser = Browser::start()?;
        browser.open(&self.page("/accounts"));
        sign_in(&browser, who, PASSWORD);
        // The address is there before the page: what is looked at and pressed next needs all of it.
        browser.wait_for("the list", |browser| {
            browser.url().ends_with("/accounts")
                && browser.evaluate("return document.readyState") == "complete"
        });
        Some(browser)
    }

    /// The address of a page.
    pub(crate) fn page(&self, path: &str) -> String {
        format!("{}{path}", self.server.url())
    }

    /// Opens the account with this name from the list.
    #[track_caller]
    pub(crate) fn open_account(&self, browser: &Browser, name: &str) {
        browser.open(&self.page("/accounts"));
        let found = browser.evaluate(&format!(
            "const link = [...document.querySelectorAll('#rows a')].find(a => a.textContent.includes('{name}')); \
             if (link) link.click(); return Boolean(link);"
        ));
        assert_eq!(found, true, "{name} is in the list: {}", browser.text("body"));
        browser.wait_for("the account", |browser| browser.title().starts_with(name));
    }
}

/// Fills the sign-in form and sends it.
#[track_caller]
pub(crate) fn sign_in(browser: &Browser, who: Person, password: &str) {
    browser.fill("#email", who.email());
    browser.fill("#password", password);
    browser.click("form[action='/sign-in'] button");
}

/// What was made, or found to be there already.
#[track_caller]
fn made(reply: &Reply) -> Value {
    assert!(reply.status / 100 == 2, "{}: {}", reply.status, reply.text());
    reply.json()
}

/// A touchpoint some days ago.
pub(crate) fn event(customer: &str, kind: &str, days_ago: i64, data: &Value) -> Value {
    let time = Timestamp::now() - (days_ago * 24).hours();
    json!({
        "specversion": "1.0", "source": "urn:northwind:tms", "id": key(), "type": format!("io.kith.{kind}"),
        "time": time.to_string(), "subject": format!("email:office@{customer}.example"), "data": data,
    })
}

/// An order some days ago.
pub(crate) fn order(customer: &str, days_ago: i64) -> Value {
    let number = key();
    let value = json!({"amount": "1250.00", "currency": "USD"});
    event(customer, "order.placed", days_ago, &json!({"order_no": number, "entity": "US", "value": value}))
}

/// Nothing in the page was refused by its policy, nothing failed, nothing was missing.
#[track_caller]
pub(crate) fn is_clean(browser: &Browser) {
    // A form with a fault is answered so, and the console tells of it.
    let grave = browser.complaints().into_iter().filter(|told| !told.contains("status of 422"));
    assert_eq!(grave.collect::<Vec<_>>(), Vec::<String>::new());
}
