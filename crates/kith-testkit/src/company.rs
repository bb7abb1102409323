//! A company with as many customers as a benchmark wants, made through the front door and kept for the next run.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::http::Client;
use crate::measure::{grouped, memory, number, processor, timed};
use crate::process::{self, Server};

/// Longest wait for an answer: the validation of a whole file.
const PATIENCE: Duration = Duration::from_secs(1_800);
/// What is known of a company that was made.
const KEPT: &str = "bench.json";

/// A company and who works in it.
#[derive(Debug, Clone)]
pub struct Company {
    /// Its data directory.
    pub dir: PathBuf,
    /// Customers it was made with; number `n` is `external:erp:n`.
    pub accounts: usize,
    /// The administrator's token.
    pub admin: String,
    /// The manager's token: approves imports.
    pub manager: String,
}

/// How an import of customers went.
#[derive(Debug, Clone, Copy)]
pub struct Imported {
    /// Rows in the file.
    pub rows: usize,
    /// Seconds until the file was validated and submitted.
    pub validated: f64,
    /// Seconds from the approval until the last row was in the record.
    pub executed: f64,
    /// Seconds of the server's processor time until it was validated, and until it was executed.
    pub work: (f64, f64),
    /// The server's greatest memory after it, bytes.
    pub peak: f64,
    /// How often the server was killed on the way.
    pub kills: usize,
}

/// An import that was validated.
struct Staged {
    rows: usize,
    id: String,
    change: String,
    validated: f64,
    /// Seconds of processor time until it was validated.
    work: f64,
    /// The processor time of this server when its execution began.
    reviewed: f64,
    begun: Instant,
    /// Seconds of processor time that servers spent on executing which were killed.
    before: f64,
    peak: f64,
    kills: usize,
}

/// Runs the program, which must succeed, and reads the JSON that it prints.
fn kith(dir: &Path, words: &[&str]) -> Value {
    let dir = dir.to_string_lossy();
    let output = process::run(words.iter().copied().chain(["--data", &*dir, "--json"]));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "kith {words:?} failed: {said}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("kith {words:?}: {error}"))
}

fn text(value: &Value, member: &str) -> String {
    value[member].as_str().unwrap_or_else(|| panic!("no {member} in {value}")).to_owned()
}

impl Company {
    /// A company without customers in a new directory.
    ///
    /// # Panics
    /// If the program refuses.
    #[must_use]
    pub fn found(dir: &Path) -> Self {
        let made = kith(dir, &["init", "--org", "Norvane", "--entity", "US:USD", "--entity", "EU:EUR"]);
        let admin = text(&made, "token");
        let address = "max@norvane.example";
        let manager = ["user", "add", "--name", "Max Manager", "--email", address, "--role", "manager"];
        kith(dir, &manager);
        let manager = text(&kith(dir, &["token", "create", "--user", address]), "token");
        Self { dir: dir.to_owned(), accounts: 0, admin, manager }
    }

    /// The company with so many customers below a folder: as an earlier run left it, else made now.
    ///
    /// # Panics
    /// If it cannot be made.
    #[must_use]
    pub fn with(folder: &Path, accounts: usize) -> Self {
        let dir = folder.join(format!("accounts-{accounts}"));
        if let Some(kept) = Self::kept(&dir, accounts) {
            return kept;
        }
        // What an interrupted run left is of no use.
        let _absent = std::fs::remove_dir_all(&dir);
        let mut company = Self::found(&dir);
        let server = company.serve();
        // Files of 100,000 rows: the import of one file has a benchmark of its own.
        for first in (0..accounts).step_by(100_000) {
            let rows = first..accounts.min(first + 100_000);
            let _times = company.import(&server, rows);
        }
        let _ended = server.stop();
        company.accounts = accounts;
        let kept = json!({"accounts": accounts, "admin": company.admin, "manager": company.manager});
        let written = std::fs::write(dir.join(KEPT), kept.to_string());
        assert!(written.is_ok(), "{}: {written:?}", dir.display());
        company
    }

    fn kept(dir: &Path, accounts: usize) -> Option<Self> {
        let kept: Value = serde_json::from_slice(&std::fs::read(dir.join(KEPT)).ok()?).ok()?;
        let (admin, manager) = (text(&kept, "admin"), text(&kept, "manager"));
        let same = kept["accounts"] == json!(accounts);
        same.then(|| Self { dir: dir.to_owned(), accounts, admin, manager })
    }

    /// The program, serving this company.
    #[must_use]
    pub fn serve(&self) -> Server {
        Server::start(&self.dir)
    }

    /// A client of the administrator that waits as long as it takes.
    #[must_use]
    pub fn client(&self, server: &Server) -> Client {
        Client::patient(server.url(), PATIENCE).with_token(&self.admin)
    }

    /// Brings customers with these numbers as one CSV file, approves it as the manager, waits for its end.
    ///
    /// # Panics
    /// If a row is left out.
    pub fn import(&self, server: &Server, numbers: std::ops::Range<usize>) -> Imported {
        let staged = self.stage(server, numbers);
        self.approve(server, &staged);
        let ended = |view: &Value| self.finished(server, &staged, view);
        loop {
            if let Some(imported) = ended(&self.state_of(server, &staged)) {
                return imported;
            }
            thread::sleep(Duration::from_millis(100));
        }
    }

