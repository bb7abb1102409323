//! Milliseconds and bytes of the pages that people read all day, as somebody who is signed in.
#![expect(clippy::print_stdout, reason = "a program for the console")]

use kith_testkit::company::Company;
use kith_testkit::happening::{BATCH, Happenings};
use kith_testkit::http::{Client, Reply};
use kith_testkit::load::send;
use kith_testkit::measure::{Arguments, grouped, load, median, percentile, timed};
use kith_testkit::process::Server;
use serde_json::{Value, json};

const USAGE: &str = "\
cargo xtask bench pages [--accounts 100000] [--touchpoints 1000000] [--days 390] [--runs 200] [--data DIR]

A company with so many customers and at least so many stored touchpoints (what is missing is sent first) is served.
A controller signs in on the page and reads each page so many times, one after the other: the clock runs from the
request to the last byte. Bytes are told as they are, and as they are sent to a browser (gzip). Of the account's page
every run reads another account. The budget is 50 ms at p95 for each page, and 120 KB for all script and style.";

/// Milliseconds that a page may take at p95.
const BUDGET_MS: f64 = 50.0;
/// Bytes of all script and style, as they are sent.
const BUDGET_BYTES: usize = 120 * 1024;

const EMAIL: &str = "rita@norvane.example";
const PASSWORD: &str = "correct horse battery";

