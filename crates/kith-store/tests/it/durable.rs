//! Killed at any instant, the store keeps every write that it answered, and verifies.
//!
//! This shows the death of the process only; power loss is a matter of `synchronous = FULL`, which opening asserts.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use kith_store::{Location, Noun, Store};
use serde_json::json;

use crate::place::{Place, append, record, touchpoint, verify};

const CHILD_DIR: &str = "KITH_STORE_CHILD_DIR";
const CYCLES: &str = "KITH_STORE_KILL_CYCLES";

/// Runs as the child when the variable names a directory; as a test of its own it has nothing to do.
#[test]
fn child_writes_until_it_is_killed() {
    let Some(dir) = std::env::var_os(CHILD_DIR) else { return };
    let store = Store::open(&Location::Sqlite(PathBuf::from(dir))).unwrap();
    let threads: Vec<_> = (0..4_u64).map(|own| (own, store.clone())).collect();
    std::thread::scope(|scope| {
        for (own, store) in &threads {
            scope.spawn(move || write_on(*own, store));
        }
    });
}

/// Each write is a record, a document and a touchpoint, told on standard output once it was answered.
fn write_on(own: u64, store: &Store) {
    let stream = format!("stream-{own}");
    loop {
        let asked = stream.clone();
        let version = store.read_blocking(move |reader| reader.stream_version(&asked)).unwrap() + 1;
        let id = format!("{own}-{version}");
        let new = touchpoint(store, 0, &id);
        let asked = stream.clone();
        store
            .write_blocking(move |unit| {
                unit.put(Noun::View, &id, 0, json!({"version": version}), &[])?;
                unit.append(record(&asked, version, json!({"version": version})))?;
                append(unit, std::slice::from_ref(&new)).map(drop)
            })
            .unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "ack {own} {version}").unwrap();
        out.flush().unwrap();
    }
}

fn child(place: &Place) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "durable::child_writes_until_it_is_killed", "--nocapture", "--test-threads=1"])
        .env(CHILD_DIR, place.dir.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn nothing_that_was_answered_is_lost_when_the_process_is_killed() {
    let place = Place::sqlite();
    drop(place.create());
    let cycles = std::env::var(CYCLES).ok().and_then(|text| text.parse().ok()).unwrap_or(12_u64);
    let mut answered = [0_u64; 4];
    for cycle in 0..cycles {
        let mut child = child(&place);
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut left = 10 + (cycle * 37) % 90;
        let mut killed = false;
        // What stands in the pipe when it is killed was answered too, so it is read to the end.
        for line in lines.map_while(Result::ok) {
            // The harness's own line may stand before the first.
            if let Some((_, told)) = line.split_once("ack ") {
                let (own, version) = told.split_once(' ').unwrap();
                answered[own.parse::<usize>().unwrap()] = version.parse().unwrap();
            }
            left = left.saturating_sub(1);
            if left == 0 && !killed {
                child.kill().unwrap();
                killed = true;
            }
        }
        child.wait().unwrap();
        assert!(killed, "the child ended by itself in cycle {cycle}");
        // The whole chain is verified now and then, and in the end: it grows with every cycle.
        check(&place, answered, cycle % 50 == 0 || cycle + 1 == cycles);
    }
    assert!(answered.iter().sum::<u64>() >= cycles * 5);
}

fn check(place: &Place, answered: [u64; 4], whole: bool) {
    let store = place.open();
    let records = store.heads().borrow().ledger;
    let mut all = 0;
    for (own, answered) in answered.into_iter().enumerate() {
        let stream = format!("stream-{own}");
        let version = store.read_blocking(move |reader| reader.stream_version(&stream)).unwrap();
        assert!(version >= answered, "stream {own}: {answered} answered, {version} there");
        all += version;
    }
    assert_eq!(records, all);
    let (views, heads) =
        store.read_blocking(|reader| Ok((reader.count(Noun::View, &[])?, reader.heads()?))).unwrap();
    assert_eq!((views, heads.touchpoint), (records, records), "each write is there wholly or not at all");
    if whole {
        assert_eq!(verify(&store), records);
        store.read_blocking(|reader| reader.verify(&mut |_| {})).unwrap();
    }
}
