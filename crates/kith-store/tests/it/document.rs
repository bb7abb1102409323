//! Documents: versions, index columns, accounts and their keys.

use kith_domain::value::Personal;
use kith_store::{Fault, Noun, Param};
use serde_json::json;

use crate::place::everywhere;

#[test]
fn a_document_is_written_over_the_expected_version_only() {
    everywhere(|place| {
        let store = place.create();
        let put = |expected: u64| {
            store.write_blocking(move |unit| {
                let index = [("state", Param::Text("waiting"))];
                unit.put(Noun::Change, "chg_1", expected, json!({"n": expected}), &index)
            })
        };
        assert_eq!(put(0).unwrap(), 1);
        assert_eq!(put(1).unwrap(), 2);
        assert!(matches!(put(0), Err(Fault::Conflict)));
        assert!(matches!(put(1), Err(Fault::Conflict)));
        let found = store.read_blocking(|reader| reader.document(Noun::Change, "chg_1")).unwrap().unwrap();
        assert_eq!((found.version, found.body, found.row), (2, json!({"n": 1}), None));
        assert!(store.write_blocking(|unit| unit.remove(Noun::Change, "chg_1")).unwrap());
        assert!(!store.write_blocking(|unit| unit.remove(Noun::Change, "chg_1")).unwrap());
    });
}

#[test]
fn documents_are_listed_by_their_index_in_both_directions() {
    everywhere(|place| {
        let store = place.create();
        store
            .write_blocking(|unit| {
                for number in 0..7 {
                    let state = if number % 2 == 0 { "waiting" } else { "applied" };
                    let index = [("state", Param::Text(state)), ("submitted_by", "usr_1".into())];
                    unit.put(Noun::Change, &format!("chg_{number}"), 0, json!({}), &index)?;
                }
                // Index values that are not named stay as they are.
                unit.put(Noun::Change, "chg_6", 1, json!({}), &[("state", "applied".into())]).map(drop)
            })
            .unwrap();
        let ids = |newest: bool, from: Option<&'static str>, limit: u32| {
            store
                .read_blocking(move |reader| {
                    let equals = [("state", Param::Text("waiting")), ("submitted_by", "usr_1".into())];
                    let found = if newest {
                        reader.list_newest(Noun::Change, &equals, from, limit)
                    } else {
                        reader.list(Noun::Change, &equals, from, limit)
                    };
                    Ok(found?.into_iter().map(|document| document.id).collect::<Vec<_>>())
                })
                .unwrap()
        };
        assert_eq!(ids(false, None, 10), ["chg_0", "chg_2", "chg_4"]);
        assert_eq!(ids(false, Some("chg_0"), 1), ["chg_2"]);
        assert_eq!(ids(true, None, 2), ["chg_4", "chg_2"]);
        assert_eq!(ids(true, Some("chg_2"), 2), ["chg_0"]);
        let owned = [("submitted_by", Param::Text("usr_1"))];
        assert_eq!(store.read_blocking(move |reader| reader.count(Noun::Change, &owned)).unwrap(), 7);
    });
}

#[test]
fn a_unique_index_value_is_given_once() {
    everywhere(|place| {
        let store = place.create();
        let token = |id: &'static str| {
            store.write_blocking(move |unit| {
                unit.put(Noun::Token, id, 0, json!({}), &[("hash", "h1".into())]).map(drop)
            })
        };
        token("tok_1").unwrap();
        assert!(matches!(token("tok_2"), Err(Fault::Conflict)));
        let found = store.read_blocking(|reader| reader.document_by(Noun::Token, ("hash", "h1".into())));
        assert_eq!(found.unwrap().unwrap().id, "tok_1");
    });
}

#[test]
fn rows_of_accounts_are_dense_although_a_write_fails_between() {
    everywhere(|place| {
        let store = place.create();
        let make = |id: String, fail: bool| {
            store.write_blocking(move |unit| {
                let place = unit.next_account()?;
                let index = [("account_row", place.row.into()), ("number", Param::Int(place.number as i64))];
                unit.put(Noun::Account, &id, 0, json!({"name": Personal::new(&id, "Ada")}), &index)?;
                if fail { Err(Fault::corrupt("on purpose")) } else { Ok(place) }
            })
        };
        let mut rows = Vec::new();
        for number in 0..6 {
            match make(format!("acc_{number}"), number == 3) {
                Ok(place) => rows.push((place.row, place.number)),
                Err(fault) => assert!(matches!(fault, Fault::Corrupt { .. })),
            }
        }
        assert_eq!(rows, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]);
        let met = store
            .read_blocking(|reader| {
                let mut met = Vec::new();
                reader.each_account(1, &mut |account| {
                    met.push((account.row, account.id));
                    Ok(())
                })?;
                assert_eq!(reader.account_count()?, 5);
                assert_eq!(reader.account_in_row(3)?.map(|account| account.id), Some("acc_4".to_owned()));
                Ok(met)
            })
            .unwrap();
        let sealed = store
            .read_blocking(|reader| {
                let mut names = Vec::new();
                reader.each_account_sealed(3, &mut |account| {
                    names.push((account.row, account.body["name"].clone()));
                    Ok(())
                })?;
                Ok((names, reader.document(Noun::Account, "acc_5")?.unwrap().body["name"].clone()))
            })
            .unwrap();
        let closed = |id: &str| json!({"$subject": id, "$sealed": 0});
        assert_eq!(sealed.0, [(Some(3), closed("acc_4")), (Some(4), closed("acc_5"))]);
        assert_eq!(sealed.1, json!({"$subject": "acc_5", "$value": "Ada"}));
        let expected = [(1, "acc_1"), (2, "acc_2"), (3, "acc_4"), (4, "acc_5")];
        assert_eq!(met, expected.map(|(row, id)| (Some(row), id.to_owned())));
    });
}

#[test]
fn a_sole_key_has_one_holder_and_a_shared_one_several() {
    everywhere(|place| {
        let store = place.create();
        let claim = |kind: &'static str, account: &'static str, sole: bool| {
            let digest = store.secrets().lookup_digest(kind, "DE123");
            store.write_blocking(move |unit| unit.claim_key(kind, &digest, account, sole)).unwrap()
        };
        assert_eq!(claim("tax", "acc_1", true), None);
        assert_eq!(claim("tax", "acc_1", true), None, "claiming twice is claiming");
        assert_eq!(claim("tax", "acc_2", true), Some("acc_1".to_owned()));
        assert_eq!(claim("email", "acc_1", false), None);
        assert_eq!(claim("email", "acc_2", false), None);
        let digest = store.secrets().lookup_digest("email", "DE123");
        let holders = store.read_blocking(move |reader| reader.account_by_key("email", &digest)).unwrap();
        assert_eq!(holders, ["acc_1", "acc_2"]);
        assert_eq!(store.write_blocking(|unit| unit.release_keys("acc_1")).unwrap(), 2);
        assert_eq!(claim("tax", "acc_2", true), None);
    });
}
