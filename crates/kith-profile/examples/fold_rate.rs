//! Microseconds a touchpoint: recognising it, folding its facts in, computing its account again.
//!
//! `cargo run --release -p kith-profile --example fold_rate [accounts] [touchpoints each] [of the day]`
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a program for the console that measures time"
)]

use std::sync::Arc;
use std::time::Instant;

use jiff::tz::TimeZone;
use kith_profile::{
    EntityContext, Fact, FactContext, Inputs, Living, Rates, Stored, Touchpoint, facts, read, restore,
};

/// The allocator of the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const BATCH: usize = 1_000;
const TODAY: u16 = 20_000;

/// Seconds spent on each step.
#[derive(Default)]
struct Spent {
    recognise: f64,
    restore: f64,
    insert: f64,
    recompute: f64,
}

fn main() {
    let number = |place: usize, default: usize| {
        std::env::args().nth(place).map_or(default, |text| text.parse().expect("a number"))
    };
    // The touchpoints that are measured are all of the day itself.
    let (accounts, each, live) = (number(1, 10_000), number(2, 100), number(3, 200_000));
    let context = context();
    let lookup = Arc::new(|seq: u32| (String::from("/erp"), seq.to_string()));
    let living =
        Living::new(Inputs { context: context.clone(), rates: Rates::default(), day: TODAY }, lookup);
    let total = accounts * each;
    let mut spent = Spent::default();
    let mut random = 1_u64;
    for batch in 0..(total + live) / BATCH {
        let mut measured = Spent::default();
        let events: Vec<(u32, Vec<u8>)> = (batch * BATCH..(batch + 1) * BATCH)
            .map(|n| {
                random =
                    random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let row = (random >> 33) as usize % accounts;
                (row as u32, event(n, row, total))
            })
            .collect();
        let made = recognise(&events, batch * BATCH, &context, &mut measured);
        let start = Instant::now();
        for (row, made, _) in &made {
            let _ = living.insert(*row, made);
        }
        measured.insert = start.elapsed().as_secs_f64();
        let measure = batch * BATCH >= total;
        if measure || (batch + 1) * BATCH >= total {
            let start = Instant::now();
            assert!(!living.recompute_dirty().is_empty());
            measured.recompute = start.elapsed().as_secs_f64();
        }
        if measure {
            spent.recognise += measured.recognise;
            spent.restore += measured.restore;
            spent.insert += measured.insert;
            spent.recompute += measured.recompute;
        }
    }
    println!("{accounts} accounts, {total} touchpoints of history, then {live} of today");
    let micros = |seconds: f64| seconds * 1e6 / live as f64;
    println!("recognise + facts  {:.2} µs a touchpoint", micros(spent.recognise));
    println!("restore + facts    {:.2} µs a touchpoint", micros(spent.restore));
    println!("insert             {:.2} µs a touchpoint", micros(spent.insert));
    println!("recompute          {:.2} µs a touchpoint", micros(spent.recompute));
    whole(&living, accounts);
}

fn context() -> FactContext {
    let zone = TimeZone::get("America/Chicago").expect("bundled zone");
    let currency = "USD".parse().expect("currency");
    let entities = vec![EntityContext { code: "US".into(), currency, zone: zone.clone() }];
    FactContext { hash_key: [7; 16], entities, zone, currency }
}

type Made<'a> = (u32, Vec<Fact>, Touchpoint<'a>);

/// Reads a batch and makes its facts; then again from what the log would keep.
fn recognise<'a>(
    events: &'a [(u32, Vec<u8>)],
    first: usize,
    context: &FactContext,
    spent: &mut Spent,
) -> Vec<Made<'a>> {
    let start = Instant::now();
    let read_all = events.iter().enumerate().map(|(n, (row, event))| {
        let touchpoint = read(event, 0, context).expect("recognised");
        (*row, facts(&touchpoint, (first + n) as u32, context), touchpoint)
    });
    let made: Vec<Made<'_>> = read_all.collect();
    spent.recognise = start.elapsed().as_secs_f64();
    let start = Instant::now();
    for (n, (_, wanted, touchpoint)) in made.iter().enumerate() {
        let stored = Stored {
            source: &touchpoint.source,
            id: &touchpoint.id,
            type_name: &touchpoint.type_name,
            at_ms: touchpoint.at_ms,
            supersedes: None,
            retracts: None,
            clear: &touchpoint.clear,
        };
        let again = restore(&stored, context).expect("restored");
        assert_eq!(facts(&again, (first + n) as u32, context), *wanted);
    }
    spent.restore = start.elapsed().as_secs_f64();
    made
}

