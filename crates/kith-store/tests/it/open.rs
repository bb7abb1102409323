//! Opening: what is missing, newer, somebody else's or in use is said, and nothing is touched.

use std::os::unix::fs::PermissionsExt as _;

use kith_store::{Fault, Location, Noun, Store};
use serde_json::json;
use tempfile::TempDir;

use crate::place::{Place, everywhere};

#[test]
fn a_store_that_is_not_there_is_absent_and_is_not_made() {
    let dir = TempDir::new().unwrap();
    let missing = dir.path().join("none");
    assert!(matches!(Store::open(&Location::Sqlite(missing.clone())), Err(Fault::Absent)));
    assert!(!missing.exists());
    if let Some(place) = Place::postgres() {
        assert!(matches!(Store::open(&place.location), Err(Fault::Absent)));
    }
}

#[test]
fn creating_over_an_organisation_is_refused_and_over_an_empty_store_goes_on() {
    everywhere(|place| {
        drop(place.create());
        let store = place.create();
        store.write_blocking(|unit| unit.put(Noun::Organisation, "org", 0, json!({}), &[])).unwrap();
        drop(store);
        assert!(matches!(Store::create(&place.location), Err(Fault::Exists)));
        drop(place.open());
    });
}

#[test]
fn a_newer_schema_is_refused() {
    let place = Place::sqlite();
    drop(place.create());
    let database = rusqlite::Connection::open(place.dir.path().join("kith.db")).unwrap();
    database.execute("UPDATE setting SET value = '99' WHERE name = 'schema'", []).unwrap();
    drop(database);
    let fault = Store::open(&place.location).unwrap_err();
    assert!(matches!(fault, Fault::Newer { found: 99, known: 1 }), "{fault:?}");
    if let Some(place) = Place::postgres() {
        drop(place.create());
        let Location::Postgres { url, .. } = &place.location else { unreachable!() };
        let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
        client.execute("UPDATE setting SET value = '99' WHERE name = 'schema'", &[]).unwrap();
        assert!(matches!(Store::open(&place.location), Err(Fault::Newer { found: 99, .. })));
    }
}

#[test]
fn secrets_that_are_missing_of_another_store_or_open_to_others_are_refused() {
    everywhere(|place| {
        drop(place.create());
        let path = place.dir.path().join("secrets.json");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let own = std::fs::read(&path).unwrap();
        let message = || Store::open(&place.location).unwrap_err().to_string();

        let other = Place::sqlite();
        drop(other.create());
        std::fs::copy(other.dir.path().join("secrets.json"), &path).unwrap();
        assert_eq!(message(), "the secrets file cannot be used: it belongs to another store");
        std::fs::write(&path, "{}").unwrap();
        assert_eq!(message(), "the secrets file cannot be used: it is malformed");
        std::fs::remove_file(&path).unwrap();
        assert_eq!(message(), "the secrets file cannot be used: secrets.json is missing");
        assert!(!path.exists(), "no new secrets over old data");
        std::fs::write(&path, own).unwrap();
        assert_eq!(message(), "the secrets file cannot be used: others may read it: set its mode to 0600");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        drop(place.open());
    });
}

#[test]
fn a_directory_in_use_is_refused() {
    let place = Place::sqlite();
    let store = place.create();
    assert!(matches!(Store::open(&place.location), Err(Fault::InUse)));
    drop(store);
    drop(place.open());
}

#[test]
fn the_files_are_durable_by_their_own_settings() {
    let place = Place::sqlite();
    drop(place.create());
    for name in ["kith.db", "keys.db"] {
        let database = rusqlite::Connection::open(place.dir.path().join(name)).unwrap();
        let mode: String = database.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
        assert_eq!(mode, "wal", "{name}");
    }
}

#[test]
fn nodes_that_start_at_once_share_one_schema_and_one_epoch() {
    let Some(place) = Place::postgres() else { return };
    let first = place.create();
    let nodes: Vec<_> = (0..3)
        .map(|_| {
            let location = place.location.clone();
            std::thread::spawn(move || Store::open(&location).unwrap().epoch().to_owned())
        })
        .collect();
    for node in nodes {
        assert_eq!(node.join().unwrap(), first.epoch());
    }
}