/// A page: what it is called, and its address for a run.
type Asked = (&'static str, fn(&[String], usize) -> String);

const PAGES: [Asked; 11] = [
    ("list", |_, _| "/accounts".to_owned()),
    ("list, filtered", |_, run| {
        format!(
            "/accounts?f=tier+%3D%3D+%22premium%22+%26%26+orders_90d+%3E%3D+{}&sort=-revenue_365d",
            run % 3
        )
    }),
    ("list, asked", |_, _| "/accounts?q=premium+customers+with+declining+orders".to_owned()),
    ("account", |ids, run| format!("/accounts/{}", at(ids, run))),
    ("account, timeline", |ids, run| format!("/accounts/{}?tab=timeline", at(ids, run))),
    ("account, master data", |ids, run| format!("/accounts/{}?tab=master", at(ids, run))),
    ("account, credit", |ids, run| format!("/accounts/{}?tab=credit", at(ids, run))),
    ("credit desk", |_, _| "/credit".to_owned()),
    ("home", |_, _| "/".to_owned()),
    ("approvals", |_, _| "/changes".to_owned()),
    ("inbox", |_, _| "/inbox".to_owned()),
];

fn at(ids: &[String], run: usize) -> &str {
    ids.get(run % ids.len().max(1)).map_or("", String::as_str)
}

/// Somebody who is signed in.
struct Reader {
    client: Client,
    cookie: String,
}

impl Reader {
    fn get(&self, path: &str, packed: bool) -> Reply {
        let mut headers = vec![("Cookie", self.cookie.as_str()), ("Accept", "text/html")];
        if packed {
            headers.push(("Accept-Encoding", "gzip"));
        }
        self.client.send("GET", path, &headers, &[])
    }

    /// The same, and where it leads.
    fn read(&self, path: &str, packed: bool) -> Reply {
        let reply = self.get(path, packed);
        match reply.header("location").map(str::to_owned) {
            Some(next) if (300..400).contains(&reply.status) => self.get(&next, packed),
            _ => reply,
        }
    }
}

fn main() {
    let arguments = Arguments::read(USAGE);
    let accounts = arguments.get("accounts", 100_000);
    let company = Company::with(&arguments.data(), accounts);
    let server = company.serve();
    fill(&company, &server, &arguments);
    let reader = sign_in(&company, &server);
    let ids = some_accounts(&company, &server);
    let runs = arguments.get("runs", 200);
    println!(
        "{}, {} touchpoints, {runs} runs of each page; load of the machine {}",
        company.title(),
        grouped(stored(&company, &server)),
        load()
    );
    println!("{:<22} {:>8} {:>8} {:>9} {:>9}", "page", "p50 ms", "p95 ms", "bytes", "gzip");
    let mut slow = Vec::new();
    for (name, address) in PAGES {
        // The first reads of a page warm what is only made once.
        for run in 0..5 {
            let _warm = reader.read(&address(&ids, run), true);
        }
        let mut times = Vec::with_capacity(runs);
        for run in 0..runs {
            let (time, reply) = timed(|| reader.read(&address(&ids, run), true));
            assert!(reply.status == 200, "{name}: {} {}", reply.status, reply.text());
            times.push(time * 1e3);
        }
        let (plain, packed) = (reader.read(&address(&ids, 0), false), reader.read(&address(&ids, 0), true));
        let p95 = percentile(&times, 95);
        println!(
            "{name:<22} {:>8.1} {p95:>8.1} {:>9} {:>9}",
            median(&times),
            grouped(plain.body.len()),
            grouped(packed.body.len())
        );
        if p95 > BUDGET_MS {
            slow.push(name);
        }
    }
    shipped(&reader);
    if slow.is_empty() {
        println!("every page within {BUDGET_MS:.0} ms at p95");
    } else {
        println!("over {BUDGET_MS:.0} ms at p95: {}", slow.join(", "));
    }
    let _ended = server.stop();
}

/// What a page loads besides itself: script and style, as they are sent.
fn shipped(reader: &Reader) {
    let page = reader.read("/accounts", false).text();
    let quoted = page.split('"').filter(|part| part.starts_with("/assets/"));
    let mut paths: Vec<&str> = quoted.filter(|path| path.contains(".js") || path.contains(".css")).collect();
    paths.sort_unstable();
    paths.dedup();
    let mut sum = 0;
    for path in paths {
        let packed = reader.read(path, true).body.len();
        sum += packed;
        println!("{:<40} {:>9} gzip", path.split('?').next().unwrap_or(path), grouped(packed));
    }
    let verdict = if sum <= BUDGET_BYTES { "within" } else { "OVER" };
    println!(
        "script and style: {} bytes compressed, {verdict} the budget of {}",
        grouped(sum),
        grouped(BUDGET_BYTES)
    );
}

/// Sends the touchpoints that are missing.
fn fill(company: &Company, server: &Server, arguments: &Arguments) {
    let wanted: usize = arguments.get("touchpoints", 1_000_000);
    let happenings = Happenings::new(company.accounts, arguments.get("days", 390));
    let missing = wanted.saturating_sub(stored(company, server)).div_ceil(BATCH);
    let batches: Vec<usize> = (0..missing).collect();
    for some in batches.chunks(200) {
        let bodies: Vec<String> = some.iter().map(|n| happenings.batch(*n)).collect();
        let _times = send(company, server, &bodies, 2);
    }
}

/// Makes the reader, unless an earlier run did, and signs them in on the page.
fn sign_in(company: &Company, server: &Server) -> Reader {
    let user = json!({"name": "Rita Reader", "email": EMAIL, "roles": ["controller"], "password": PASSWORD});
    let made = company.client(server).post_once("/api/v1/users", "bench-reader", &user);
    assert!(matches!(made.status, 200..=202 | 409 | 422), "no reader: {}", made.text());
    let client = server.client();
    let form = client.get("/sign-in");
    let bound = cookie(&form);
    let page = form.text();
    let token = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let body = format!(
        "csrf={}&email={}&password={}",
        token.unwrap_or_default(),
        EMAIL.replace('@', "%40"),
        PASSWORD.replace(' ', "+")
    );
    let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Cookie", bound.as_str())];
    let signed_in = client.send("POST", "/sign-in", &headers, body.as_bytes());
    assert!(signed_in.status == 303, "not signed in: {} {}", signed_in.status, signed_in.text());
    Reader { client, cookie: cookie(&signed_in) }
}

/// The first cookie that a reply sets, as it is sent back.
fn cookie(reply: &Reply) -> String {
    reply.header("set-cookie").and_then(|set| set.split(';').next()).unwrap_or_default().to_owned()
}

/// The accounts that have most going on, so that their pages are no empty ones.
fn some_accounts(company: &Company, server: &Server) -> Vec<String> {
    let page = company.client(server).get("/api/v1/accounts?limit=200&sort=-orders_365d").expect(200);
    let items = page["items"].as_array().cloned().unwrap_or_default();
    items.iter().filter_map(|item| item["id"].as_str().map(str::to_owned)).collect()
}

fn stored(company: &Company, server: &Server) -> usize {
    let ready: Value = company.client(server).get("/readyz").expect(200);
    ready["touchpoints"].as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or_default()
}
