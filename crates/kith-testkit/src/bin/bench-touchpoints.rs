//! Touchpoints a second over HTTP, durable and folded, against bare batched inserts into SQLite in the same run.
#![expect(clippy::print_stdout, reason = "a program for the console")]

use kith_testkit::company::Company;
use kith_testkit::happening::{BATCH, Happenings};
use kith_testkit::load::send;
use kith_testkit::measure::{Arguments, grouped, load, median, memory, number, processor, timed};
use kith_testkit::yardstick::Bare;

const USAGE: &str = "\
cargo xtask bench touchpoints [--accounts 10000,100000,1000000] [--touchpoints 300000] [--segments 3]
    [--clients 4] [--days 30] [--data DIR]

For each number of accounts the real program is served over a company with so many customers (made by import and
kept in DIR for the next run). The touchpoints are sent in segments, batches of 1,000 in the air from every client;
a segment ends when the last of it shows in a profile. Before each segment the same events are inserted bare, 1,000
a transaction, into a fresh SQLite database (WAL, synchronous=FULL). The ratio is that of the medians. The columns
in µs are processor time a touchpoint: of the server with all its threads, and of the bare inserts.";

fn main() -> rusqlite::Result<()> {
    let arguments = Arguments::read(USAGE);
    for accounts in arguments.list("accounts", "10000,100000,1000000") {
        run(&arguments, accounts)?;
    }
    Ok(())
}

fn run(arguments: &Arguments, accounts: usize) -> rusqlite::Result<()> {
    let segments = arguments.get("segments", 3).max(1);
    let batches = (arguments.get("touchpoints", 300_000) / segments / BATCH).max(1);
    let clients = arguments.get("clients", 4).max(1);
    let (made, company) = timed(|| Company::with(&arguments.data(), accounts));
    let (started, server) = timed(|| company.serve());
    println!(
        "{} (made or found in {made:.1} s, served after {started:.2} s); load of the machine {}",
        company.title(),
        load()
    );
    println!(
        "{:>12} {:>10} {:>10} {:>7} {:>9} {:>9} {:>10}",
        "stored", "kith /s", "bare /s", "ratio", "kith µs", "bare µs", "memory MB"
    );
    let happenings = Happenings::new(accounts, arguments.get("days", 30));
    // Connections, caches and threads are there before the clock starts.
    let _warm = send(&company, &server, &[happenings.batch(segments * batches)], 1);
    let (mut rates, mut bares) = (Vec::new(), Vec::new());
    for segment in 0..segments {
        let range = segment * batches..(segment + 1) * batches;
        let mut bare = Bare::beside(&company.dir)?;
        // A long segment is not inserted twice: the first 100 batches tell what the machine does now.
        let rows: Vec<Vec<String>> = range.clone().take(100).map(|n| happenings.rows(n)).collect();
        let mut taken = 0.0;
        let before = processor(std::process::id());
        for batch in &rows {
            taken += bare.insert(batch)?;
        }
        let micros = |seconds: f64, batches: usize| seconds * 1e6 / number(batches * BATCH);
        let bare_micros = micros(processor(std::process::id()) - before, rows.len());
        bares.push(number(rows.len() * BATCH) / taken);
        drop((bare, rows));
        let bodies: Vec<String> = range.map(|n| happenings.batch(n)).collect();
        let before = processor(server.id());
        let (elapsed, position) = send(&company, &server, &bodies, clients);
        let kith_micros = micros(processor(server.id()) - before, batches);
        rates.push(number(batches * BATCH) / elapsed);
        let (rate, bare) = (rates[segment], bares[segment]);
        let (stored, megabytes) = (grouped(position), memory(server.id(), "VmRSS") / 1e6);
        println!(
            "{stored:>12} {rate:>10.0} {bare:>10.0} {:>7.3} {kith_micros:>9.1} {bare_micros:>9.1} {megabytes:>10.0}",
            rate / bare
        );
    }
    let (rate, bare) = (median(&rates), median(&bares));
    println!("{:>12} {rate:>10.0} {bare:>10.0} {:>7.3}", "median", rate / bare);
    let (stopped, _ended) = timed(|| server.stop());
    println!("stopped with a checkpoint in {stopped:.1} s\n");
    Ok(())
}
