//! Many writers at once: one of several wins, positions have no gaps, nothing is stored twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use kith_store::touchpoint::Key;
use kith_store::{Fault, Location, Store};
use serde_json::json;

use crate::place::{append, everywhere, record, touchpoint, verify};

/// Two nodes where the database allows it, else the same store twice.
fn nodes(store: &Store) -> Vec<Store> {
    match store.location() {
        Location::Sqlite(_) => vec![store.clone(), store.clone()],
        location => vec![store.clone(), Store::open(location).unwrap()],
    }
}

#[test]
fn writers_of_one_stream_read_again_until_each_has_its_version() {
    everywhere(|place| {
        let store = place.create();
        let mut threads = Vec::new();
        for node in nodes(&store) {
            for _ in 0..3 {
                let node = node.clone();
                threads.push(std::thread::spawn(move || {
                    let mut written = 0;
                    for _ in 0..10 {
                        let outcome = node.write_blocking(|unit| {
                            let version = unit.stream_version("account/acc_1")?;
                            unit.append(record("account/acc_1", version + 1, json!({})))
                        });
                        match outcome {
                            Ok(()) => written += 1,
                            Err(Fault::Conflict) => {}
                            Err(fault) => panic!("{fault:?}"),
                        }
                    }
                    written
                }));
            }
        }
        let written: u64 = threads.into_iter().map(|thread| thread.join().unwrap()).sum();
        assert!(written >= 30, "{written} of 60");
        assert_eq!(verify(&store), written);
        let version = store.read_blocking(|reader| reader.stream_version("account/acc_1")).unwrap();
        assert_eq!(version, written);
    });
}

#[test]
fn the_same_touchpoints_from_all_sides_are_stored_once() {
    everywhere(|place| {
        let store = place.create();
        let stored = Arc::new(AtomicU64::new(0));
        let mut threads = Vec::new();
        for node in nodes(&store) {
            for offset in 0..3 {
                let (node, stored) = (node.clone(), Arc::clone(&stored));
                threads.push(std::thread::spawn(move || {
                    for step in 0..40 {
                        let number = (step + offset * 7) % 40;
                        let batch: Vec<_> =
                            (0..5).map(|n| touchpoint(&node, 0, &format!("o-{}", number * 3 + n))).collect();
                        let appended = node.write_blocking(move |unit| {
                            let keys: Vec<_> = batch
                                .iter()
                                .map(|new| Key { source: &new.source, id: &new.id, dedupe: new.dedupe })
                                .collect();
                            let hits = unit.seen(&keys)?;
                            let fresh: Vec<_> = batch
                                .iter()
                                .zip(hits)
                                .filter(|(_, hit)| hit.is_none())
                                .map(|(new, _)| new.clone())
                                .collect();
                            append(unit, &fresh)
                        });
                        stored.fetch_add(appended.unwrap().len() as u64, Ordering::SeqCst);
                    }
                }));
            }
        }
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        // Numbers 0 to 117 by threes, five each: o-0 to o-121.
        assert_eq!(stored.load(Ordering::SeqCst), 122);
        let mut ids = Vec::new();
        let mut positions = Vec::new();
        let found = store.read_blocking(|reader| reader.touchpoints_after(0, 1000)).unwrap();
        for touchpoint in found {
            positions.push(touchpoint.position);
            ids.push(touchpoint.stored.id);
        }
        assert_eq!(positions, (1..=122).collect::<Vec<_>>());
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 122);
    });
}

#[test]
fn a_key_of_a_subject_is_the_same_for_all_who_make_it_at_once() {
    everywhere(|place| {
        let store = place.create();
        let nodes = nodes(&store);
        let sealed: Vec<_> = (0..8)
            .map(|number| {
                let node = nodes[number % 2].clone();
                std::thread::spawn(move || {
                    let sealed = node.vault().seal("con_1", b"p", &[number as u8]).unwrap();
                    node.vault().ensure_keys(&["con_1"]).unwrap();
                    sealed
                })
            })
            .map(|thread| thread.join().unwrap())
            .collect();
        drop(nodes);
        drop(store);
        let store = place.open();
        for (number, sealed) in sealed.iter().enumerate() {
            let opened = store.vault().open("con_1", b"p", sealed).unwrap();
            assert_eq!(opened.as_deref(), Some([number as u8].as_slice()));
        }
    });
}

#[test]
fn an_erasure_on_one_node_is_noticed_by_the_other() {
    everywhere(|place| {
        let store = place.create();
        let nodes = nodes(&store);
        let sealed = nodes[0].vault().seal("con_1", b"p", b"Ada").unwrap();
        assert!(nodes[1].vault().open("con_1", b"p", &sealed).unwrap().is_some());
        nodes[0].vault().destroy("con_1").unwrap();
        let start = Instant::now();
        while nodes[1].vault().open("con_1", b"p", &sealed).unwrap().is_some() {
            assert!(start.elapsed() < Duration::from_secs(5), "still readable on the other node");
            std::thread::sleep(Duration::from_millis(50));
        }
        assert_eq!(nodes[0].vault().open("con_1", b"p", &sealed).unwrap(), None);
    });
}
