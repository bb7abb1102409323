//! Rows a second of the touchpoint log with its dedupe, against bare batched INSERTs of the same JSON.
//!
//! `cargo run --release -p kith-store --example append_rate -- [ROWS] [CALLERS] [DIR]` (1,000,000 rows, 1 caller,
//! a temporary directory beside the working directory). Both write batches of 1,000 with `synchronous = FULL`.

#![expect(clippy::print_stdout, reason = "it is a program that prints figures")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use kith_store::touchpoint::Key;
use kith_store::{Location, Store, StoredTouchpoint};

const BATCH: u64 = 1_000;
const STAGE: u64 = 1_000_000;

fn body(number: u64) -> String {
    format!(
        "{{\"order_no\":\"SO-{number:010}\",\"entity\":\"US\",\"value\":{{\"amount\":\"{}.00\",\"currency\":\"USD\"}},\
         \"lane\":\"CHI-DAL\",\"lines\":[{{\"sku\":\"SKU-{:05}\",\"quantity\":{},\"uom\":\"EA\"}}],\
         \"requested_delivery\":\"2026-03-01\",\"warehouse\":\"CHI-2\",\"terms\":\"FOB\",\"priority\":\"standard\"}}",
        100 + number % 900,
        number % 5_000,
        1 + number % 40
    )
}

fn touchpoint(store: &Store, number: u64) -> StoredTouchpoint {
    let (id, clear) = (format!("evt-{number:012}"), body(number));
    StoredTouchpoint {
        account_row: u32::try_from(number.wrapping_mul(2_654_435_761) % 100_000).unwrap_or(0),
        source: "https://erp.example.com/orders".to_owned(),
        dedupe: store.secrets().dedupe_hash("https://erp.example.com/orders", &id),
        digest: store.secrets().content_digest(clear.as_bytes()),
        id,
        kind: "io.kith.order.placed".to_owned(),
        at_ms: 1_750_000_000_000,
        target: None,
        flags: 0,
        clear,
        sealed: Vec::new(),
        checksum: 0,
    }
}

/// Rows a second of a plain table in a file of its own.
fn bare(dir: &Path, rows: u64) -> Result<f64, Box<dyn Error>> {
    let mut database = rusqlite::Connection::open(dir.join("bare.db"))?;
    database.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         CREATE TABLE IF NOT EXISTS bare (position INTEGER PRIMARY KEY, body TEXT)",
    )?;
    let start = Instant::now();
    for batch in 0..rows / BATCH {
        let transaction = database.transaction()?;
        {
            let mut insert = transaction.prepare_cached("INSERT INTO bare (body) VALUES (?1)")?;
            for number in batch * BATCH..(batch + 1) * BATCH {
                let clear = body(number);
                insert.execute([format!(
                    "{{\"specversion\":\"1.0\",\"source\":\"https://erp.example.com/orders\",\"id\":\"evt-{number:012}\",\
                     \"type\":\"io.kith.order.placed\",\"time\":\"2026-01-01T00:00:00Z\",\"data\":{clear}}}"
                )])?;
            }
        }
        transaction.commit()?;
    }
    Ok(per_second(rows, start))
}

fn per_second(rows: u64, start: Instant) -> f64 {
    f64::from(u32::try_from(rows).unwrap_or(u32::MAX)) / start.elapsed().as_secs_f64()
}

/// Appends what was not seen, batch by batch, from several callers.
fn append(store: &Store, from: u64, rows: u64, callers: u64) {
    let next = AtomicU64::new(from);
    std::thread::scope(|scope| {
        for _ in 0..callers {
            scope.spawn(|| {
                loop {
                    let first = next.fetch_add(BATCH, Ordering::SeqCst);
                    if first >= from + rows {
                        return;
                    }
                    let batch: Vec<_> = (first..first + BATCH).map(|n| touchpoint(store, n)).collect();
                    let outcome = store.write_blocking(move |unit| {
                        let batch: Vec<_> = batch.iter().map(StoredTouchpoint::as_new).collect();
                        let keys: Vec<_> = batch
                            .iter()
                            .map(|new| Key { source: new.source, id: new.id, dedupe: new.dedupe })
                            .collect();
                        assert!(
                            unit.seen(&keys)?.iter().all(Option::is_none),
                            "a new one was taken for seen"
                        );
                        unit.append_touchpoints(&batch)
                    });
                    assert!(outcome.is_ok(), "{outcome:?}");
                }
            });
        }
    });
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let rows: u64 = arguments.next().map_or(Ok(STAGE), |text| text.parse())?;
    let callers: u64 = arguments.next().map_or(Ok(1), |text| text.parse())?;
    let dir = arguments.next().map_or_else(|| PathBuf::from("append-rate-data"), PathBuf::from);
    std::fs::create_dir_all(&dir)?;
    let store = Store::create(&Location::Sqlite(dir.clone()))?;
    let mut stored = store.heads().borrow().touchpoint;
    let goal = stored + rows;
    println!("rows stored · appended/s with dedupe · bare INSERT/s · ratio");
    while stored < goal {
        let stage = STAGE.min(goal - stored);
        let start = Instant::now();
        append(&store, stored, stage, callers);
        let own = per_second(stage, start);
        let bare = bare(&dir, stage.min(200_000))?;
        stored += stage;
        println!("{stored:>11} · {own:>8.0} · {bare:>8.0} · {:.2}", own / bare);
    }
    let start = Instant::now();
    store.close();
    drop(store);
    println!("closed in {:.2} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let store = Store::open(&Location::Sqlite(dir.clone()))?;
    println!("opened in {:.2} s", start.elapsed().as_secs_f64());
    drop(store);
    let size = |name: &str| std::fs::metadata(dir.join(name)).map_or(0, |file| file.len());
    let index = std::fs::read_dir(dir.join("seen"))?.flatten().flat_map(|file| file.metadata());
    let index: u64 = index.map(|file| file.len()).sum();
    println!("kith.db {} B a row, dedupe index {} B a row", size("kith.db") / stored, index / stored);
    Ok(())
}
