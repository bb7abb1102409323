//! Proofs: leaves by place, signed heads as they were given out, reading backwards.

use jiff::Timestamp;
use kith_ledger::tree;
use kith_store::Fault;
use serde_json::json;

use crate::place::{everywhere, record};

#[test]
fn leaves_are_those_of_the_tree_and_none_may_be_missing() {
    everywhere(|place| {
        let store = place.create();
        let appended = store.write_blocking(|unit| {
            for version in 1..=9 {
                unit.append(record("a", version, json!({"n": version})))?;
            }
            unit.flush()
        });
        let hashes: Vec<_> = appended.unwrap().into_iter().map(|one| one.hash).collect();
        let (all, some, beyond, (size, root)) = store
            .read_blocking(|reader| {
                let beyond = reader.leaves(8, 10).err();
                Ok((reader.leaves(0, 9)?, reader.leaves(2, 5)?, beyond, reader.tree_head()?))
            })
            .unwrap();
        assert_eq!((size, root), (9, tree::root(&hashes)));
        assert_eq!(all, hashes);
        assert_eq!(some, &hashes[2..5]);
        assert!(matches!(beyond, Some(Fault::Corrupt { .. })), "{beyond:?}");
    });
}

#[test]
fn a_signed_head_is_kept_once_and_found_by_what_it_covers() {
    everywhere(|place| {
        let store = place.create();
        let at = Timestamp::from_second(1_750_000_000).unwrap();
        store
            .write_blocking(move |unit| {
                unit.keep_tree_head(4, at, "four")?;
                unit.keep_tree_head(9, at, "nine")?;
                unit.keep_tree_head(9, at, "nine again")
            })
            .unwrap();
        let found = store
            .read_blocking(|reader| {
                let note = |head: Option<kith_store::TreeHead>| head.map(|head| head.note);
                let all: Vec<u64> =
                    reader.tree_heads(u64::MAX >> 1, 10)?.iter().map(|head| head.size).collect();
                assert_eq!(all, [9, 4]);
                Ok([
                    note(reader.tree_head_over(3)?),
                    note(reader.tree_head_over(5)?),
                    note(reader.tree_head_over(10)?),
                    note(reader.tree_head_before(8)?),
                    note(reader.tree_head_before(3)?),
                ])
            })
            .unwrap();
        let expected = [Some("four"), Some("nine"), None, Some("four"), None];
        assert_eq!(found, expected.map(|note| note.map(str::to_owned)));
    });
}

#[test]
fn the_ledger_is_read_backwards_too() {
    everywhere(|place| {
        let store = place.create();
        store
            .write_blocking(|unit| {
                (1..=5).try_for_each(|version| unit.append(record("a", version, json!({}))))
            })
            .unwrap();
        let back = store.read_blocking(|reader| {
            let raw = reader.raw_records_before(5, 2)?;
            assert_eq!(reader.record(3)?.map(|record| record.header.position), Some(3));
            assert!(reader.record(6)?.is_none() && reader.record(0)?.is_none());
            reader.all_opened(&raw)
        });
        assert_eq!(back.unwrap().iter().map(|record| record.header.position).collect::<Vec<_>>(), [4, 3]);
    });
}
