//! Tests of the dedupe index: merged, restarted, damaged or foreign, it finds what the log holds.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;
use tempfile::TempDir;

use crate::open::open_with;
use crate::touchpoint::Key;
use crate::{Location, Store, StoredTouchpoint};

const MERGE_AT: usize = 500;

fn open(dir: &Path) -> Store {
    open_with(&Location::Sqlite(dir.to_owned()), true, MERGE_AT).unwrap()
}

fn append(store: &Store, numbers: std::ops::Range<u32>) {
    let batch: Vec<_> = numbers
        .map(|number| StoredTouchpoint {
            account_row: number % 7,
            source: "erp".to_owned(),
            id: format!("o-{number}"),
            kind: "io.kith.order.placed".to_owned(),
            at_ms: 0,
            dedupe: store.secrets().dedupe_hash("erp", &format!("o-{number}")),
            digest: 0,
            target: None,
            flags: 0,
            clear: json!({}).to_string(),
            sealed: Vec::new(),
            checksum: 0,
        })
        .collect();
    for batch in batch.chunks(100).map(<[_]>::to_vec) {
        let write = move |unit: &mut crate::Unit<'_>| {
            let batch: Vec<_> = batch.iter().map(StoredTouchpoint::as_new).collect();
            unit.append_touchpoints(&batch)
        };
        store.write_blocking(write).unwrap();
    }
}

/// Every one of the first `count` is found where it stands, and none after them.
#[track_caller]
fn check(store: &Store, count: u32) {
    let ids: Vec<_> = (0..count + 50).map(|number| format!("o-{number}")).collect();
    let hashes: Vec<_> = ids.iter().map(|id| store.secrets().dedupe_hash("erp", id)).collect();
    let (hits, timeline) = store
        .read_blocking(move |reader| {
            let keys: Vec<_> = ids
                .iter()
                .zip(&hashes)
                .map(|(id, dedupe)| Key { source: "erp", id, dedupe: *dedupe })
                .collect();
            Ok((reader.seen(&keys)?, reader.timeline(3, u64::MAX, 10_000)?))
        })
        .unwrap();
    for (place, hit) in (0..).zip(hits) {
        let expected = (place < count).then_some(u64::from(place) + 1);
        assert_eq!(hit.map(|hit| hit.position), expected, "o-{place}");
    }
    let expected: Vec<_> =
        (0..count).rev().filter(|number| number % 7 == 3).map(|number| u64::from(number) + 1).collect();
    assert_eq!(timeline.iter().map(|touchpoint| touchpoint.position).collect::<Vec<_>>(), expected);
}

#[track_caller]
fn wait_merged(store: &Store, at_least: u64) {
    let start = Instant::now();
    while store.seen().unwrap().merged_to() < at_least {
        assert!(start.elapsed() < Duration::from_secs(20), "the index is not merged");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn it_finds_the_merged_and_the_recent_across_restarts() {
    let dir = TempDir::new().unwrap();
    let store = open(dir.path());
    append(&store, 0..1_250);
    wait_merged(&store, 500);
    check(&store, 1_250);
    drop(store);
    let store = open(dir.path());
    assert!(store.seen().unwrap().merged_to() >= 500, "what was written stays");
    check(&store, 1_250);
    append(&store, 1_250..4_000);
    wait_merged(&store, 2_000);
    check(&store, 4_000);
    drop(store);
    // A filter that is missing is made again.
    std::fs::remove_file(dir.path().join("seen/filter")).unwrap();
    check(&open(dir.path()), 4_000);
}

fn runs(dir: &Path) -> Vec<std::path::PathBuf> {
    let all = std::fs::read_dir(dir.join("seen")).unwrap().map(|entry| entry.unwrap().path());
    let mut runs: Vec<_> = all.filter(|path| path.extension().is_some_and(|end| end == "run")).collect();
    runs.sort();
    runs
}

#[test]
fn many_small_runs_become_few_large_ones() {
    let dir = TempDir::new().unwrap();
    let store = open(dir.path());
    for step in 0..34 {
        append(&store, step * 500..step * 500 + 500);
        wait_merged(&store, u64::from(step + 1) * 500);
    }
    check(&store, 17_000);
    let start = Instant::now();
    while runs(dir.path()).len() > 6 {
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", runs(dir.path()));
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(store);
    check(&open(dir.path()), 17_000);
}

#[test]
fn it_is_made_anew_when_it_is_lost_damaged_or_of_another_history() {
    let dir = TempDir::new().unwrap();
    let store = open(dir.path());
    append(&store, 0..2_250);
    drop(store);
    std::fs::remove_dir_all(dir.path().join("seen")).unwrap();
    let store = open(dir.path());
    assert!(store.seen().unwrap().merged_to() >= 2_000, "a lost index is made before the store opens");
    check(&store, 2_250);
    drop(store);
    let first = runs(dir.path()).remove(0);
    let sound = std::fs::read(&first).unwrap();
    let (mut foreign, mut beyond, cut) = (sound.clone(), sound.clone(), &sound[..sound.len() - 1]);
    foreign[8] ^= 1;
    beyond[72 + 6] ^= 1;
    for damaged in [&vec![7; 8192], &foreign, &beyond, &cut.to_vec()] {
        std::fs::write(&first, damaged).unwrap();
        check(&open(dir.path()), 2_250);
    }
    // A filter of another history denies everything: it is not believed.
    let filter = crate::bloom::Bloom::for_keys(10).encode("other", 2_250);
    std::fs::write(dir.path().join("seen/filter"), filter).unwrap();
    check(&open(dir.path()), 2_250);
}

#[test]
fn a_write_that_is_rolled_back_leaves_no_trace_beside_a_merge() {
    let dir = TempDir::new().unwrap();
    let store = open(dir.path());
    append(&store, 0..480);
    let new = StoredTouchpoint {
        account_row: 3,
        source: "erp".to_owned(),
        id: "o-480".to_owned(),
        kind: String::new(),
        at_ms: 0,
        dedupe: store.secrets().dedupe_hash("erp", "o-480"),
        digest: 0,
        target: None,
        flags: 0,
        clear: "{}".to_owned(),
        sealed: Vec::new(),
        checksum: 0,
    };
    let failed = store.write_blocking(move |unit| {
        unit.append_touchpoints(&[new.as_new()])?;
        Err::<(), _>(crate::Fault::corrupt("on purpose"))
    });
    assert!(failed.is_err());
    check(&store, 480);
    append(&store, 480..600);
    wait_merged(&store, 500);
    check(&store, 600);
}
