//! Personal values: sealed from the first stored byte, readable while their key lives, gone with it.

use kith_domain::value::Personal;
use kith_store::Noun;
use serde_json::{Value, json};

use crate::place::{Place, everywhere, record, verify};

fn body() -> Value {
    json!({"tier": "gold", "name": Personal::new("acc_1", "Ada Lovelace"),
           "contacts": [{"email": Personal::new("con_1", "ada@example.com")}]})
}

#[test]
fn personal_values_come_back_and_are_gone_with_their_subject_while_proofs_stay() {
    everywhere(|place| {
        let store = place.create();
        store
            .write_blocking(|unit| {
                let mut new = record("account/acc_1", 1, body());
                new.reason = Some(json!(Personal::new("usr_1", "she asked")));
                unit.append(new)?;
                unit.put(Noun::View, "viw_1", 0, body(), &[]).map(drop)
            })
            .unwrap();
        let read = |store: &kith_store::Store| {
            store
                .read_blocking(|reader| {
                    let view = reader.document(Noun::View, "viw_1")?.unwrap();
                    Ok((view.body, reader.stream("account/acc_1", 0, 1)?.remove(0)))
                })
                .unwrap()
        };
        let (view, record) = read(&store);
        assert_eq!((&view, &record.header.body), (&body(), &body()));
        assert_eq!(record.header.reason, Some(json!({"$subject": "usr_1", "$value": "she asked"})));
        let root = store.read_blocking(|reader| reader.tree_head()).unwrap();

        assert!(store.vault().destroy("con_1").unwrap());
        assert!(!store.vault().destroy("con_1").unwrap());
        drop(store);
        let store = place.open();
        let mut erased = body();
        erased["contacts"][0]["email"]["$value"] = Value::Null;
        let (view, record) = read(&store);
        assert_eq!((&view, &record.header.body), (&erased, &erased));
        assert_eq!(store.read_blocking(|reader| reader.tree_head()).unwrap(), root);
        verify(&store);
    });
}

#[test]
fn an_erased_subject_gets_no_new_key() {
    everywhere(|place| {
        let store = place.create();
        store.vault().destroy("con_1").unwrap();
        let sealed = store.vault().seal("con_1", b"here", b"again").unwrap();
        assert_eq!(store.vault().open("con_1", b"here", &sealed).unwrap(), None);
    });
}

#[test]
fn a_sealed_value_opens_in_its_own_place_only() {
    everywhere(|place| {
        let store = place.create();
        let vault = store.vault();
        vault.ensure_keys(&["con_1", "con_2"]).unwrap();
        let mut sealed = vault.seal("con_1", b"here", b"secret").unwrap();
        assert_eq!(vault.open("con_1", b"here", &sealed).unwrap().as_deref(), Some(b"secret".as_slice()));
        assert!(vault.open("con_1", b"there", &sealed).is_err());
        assert!(vault.open("con_2", b"here", &sealed).is_err());
        assert!(vault.open("con_3", b"here", &sealed).is_err(), "a subject that was never met");
        assert_ne!(vault.seal("con_1", b"here", b"secret").unwrap(), sealed, "nonces are random");
        sealed[20] ^= 1;
        assert!(vault.open("con_1", b"here", &sealed).is_err());
    });
}

#[test]
fn no_stored_byte_holds_a_personal_value_nor_a_destroyed_key() {
    let place = Place::sqlite();
    let store = place.create();
    store
        .write_blocking(|unit| {
            unit.append(record("account/acc_1", 1, body()))?;
            unit.put(Noun::View, "viw_1", 0, body(), &[]).map(drop)
        })
        .unwrap();
    let wrapped: Vec<u8> = rusqlite::Connection::open(place.dir.path().join("keys.db"))
        .unwrap()
        .query_row("SELECT wrapped FROM subject_key WHERE subject = 'con_1'", [], |row| row.get(0))
        .unwrap();
    let found = |needle: &[u8]| {
        let folders = [place.dir.path().to_owned(), place.dir.path().join("seen")];
        let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
        files
            .map(|file| file.unwrap().path())
            .filter(|path| path.is_file())
            .map(|path| std::fs::read(path).unwrap())
            .any(|bytes| bytes.windows(needle.len()).any(|window| window == needle))
    };
    assert!(found(b"gold") && found(&wrapped), "the search finds what is there");
    assert!(!found(b"Lovelace") && !found(b"ada@example"));
    store.vault().destroy("con_1").unwrap();
    assert!(!found(&wrapped), "the key is gone from every file");
}
