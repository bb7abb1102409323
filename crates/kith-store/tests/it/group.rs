//! Group commit: neighbours of a job that fails, breaks off or panics are unaffected; callbacks tell the end.

use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

use kith_store::{Ending, Fault, Store};
use serde_json::json;

use crate::place::{Place, everywhere, record, verify};

/// Holds the writer until a whole group waits behind it, so that the group shares one transaction.
fn hold(store: &Store) -> (std::sync::mpsc::Sender<()>, std::thread::JoinHandle<()>) {
    let (release, held) = channel::<()>();
    let (started, running) = channel();
    let held = Mutex::new(held);
    let store = store.clone();
    let thread = std::thread::spawn(move || {
        store
            .write_blocking(move |_| {
                started.send(()).unwrap();
                held.lock().unwrap().recv().unwrap();
                Ok(())
            })
            .unwrap();
    });
    running.recv().unwrap();
    (release, thread)
}

#[test]
fn neighbours_of_a_failing_job_are_written() {
    let place = Place::sqlite();
    let store = place.create();
    let (release, holder) = hold(&store);
    let jobs: Vec<_> = (0..12_u64)
        .map(|number| {
            let store = store.clone();
            std::thread::spawn(move || {
                store.write_blocking(move |unit| {
                    unit.append(record(&format!("s{number}"), 1, json!({})))?;
                    match number {
                        3 => Err(Fault::corrupt("after a write was put in")),
                        5 => {
                            unit.set_cursor("five", 5)?;
                            Err(Fault::corrupt("after a write was made"))
                        }
                        7 => panic!("on purpose"),
                        9 => unit.append(record("s9", 1, json!({}))),
                        _ => Ok(()),
                    }
                })
            })
        })
        .collect();
    std::thread::sleep(std::time::Duration::from_millis(100));
    release.send(()).unwrap();
    holder.join().unwrap();
    for (number, job) in jobs.into_iter().enumerate() {
        let outcome = job.join().unwrap();
        match number {
            3 | 5 => assert!(matches!(outcome, Err(Fault::Corrupt { .. })), "{number}: {outcome:?}"),
            7 => assert!(matches!(outcome, Err(Fault::Panicked)), "{outcome:?}"),
            9 => assert!(matches!(outcome, Err(Fault::Conflict)), "{outcome:?}"),
            _ => outcome.unwrap(),
        }
    }
    assert_eq!(verify(&store), 8);
    assert_eq!(store.read_blocking(|reader| reader.cursor("five")).unwrap(), 0);
}

#[test]
fn a_group_runs_in_order_and_each_job_sees_the_former() {
    let place = Place::sqlite();
    let store = place.create();
    let (release, holder) = hold(&store);
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut jobs = Vec::new();
    for number in 0..5_u64 {
        let (own, order) = (store.clone(), Arc::clone(&order));
        jobs.push(std::thread::spawn(move || {
            own.write_blocking(move |unit| {
                let before = unit.cursor("count")?;
                order.lock().unwrap().push(number);
                unit.set_cursor("count", before + 1)
            })
            .unwrap();
        }));
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    release.send(()).unwrap();
    holder.join().unwrap();
    jobs.into_iter().for_each(|job| job.join().unwrap());
    assert_eq!(*order.lock().unwrap(), [0, 1, 2, 3, 4]);
    assert_eq!(store.read_blocking(|reader| reader.cursor("count")).unwrap(), 5);
}

#[test]
fn a_job_is_told_how_its_transaction_ended() {
    everywhere(|place| {
        let store = place.create();
        for fail in [false, true] {
            let told = Arc::new(Mutex::new(Vec::new()));
            let own = Arc::clone(&told);
            let outcome = store.write_blocking(move |unit| {
                let own = Arc::clone(&own);
                unit.on_end(move |ending| own.lock().unwrap().push(ending));
                unit.set_cursor("c", 1)?;
                if fail { Err(Fault::corrupt("on purpose")) } else { Ok(()) }
            });
            assert_eq!(outcome.is_err(), fail);
            let expected = if fail { Ending::RolledBack } else { Ending::Committed };
            assert_eq!(told.lock().unwrap().last(), Some(&expected));
        }
    });
}

#[test]
fn a_closed_store_refuses_and_a_panicking_read_harms_no_other() {
    everywhere(|place| {
        let store = place.create();
        let fault = store.read_blocking(|_| -> Result<(), Fault> { panic!("on purpose") });
        assert!(matches!(fault, Err(Fault::Panicked)));
        assert_eq!(store.read_blocking(|reader| reader.cursor("c")).unwrap(), 0);
        let other = store.clone();
        store.close();
        assert!(matches!(other.write_blocking(|_| Ok(())), Err(Fault::Stopped)));
        assert!(matches!(other.read_blocking(|_| Ok(())), Err(Fault::Stopped)));
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tasks_may_await_and_keep_the_runtime_free() {
    for place in [Some(Place::sqlite()), tokio::task::spawn_blocking(Place::postgres).await.unwrap()] {
        let Some(place) = place else { continue };
        let location = place.location.clone();
        let store = tokio::task::spawn_blocking(move || Store::create(&location).unwrap()).await.unwrap();
        let jobs: Vec<_> = (0..100_u64)
            .map(|number| {
                let store = store.clone();
                tokio::spawn(async move {
                    store.write(move |unit| unit.append(record(&format!("s{number}"), 1, json!({})))).await
                })
            })
            .collect();
        for job in jobs {
            job.await.unwrap().unwrap();
        }
        assert_eq!(store.read(|reader| Ok(reader.heads()?.ledger)).await.unwrap(), 100);
        tokio::task::spawn_blocking(move || drop((store, place))).await.unwrap();
    }
}