/// What concerns the profile as a whole: memory, a tick, checkpoints.
fn whole(living: &Living, accounts: usize) {
    let bytes = living.memory_bytes();
    let kept: usize = (0..living.len()).map(|row| living.facts(row).len()).sum();
    let beside = (bytes - kept * size_of::<Fact>()) / accounts;
    println!("memory             {bytes} bytes: {kept} facts of 40, and {beside} an account beside them");
    let start = Instant::now();
    living.tick(TODAY + 1);
    let rows = living.recompute_dirty().len();
    println!("tick               {:.2} µs an account", start.elapsed().as_secs_f64() * 1e6 / rows as f64);
    let start = Instant::now();
    let saved: Vec<Vec<u8>> =
        (0..living.chunks()).filter_map(|index| living.save_chunk(index, 1, 1)).collect();
    let bytes: usize = saved.iter().map(Vec::len).sum();
    println!("save               {:.3} s, {bytes} bytes", start.elapsed().as_secs_f64());
    let start = Instant::now();
    for chunk in &saved {
        living.load_chunk(chunk).expect("sound");
    }
    println!("load               {:.3} s", start.elapsed().as_secs_f64());
}

/// The n-th touchpoint: spread over 380 days of history, then all on the day itself.
fn event(n: usize, row: usize, total: usize) -> Vec<u8> {
    let end = i64::from(TODAY) * 86_400 + 50_000;
    let second = (end - 380 * 86_400 + (n as i64 * 380 * 86_400) / total as i64).min(end + n as i64 % 20_000);
    let time = jiff::Timestamp::from_second(second).expect("in range");
    let day = time.strftime("%Y-%m-%d");
    let order = n / 8;
    let (kind, data) = match n % 8 {
        0 | 5 => (
            "order.placed",
            format!(
                r#"{{"order_no":"O{n}","entity":"US","value":{{"amount":"{}.50","currency":"USD"}},"lane":"CHI-DAL"}}"#,
                100 + n % 900
            ),
        ),
        1 => (
            "order.delivered",
            format!(
                r#"{{"order_no":"O{order}","delivered_at":"{time}","promised_by":"{time}","in_full":true}}"#
            ),
        ),
        2 => (
            "invoice.posted",
            format!(
                r#"{{"invoice_no":"I{row}-{order}","entity":"US","order_no":"O{order}","amount":{{"amount":"250.00","currency":"USD"}},"issued_on":"{day}","due_on":"{day}"}}"#
            ),
        ),
        3 => (
            "payment.received",
            format!(
                r#"{{"payment_no":"P{n}","entity":"US","amount":{{"amount":"250.00","currency":"USD"}},"received_on":"{day}","allocations":[{{"invoice_no":"I{row}-{order}","amount":{{"amount":"250.00","currency":"USD"}}}}]}}"#
            ),
        ),
        4 => ("portal.login", format!(r#"{{"user":"user{}"}}"#, n % 5)),
        6 => (
            "inquiry.received",
            format!(
                r#"{{"inquiry_no":"Q{n}","channel":"email","priority":"P3","intent":"order_status","text":"Where is it? We have waited for days."}}"#
            ),
        ),
        _ => {
            ("exception.detected", format!(r#"{{"exception_no":"E{n}","kind":"delay","severity":"medium"}}"#))
        }
    };
    format!(
        r#"{{"specversion":"1.0","id":"ev-{n}","source":"/erp","type":"io.kith.{kind}","time":"{time}","subject":"external:erp:{row}","data":{data}}}"#
    )
    .into_bytes()
}
