//! A backup is taken while the store is written to, and is a backup once it was verified.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use kith_domain::value::Personal;
use kith_store::backup::{restore, verify_backup};
use kith_store::{Fault, Location, Noun, Store};
use serde_json::json;
use tempfile::TempDir;

use crate::place::{Place, append, record, touchpoint, verify};

fn filled(place: &Place) -> Store {
    let store = place.create();
    let batch: Vec<_> = (0..50).map(|n| touchpoint(&store, 0, &format!("o-{n}"))).collect();
    store
        .write_blocking(move |unit| {
            unit.append(record("account/acc_1", 1, json!({"name": Personal::new("acc_1", "Ada")})))?;
            unit.put(
                Noun::Account,
                "acc_1",
                0,
                json!({"name": Personal::new("acc_1", "Ada")}),
                &[("account_row", 0_u32.into()), ("number", 1_u32.into())],
            )?;
            append(unit, &batch).map(drop)
        })
        .unwrap();
    store
}

#[test]
fn a_backup_under_load_restores_to_a_verified_store_of_a_new_epoch() {
    let place = Place::sqlite();
    let store = filled(&place);
    let stop = Arc::new(AtomicBool::new(false));
    let (writing, halt) = (store.clone(), Arc::clone(&stop));
    let writer = std::thread::spawn(move || {
        let mut version = 0;
        while !halt.load(Ordering::SeqCst) {
            version += 1;
            writing.write_blocking(move |unit| unit.append(record("noise", version, json!({})))).unwrap();
        }
    });
    let target = TempDir::new().unwrap();
    let (backup, restored) = (target.path().join("backup"), target.path().join("restored"));
    let mut told = 0;
    let manifest = store.backup(&backup, Timestamp::UNIX_EPOCH, &mut |done, _| told = done).unwrap();
    stop.store(true, Ordering::SeqCst);
    writer.join().unwrap();
    assert!(told > 0);
    assert_eq!((manifest.touchpoint, manifest.epoch.as_str()), (50, store.epoch()));

    assert!(matches!(store.backup(&backup, Timestamp::UNIX_EPOCH, &mut |_, _| {}), Err(Fault::Exists)));
    restore(&backup, &restored).unwrap();
    assert!(matches!(restore(&backup, &restored), Err(Fault::Exists)));
    let copy = Store::open(&Location::Sqlite(restored)).unwrap();
    assert_ne!(copy.epoch(), store.epoch());
    assert_eq!(verify(&copy), manifest.ledger);
    let account = copy.read_blocking(|reader| reader.document(Noun::Account, "acc_1")).unwrap().unwrap();
    assert_eq!(account.body["name"]["$value"], "Ada");
    let new = touchpoint(&copy, 0, "o-7");
    let hit = copy
        .read_blocking(move |reader| {
            let key = kith_store::touchpoint::Key { source: &new.source, id: &new.id, dedupe: new.dedupe };
            reader.seen(&[key])
        })
        .unwrap();
    assert_eq!(hit[0].map(|hit| hit.position), Some(8), "the dedupe index was made anew from the log");
}

#[test]
fn what_imports_keep_is_part_of_a_backup() {
    let place = Place::sqlite();
    let store = filled(&place);
    let folder = store.location().dir().join("imports/imp_1");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("file.sealed"), "sealed rows").unwrap();
    std::fs::write(folder.join("report.new"), "being written").unwrap();
    let target = TempDir::new().unwrap();
    let (backup, restored) = (target.path().join("backup"), target.path().join("restored"));
    store.backup(&backup, Timestamp::UNIX_EPOCH, &mut |_, _| {}).unwrap();
    restore(&backup, &restored).unwrap();
    assert_eq!(std::fs::read_to_string(restored.join("imports/imp_1/file.sealed")).unwrap(), "sealed rows");
    assert!(!restored.join("imports/imp_1/report.new").exists());
    std::fs::write(backup.join("imports/imp_1/file.sealed"), "other rows").unwrap();
    assert!(matches!(verify_backup(&backup), Err(Fault::Corrupt { .. })));
}

#[test]
fn a_damaged_backup_is_not_restored() {
    let place = Place::sqlite();
    let store = filled(&place);
    let target = TempDir::new().unwrap();
    let backup = target.path().join("backup");
    store.backup(&backup, Timestamp::UNIX_EPOCH, &mut |_, _| {}).unwrap();
    let path = backup.join("kith.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let fault = restore(&backup, &target.path().join("restored")).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "the store is damaged: the backup: kith.db is not the file that was written"
    );
    assert!(!target.path().join("restored").exists());
    std::fs::remove_file(backup.join("manifest.json")).unwrap();
    assert!(matches!(verify_backup(&backup), Err(Fault::Absent)));
}
