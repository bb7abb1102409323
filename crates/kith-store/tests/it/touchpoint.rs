//! The touchpoint log: positions without gaps, duplicates found, timelines.

use kith_store::touchpoint::{Key, bound_to};
use kith_store::{Fault, Hit, Store, StoredTouchpoint};
use serde_json::json;

use crate::place::{self, everywhere, touchpoint};

fn append(store: &Store, batch: Vec<StoredTouchpoint>) -> Result<Vec<u64>, Fault> {
    store.write_blocking(move |unit| place::append(unit, &batch))
}

fn seen(store: &Store, ids: &'static [&'static str]) -> Vec<Option<Hit>> {
    let keys: Vec<_> = ids
        .iter()
        .map(|id| Key { source: "erp", id, dedupe: store.secrets().dedupe_hash("erp", id) })
        .collect();
    store.read_blocking(move |reader| reader.seen(&keys)).unwrap()
}

#[test]
fn touchpoints_are_appended_in_order_found_again_and_read_back() {
    everywhere(|place| {
        let store = place.create();
        let mut first = touchpoint(&store, 0, "o-1");
        let mut clear = json!({"order_no": "o-1", "note": {"$subject": "acc_1", "$value": "call Ada"}});
        first.sealed = store.vault().split_and_seal(&bound_to("erp", "o-1"), &mut clear).unwrap();
        first.clear = clear.to_string();
        first.target = Some("o-0".to_owned());
        let batch = vec![first.clone(), touchpoint(&store, 1, "o-2")];
        assert_eq!(append(&store, batch).unwrap(), [1, 2]);
        assert_eq!(append(&store, vec![touchpoint(&store, 0, "o-3")]).unwrap(), [3]);
        assert_eq!(store.heads().borrow().touchpoint, 3);

        let check = |store: &Store| {
            let found = seen(store, &["o-3", "o-9", "o-1"]);
            assert_eq!(
                found.iter().map(|hit| hit.map(|hit| hit.position)).collect::<Vec<_>>(),
                [Some(3), None, Some(1)]
            );
            assert_eq!(found[2].map(|hit| hit.digest), Some(first.digest));
        };
        check(&store);
        drop(store);
        let store = place.open();
        check(&store);
        let stored = store.read_blocking(|reader| reader.touchpoint(1)).unwrap().unwrap();
        assert_eq!((stored.position, &stored.stored), (1, &first));
        let mut clear = serde_json::from_str(&stored.stored.clear).unwrap();
        store.vault().open_and_join(&bound_to("erp", "o-1"), &mut clear, &stored.stored.sealed).unwrap();
        assert_eq!(clear["note"]["$value"], "call Ada");
    });
}

#[test]
fn a_batch_that_repeats_a_key_and_a_write_that_fails_leave_nothing() {
    everywhere(|place| {
        let store = place.create();
        let twice = vec![touchpoint(&store, 0, "o-1"), touchpoint(&store, 0, "o-1")];
        assert!(matches!(append(&store, twice), Err(Fault::Conflict)));
        let one = vec![touchpoint(&store, 0, "o-1")];
        let fault = store.write_blocking(move |unit| {
            place::append(unit, &one)?;
            Err::<(), _>(Fault::corrupt("on purpose"))
        });
        assert!(matches!(fault, Err(Fault::Corrupt { .. })));
        assert_eq!(seen(&store, &["o-1"]), [None]);
        assert_eq!(append(&store, vec![touchpoint(&store, 0, "o-1")]).unwrap(), [1]);
    });
}

#[test]
fn a_job_sees_what_its_neighbours_and_itself_appended() {
    everywhere(|place| {
        let store = place.create();
        let new = touchpoint(&store, 0, "o-1");
        let before_and_after = store
            .write_blocking(move |unit| {
                let key = Key { source: "erp", id: "o-1", dedupe: new.dedupe };
                let before = unit.seen(&[key])?;
                place::append(unit, std::slice::from_ref(&new))?;
                Ok((before[0].is_some(), unit.seen(&[key])?[0].is_some()))
            })
            .unwrap();
        assert_eq!(before_and_after, (false, true));
    });
}

#[test]
fn a_hash_that_two_keys_share_is_told_apart_by_the_stored_row() {
    everywhere(|place| {
        let store = place.create();
        let mut other = touchpoint(&store, 0, "o-2");
        let first = touchpoint(&store, 0, "o-1");
        other.dedupe = first.dedupe;
        append(&store, vec![first.clone(), other]).unwrap();
        let hits = store
            .read_blocking(move |reader| {
                let key = |id| Key { source: "erp", id, dedupe: first.dedupe };
                reader.seen(&[key("o-1"), key("o-2"), key("o-3")])
            })
            .unwrap();
        assert_eq!(
            hits.iter().map(|hit| hit.map(|hit| hit.position)).collect::<Vec<_>>(),
            [Some(1), Some(2), None]
        );
    });
}

#[test]
fn a_timeline_goes_back_from_the_newest_and_replay_goes_forward() {
    everywhere(|place| {
        let store = place.create();
        let batch: Vec<_> = (0..20).map(|n| touchpoint(&store, n % 3, &format!("o-{n}"))).collect();
        append(&store, batch).unwrap();
        let (page, rest, last) = store
            .read_blocking(|reader| {
                let page = reader.timeline(1, u64::MAX, 3)?;
                let rest = reader.timeline(1, page[2].position, 10)?;
                let mut rows = Vec::new();
                let last = reader.replay(15, 3, &mut |view| {
                    rows.push((view.position, view.account_row, view.id.to_owned()));
                    Ok(())
                })?;
                assert_eq!(rows[0], (16, 0, "o-15".to_owned()));
                assert_eq!(reader.touchpoints_after(18, 10)?.len(), 2);
                let at: Vec<_> = reader.touchpoints_at(&[7, 99, 3])?.iter().map(|t| t.position).collect();
                assert_eq!(at, [7, 3]);
                Ok((page, rest, last))
            })
            .unwrap();
        let positions = |page: &[kith_store::Touchpoint]| page.iter().map(|t| t.position).collect::<Vec<_>>();
        assert_eq!(positions(&page), [20, 17, 14]);
        assert_eq!(positions(&rest), [11, 8, 5, 2]);
        assert_eq!(last, 18);
    });
}
