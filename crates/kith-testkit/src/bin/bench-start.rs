//! Seconds from the start of the program to its first answer over a checkpoint, and its memory against the budget.
#![expect(clippy::print_stdout, reason = "a program for the console")]

use kith_testkit::company::Company;
use kith_testkit::happening::{BATCH, Happenings};
use kith_testkit::load::send;
use kith_testkit::measure::{Arguments, grouped, load, median, memory, processor, timed};
use kith_testkit::process::Server;

const USAGE: &str = "\
cargo xtask bench start [--accounts 100000] [--touchpoints 2000000] [--days 390] [--starts 5] [--data DIR]

A company with so many customers and at least so many stored touchpoints (what is missing is sent first) is stopped,
which writes a checkpoint, then started and killed several times. The clock runs from the start of the process to the
answer of GET /healthz, which comes when the profile is ready. The budget of memory is 1.2 KB an account, 40 bytes a
touchpoint of the last 400 days, 2 bytes a stored touchpoint, and 200 MB.";

fn main() {
    let arguments = Arguments::read(USAGE);
    let accounts = arguments.get("accounts", 100_000);
    let company = Company::with(&arguments.data(), accounts);
    let wanted: usize = arguments.get("touchpoints", 2_000_000);
    let server = company.serve();
    let before = stored(&company, &server);
    let happenings = Happenings::new(accounts, arguments.get("days", 390));
    let batches: Vec<usize> = (0..wanted.saturating_sub(before).div_ceil(BATCH)).collect();
    for some in batches.chunks(200) {
        let bodies: Vec<String> = some.iter().map(|n| happenings.batch(*n)).collect();
        let _times = send(&company, &server, &bodies, 4);
    }
    let touchpoints = stored(&company, &server);
    let live = memory(server.id(), "VmRSS");
    let (stopped, _ended) = timed(|| server.stop());
    println!(
        "{}, {} touchpoints; stopped with a checkpoint in {stopped:.1} s",
        company.title(),
        grouped(touchpoints)
    );
    let (mut times, mut sizes, mut work) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..arguments.get("starts", 5) {
        let (started, server) = timed(|| company.serve());
        times.push(started);
        work.push(processor(server.id()));
        sizes.push(memory(server.id(), "VmRSS"));
        assert!(stored(&company, &server) == touchpoints, "not all touchpoints are there after a start");
        let _log = server.kill();
    }
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    let budget = 1_200.0 * count(accounts) + 42.0 * count(touchpoints) + 200e6;
    println!(
        "start: {:.2} s, median of {times:.2?}; processor time {:.2} s; load of the machine {}",
        median(&times),
        median(&work),
        load()
    );
    println!(
        "memory: {:.0} MB after a start, {:.0} MB before the stop; budget {:.0} MB, ratio {:.2}",
        median(&sizes) / 1e6,
        live / 1e6,
        budget / 1e6,
        median(&sizes) / budget
    );
}

fn stored(company: &Company, server: &Server) -> usize {
    let ready = company.client(server).get("/readyz").expect(200);
    ready["touchpoints"].as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or_default()
}
