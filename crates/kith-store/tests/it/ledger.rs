//! The record: positions, versions, chain, streams.

use kith_store::{Fault, Log};
use serde_json::json;

use crate::place::{everywhere, record, verify};

#[test]
fn records_get_positions_in_order_and_form_a_chain() {
    everywhere(|place| {
        let store = place.create();
        let appended = store
            .write_blocking(|unit| {
                for version in 1..=5 {
                    unit.append(record("account/acc_1", version, json!({"n": version})))?;
                }
                unit.append(record("account/acc_2", 1, json!({"n": 1})))?;
                unit.flush()
            })
            .unwrap();
        let positions: Vec<u64> = appended.iter().map(|appended| appended.position).collect();
        assert_eq!(positions, [1, 2, 3, 4, 5, 6]);
        assert_eq!(verify(&store), 6);
        let (version, stream, back) = store
            .read_blocking(|reader| {
                let version = reader.stream_version("account/acc_1")?;
                let stream = reader.stream("account/acc_1", 2, 10)?;
                Ok((version, stream, reader.stream_back("account/acc_1", u64::MAX, 2)?))
            })
            .unwrap();
        assert_eq!(version, 5);
        assert_eq!(stream.iter().map(|r| r.header.version).collect::<Vec<_>>(), [3, 4, 5]);
        assert_eq!(stream[0].header.body, json!({"n": 3}));
        assert_eq!(stream[0].hash, appended[2].hash);
        assert_eq!(back.iter().map(|r| r.header.version).collect::<Vec<_>>(), [5, 4]);
    });
}

#[test]
fn the_chain_goes_on_after_a_restart() {
    everywhere(|place| {
        let store = place.create();
        store.write_blocking(|unit| unit.append(record("a", 1, json!({})))).unwrap();
        let epoch = store.epoch().to_owned();
        drop(store);
        let store = place.open();
        assert_eq!(store.epoch(), epoch);
        assert_eq!(store.heads().borrow().ledger, 1);
        store.write_blocking(|unit| unit.append(record("a", 2, json!({})))).unwrap();
        assert_eq!(verify(&store), 2);
        assert_eq!(store.heads().borrow().ledger, 2);
    });
}

#[test]
fn a_version_that_a_stream_has_already_is_a_conflict_and_writes_nothing() {
    everywhere(|place| {
        let store = place.create();
        store.write_blocking(|unit| unit.append(record("a", 1, json!({})))).unwrap();
        let fault = store
            .write_blocking(|unit| {
                unit.set_cursor("mine", 9)?;
                unit.append(record("a", 1, json!({})))
            })
            .unwrap_err();
        assert!(matches!(fault, Fault::Conflict), "{fault:?}");
        assert_eq!(store.read_blocking(|reader| reader.cursor("mine")).unwrap(), 0);
        assert_eq!(verify(&store), 1);
    });
}

#[test]
fn a_changed_record_is_named_when_it_is_read() {
    let place = crate::place::Place::sqlite();
    let store = place.create();
    store
        .write_blocking(|unit| {
            unit.append(record("a", 1, json!({"limit": 10})))?;
            unit.append(record("a", 2, json!({"limit": 20})))
        })
        .unwrap();
    drop(store);
    let database = rusqlite::Connection::open(place.dir.path().join("kith.db")).unwrap();
    let text = "UPDATE ledger SET header = CAST(replace(CAST(header AS TEXT), '20', '99') AS BLOB) \
                WHERE position = 2";
    assert_eq!(database.execute(text, []).unwrap(), 1);
    drop(database);
    let store = place.open();
    let fault = store.read_blocking(|reader| reader.records_after(0, 10)).unwrap_err();
    assert_eq!(fault.to_string(), "the store is damaged: record 2 was changed");
    let _ = Log::Ledger;
}