    /// The same, with a server that is killed so often on the way, as a power cut would, and started again.
    ///
    /// # Panics
    /// If a row is left out or brought twice.
    pub fn import_killed(&self, numbers: std::ops::Range<usize>, kills: usize) -> (Server, Imported) {
        let mut server = self.serve();
        let mut staged = self.stage(&server, numbers);
        self.approve(&server, &staged);
        loop {
            let view = self.state_of(&server, &staged);
            if let Some(imported) = self.finished(&server, &staged, &view) {
                return (server, imported);
            }
            let done = view["counts"]["done"].as_u64().and_then(|done| usize::try_from(done).ok());
            let next = staged.rows * (staged.kills + 1) / (kills + 1);
            if staged.kills < kills && done.is_some_and(|done| done >= next) {
                staged.before += processor(server.id()) - staged.reviewed;
                staged.peak = staged.peak.max(memory(server.id(), "VmHWM"));
                let _log = server.kill();
                server = self.serve();
                (staged.kills, staged.reviewed) = (staged.kills + 1, 0.0);
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn stage(&self, server: &Server, numbers: std::ops::Range<usize>) -> Staged {
        let rows = numbers.len();
        let path = "/api/v1/imports?format=csv&source_system=erp&execute=true&batch_size=1000";
        let key = format!("import-{}-{}", numbers.start, numbers.end);
        let file = customers(numbers);
        let headers = [("Content-Type", "text/csv"), ("Idempotency-Key", key.as_str())];
        let start = processor(server.id());
        let admin = self.client(server);
        let (validated, view) = timed(|| admin.send("POST", path, &headers, file.as_bytes()).expect(202));
        let reviewed = processor(server.id());
        Staged {
            rows,
            id: text(&view, "id"),
            change: text(&view, "change"),
            validated,
            work: reviewed - start,
            reviewed,
            begun: Instant::now(),
            before: 0.0,
            peak: 0.0,
            kills: 0,
        }
    }

    fn approve(&self, server: &Server, staged: &Staged) {
        let manager = Client::patient(server.url(), PATIENCE).with_token(&self.manager);
        let approve = format!("/api/v1/changes/{}/approve", staged.change);
        let reply = manager.post(&approve, &json!({"comment": "Ours."}));
        assert!((200..300).contains(&reply.status), "not approved: {}", reply.text());
    }

    fn state_of(&self, server: &Server, staged: &Staged) -> Value {
        self.client(server).get(&format!("/api/v1/imports/{}", staged.id)).expect(200)
    }

    /// How it went, once it has ended.
    fn finished(&self, server: &Server, staged: &Staged, view: &Value) -> Option<Imported> {
        let state = text(view, "state");
        if state == "running" || state == "waiting" {
            return None;
        }
        let executed = staged.begun.elapsed().as_secs_f64();
        let created = view["counts"]["created"].as_u64().and_then(|count| usize::try_from(count).ok());
        let rows = staged.rows;
        assert!(created == Some(rows), "{rows} customers were not all created: {}", view["counts"]);
        Some(Imported {
            rows,
            validated: staged.validated,
            executed,
            work: (staged.work, staged.before + processor(server.id()) - staged.reviewed),
            peak: staged.peak.max(memory(server.id(), "VmHWM")),
            kills: staged.kills,
        })
    }

    /// How many customers the record holds.
    ///
    /// # Panics
    /// If it does not say.
    #[must_use]
    pub fn count(&self, server: &Server) -> usize {
        let page = self.client(server).get("/api/v1/accounts?limit=1&count=exact").expect(200);
        let total = page["count"].as_u64().and_then(|total| usize::try_from(total).ok());
        total.unwrap_or_else(|| panic!("no count in {page}"))
    }

    /// Says what is about to be measured.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{} accounts", grouped(self.accounts))
    }
}

impl Imported {
    /// Rows validated a second, rows executed a second.
    #[must_use]
    pub fn rates(&self) -> (f64, f64) {
        (number(self.rows) / self.validated, number(self.rows) / self.executed)
    }
}

const TIERS: [&str; 4] = ["standard", "preferred", "premium", "strategic"];

/// A file of customers, the same for the same numbers.
fn customers(numbers: std::ops::Range<usize>) -> String {
    let mut file =
        String::from("External Id,Name,Email,Owning Entity,Stage,Tier,Industry,Payment Terms,City,Country\n");
    for number in numbers {
        let entity = if number.is_multiple_of(5) { "EU" } else { "US" };
        let tier = TIERS[number % TIERS.len()];
        let (city, country) = if entity == "EU" { ("Hamburg", "DE") } else { ("Chicago", "US") };
        let written = writeln!(
            file,
            "{number},Customer {number} Logistics,ap{number}@customer.example,{entity},active,{tier},freight,NET30,{city},{country}"
        );
        assert!(written.is_ok(), "text grows without fail");
    }
    file
}
