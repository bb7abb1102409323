//! Latency of a lone command over HTTP against one bare durable insert, and the throughput of many callers.
#![expect(clippy::print_stdout, reason = "a program for the console")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use kith_testkit::company::Company;
use kith_testkit::http::Client;
use kith_testkit::measure::{Arguments, load, median, number, percentile, processor, seconds, timed};
use kith_testkit::yardstick::Bare;
use serde_json::json;

const USAGE: &str = "\
cargo xtask bench command [--accounts 10000] [--commands 300] [--rounds 3] [--clients 64] [--data DIR]

The command is a note on an account, sent to the real program, which answers once it is durable. In every round one
client sends so many, one after the other; before it as many rows are inserted bare into SQLite (WAL,
synchronous=FULL), one a transaction. Then so many clients send at once. The column in µs is processor time of the server a command.";

fn main() -> rusqlite::Result<()> {
    let arguments = Arguments::read(USAGE);
    let commands = arguments.get("commands", 300);
    let clients = arguments.get("clients", 64).max(1);
    let company = Company::with(&arguments.data(), arguments.get("accounts", 10_000));
    let server = company.serve();
    let client = company.client(&server);
    let ids = accounts(&client);
    let _warm = lone(&client, &ids, 50);
    let (mut over, mut ratios) = (Vec::new(), Vec::new());
    println!(
        "{}: a note over HTTP against a bare insert, milliseconds; load of the machine {}",
        company.title(),
        load()
    );
    println!(
        "{:>10} {:>10} {:>10} {:>10} {:>10} {:>9} {:>12}",
        "kith p50", "kith p99", "bare p50", "bare p99", "p50 over", "kith µs", "clients/s"
    );
    for _ in 0..arguments.get("rounds", 3) {
        let bare = Bare::beside(&company.dir)?.insert_single(&"x".repeat(600), commands)?;
        let before = processor(server.id());
        let kith = lone(&client, &ids, commands);
        let each = (processor(server.id()) - before) * 1e6 / number(commands);
        let rate = crowd(&company, &server, &ids, clients, commands * 20);
        over.push((median(&kith) - median(&bare)) * 1e3);
        ratios.push(rate * median(&bare));
        let p = |values: &[f64], percent| percentile(values, percent) * 1e3;
        println!(
            "{:>10.2} {:>10.2} {:>10.2} {:>10.2} {:>10.2} {each:>9.0} {rate:>12.0}",
            p(&kith, 50),
            p(&kith, 99),
            p(&bare, 50),
            p(&bare, 99),
            p(&kith, 50) - p(&bare, 50),
        );
    }
    println!(
        "median: {:.2} ms over a bare durable insert; {clients} clients make {:.1} commands in the time of one",
        median(&over),
        median(&ratios)
    );
    let _ended = server.stop();
    Ok(())
}

/// Five thousand accounts at most, so that none of them gathers many notes: an account is written as a whole.
fn accounts(client: &Client) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    let mut path = String::from("/api/v1/accounts?limit=200");
    while ids.len() < 5_000 {
        let page = client.get(&path).expect(200);
        let items = page["items"].as_array().map(Vec::as_slice).unwrap_or_default();
        ids.extend(items.iter().filter_map(|item| item["id"].as_str().map(str::to_owned)));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/api/v1/accounts?limit=200&cursor={cursor}");
    }
    ids
}

fn note(client: &Client, account: &str) {
    let text =
        json!({"text": "Called about the late delivery; asks for a credit note and a call back on Monday."});
    let reply = client.post(&format!("/api/v1/accounts/{account}/notes"), &text);
    assert!(reply.status == 201, "no note: {} {}", reply.status, reply.text());
}

/// Seconds of each of so many commands, one after the other.
fn lone(client: &Client, ids: &[String], commands: usize) -> Vec<f64> {
    let sent = ids.iter().cycle().take(commands);
    sent.map(|id| timed(|| note(client, id)).0).collect()
}

/// Commands a second of so many clients, each with a connection of its own.
fn crowd(
    company: &Company,
    server: &kith_testkit::process::Server,
    ids: &[String],
    clients: usize,
    commands: usize,
) -> f64 {
    let next = AtomicUsize::new(0);
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..clients {
            scope.spawn(|| {
                let client = company.client(server);
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= commands {
                        break;
                    }
                    if let Some(id) = ids.get(n % ids.len()) {
                        note(&client, id);
                    }
                }
            });
        }
    });
    number(commands) / seconds(start.elapsed())
}
