//! Microseconds a touchpoint: recognising it, folding its facts in, computing its account again.
//!
//! `cargo run --release -p kith-profile --example fold_rate [accounts] [facts]`
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a program for the console"
)]

use std::sync::Arc;
use std::time::Instant;

use jiff::tz::TimeZone;
use kith_profile::{EntityContext, FactContext, Inputs, Living, Rates, facts, read, restore};

const BATCH: usize = 1_000;
const TODAY: u16 = 20_000;

fn main() {
    let number = |place: usize, default: usize| {
        std::env::args().nth(place).map_or(default, |text| text.parse().expect("a number"))
    };
    let (accounts, each) = (number(1, 10_000), number(2, 100));
    let chicago = TimeZone::get("America/Chicago").expect("bundled zone");
    let currency = "USD".parse().expect("currency");
    let context = FactContext {
        hash_key: [7; 16],
        entities: vec![EntityContext { code: "US".into(), currency, zone: chicago.clone() }],
        zone: chicago,
        currency,
    };
    let lookup = Arc::new(|seq: u32| (String::from("/erp"), seq.to_string()));
    let inputs = Inputs { context: context.clone(), rates: Rates::default(), day: TODAY };
    let living = Living::new(inputs, lookup);
    let total = accounts * each;
    let (mut recognise, mut fold, mut compute, mut restored) = (0.0, 0.0, 0.0, 0.0);
    let mut random = 1_u64;
    let mut sequence = 0_u32;
    for batch in 0..total / BATCH {
        let events: Vec<(u32, Vec<u8>)> = (0..BATCH)
            .map(|place| {
                random =
                    random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let row = (random >> 33) as usize % accounts;
                (row as u32, event(batch * BATCH + place, row, total))
            })
            .collect();
        let start = Instant::now();
        let made: Vec<_> = events
            .iter()
            .map(|(row, event)| {
                sequence += 1;
                let touchpoint = read(event, 0, &context).expect("recognised");
                let made = facts(&touchpoint, sequence, &context);
                (*row, made, touchpoint)
            })
            .collect();
        recognise += start.elapsed().as_secs_f64();
        let start = Instant::now();
        for (_, _, touchpoint) in made.iter().take(100) {
            let stored = kith_profile::Stored {
                source: &touchpoint.source,
                id: &touchpoint.id,
                type_name: &touchpoint.type_name,
                at_ms: touchpoint.at_ms,
                supersedes: None,
                retracts: None,
                clear: &touchpoint.clear,
            };
            let again = restore(&stored, &context).expect("restored");
            assert_eq!(again.data, touchpoint.data);
        }
        restored += start.elapsed().as_secs_f64() * 10.0;
        let start = Instant::now();
        for (row, made, _) in &made {
            let _ = living.insert(*row, made);
        }
        fold += start.elapsed().as_secs_f64();
        let start = Instant::now();
        let rows = living.recompute_dirty();
        compute += start.elapsed().as_secs_f64();
        assert!(!rows.is_empty());
    }
    let micros = |seconds: f64| seconds * 1e6 / total as f64;
    println!("{accounts} accounts, {total} touchpoints");
    println!("recognise + facts  {:.2} µs a touchpoint", micros(recognise));
    println!("restore            {:.2} µs a touchpoint", micros(restored));
    println!("insert             {:.2} µs a touchpoint", micros(fold));
    println!("recompute          {:.2} µs a touchpoint", micros(compute));
    let bytes = living.memory_bytes();
    let kept: usize = (0..living.len()).map(|row| living.facts(row).len()).sum();
    println!("memory             {bytes} bytes, {} an account beside {kept} facts of 40", {
        (bytes - kept * 40) / accounts
    });
    let start = Instant::now();
    living.tick(TODAY + 1);
    let rows = living.recompute_dirty().len();
    println!("tick               {:.2} µs an account", start.elapsed().as_secs_f64() * 1e6 / rows as f64);
    let start = Instant::now();
    let saved: usize = (0..living.chunks()).map(|index| living.save_chunk(index, 1, 1).unwrap().len()).sum();
    println!("save               {:.2} s, {saved} bytes", start.elapsed().as_secs_f64());
}

/// The n-th touchpoint of all, spread over the last 380 days.
fn event(n: usize, row: usize, total: usize) -> Vec<u8> {
    let second = i64::from(TODAY) * 86_400 - 380 * 86_400 + (n as i64 * 380 * 86_400) / total as i64;
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
