//! Tests of corrections: what is dead, and that order does not matter.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{CorrectionRef, Corrections, Kill, Place};

fn correction(seq: u32, id: &str, target: &str, at_ms: i64, retracts: bool) -> CorrectionRef {
    let place = Place { row: 0, seq };
    CorrectionRef { source: "/erp".into(), id: id.into(), target: target.into(), at_ms, retracts, place }
}

fn alive<'a>(all: &[CorrectionRef], ids: &[&'a str]) -> Vec<&'a str> {
    let corrections: Corrections = all.iter().cloned().collect();
    ids.iter().copied().filter(|id| !corrections.is_dead("/erp", id)).collect()
}

const IDS: &[&str] = &["a", "b", "c", "d", "e"];

#[test]
fn a_named_touchpoint_is_dead_in_its_own_source_only() {
    let corrections: Corrections = [correction(1, "b", "a", 1, false)].into_iter().collect();
    assert!(corrections.is_dead("/erp", "a"));
    assert!(!corrections.is_dead("/crm", "a"));
    assert!(!corrections.is_dead("/erp", "b"));
}

#[test]
fn of_rivals_the_latest_counts_and_a_retraction_beats_all() {
    let rivals = [correction(1, "b", "a", 5, false), correction(2, "c", "a", 4, false)];
    assert_eq!(alive(&rivals, IDS), ["b", "d", "e"]);
    let tie = [correction(1, "b", "a", 5, false), correction(2, "c", "a", 5, false)];
    assert_eq!(alive(&tie, IDS), ["c", "d", "e"]);
    let withdrawn = [correction(1, "b", "a", 5, false), correction(2, "c", "a", 1, true)];
    assert_eq!(alive(&withdrawn, IDS), ["d", "e"]);
}

#[test]
fn chains_follow_to_their_end() {
    let chain = [correction(1, "b", "a", 1, false), correction(2, "c", "b", 2, false)];
    assert_eq!(alive(&chain, IDS), ["c", "d", "e"]);
    // What corrects a loser is dead with it; what corrects the winner counts.
    let tree = [
        correction(1, "b", "a", 1, false),
        correction(2, "c", "a", 9, false),
        correction(3, "d", "b", 20, false),
        correction(4, "e", "c", 3, false),
    ];
    assert_eq!(alive(&tree, IDS), ["e"]);
}

#[test]
fn cycles_are_dead() {
    let cycle = [correction(1, "a", "b", 1, false), correction(2, "b", "a", 2, false)];
    assert_eq!(alive(&cycle, IDS), ["c", "d", "e"]);
    assert_eq!(alive(&[correction(1, "a", "a", 1, false)], IDS), ["b", "c", "d", "e"]);
}

#[test]
fn a_retraction_that_is_corrected_counts_by_its_correction() {
    let all = [correction(1, "b", "a", 1, true), correction(2, "c", "b", 2, false)];
    assert_eq!(alive(&all, IDS), ["c", "d", "e"]);
}

#[test]
fn corrections_survive_serialisation() {
    let all: Corrections =
        [correction(1, "b", "a", 1, false), correction(2, "c", "a", 2, true)].into_iter().collect();
    let text = serde_json::to_string(&all).expect("serialised");
    let again: Corrections = serde_json::from_str(&text).expect("read again");
    assert_eq!(again.len(), 2);
    assert!(IDS.iter().all(|id| all.is_dead("/erp", id) == again.is_dead("/erp", id)));
}

fn any_corrections() -> impl Strategy<Value = Vec<CorrectionRef>> {
    let one = (0..7_u8, 0..7_u8, 0..3_i64, prop::bool::weighted(0.2));
    prop::collection::vec(one, 0..9).prop_map(|rows| {
        let mut used = BTreeSet::new();
        let rows = rows.into_iter().enumerate().filter(|(_, row)| used.insert(row.0));
        let made = rows.map(|(place, (id, target, at, retracts))| {
            correction(place as u32, &format!("t{id}"), &format!("t{target}"), at, retracts)
        });
        made.collect()
    })
}

proptest! {
    #[test]
    fn the_living_are_a_function_of_the_set(all in any_corrections(), swaps in prop::collection::vec((0..9_usize, 0..9_usize), 0..12)) {
        let mut shuffled = all.clone();
        for (one, other) in swaps {
            if one < shuffled.len() && other < shuffled.len() {
                shuffled.swap(one, other);
            }
        }
        let ids: Vec<String> = (0..7).map(|id| format!("t{id}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        prop_assert_eq!(alive(&all, &ids), alive(&shuffled, &ids));
        // Of each tree of corrections at most one touchpoint counts.
        prop_assert!(alive(&all, &ids).len() <= 7 - all.iter().map(|one| &one.target).collect::<BTreeSet<_>>().len());
    }

    #[test]
    fn the_kills_lead_to_the_same_living(all in any_corrections()) {
        // Originals t0..t6 that are no corrections have come before.
        let mut corrections = Corrections::default();
        let corrects = |id: &str| all.iter().any(|one| one.id == id);
        let mut living: BTreeSet<String> =
            (0..7).map(|id| format!("t{id}")).filter(|id| !corrects(id)).collect();
        for one in &all {
            for kill in corrections.register(one.clone()) {
                let id = match kill {
                    Kill::Target { id, .. } => id,
                    Kill::Place(place) => {
                        all.iter().find(|known| known.place == place).expect("known").id.clone()
                    }
                };
                living.remove(&id);
            }
            if !corrections.is_dead("/erp", &one.id) {
                living.insert(one.id.clone());
            }
        }
        let wanted: BTreeSet<String> =
            (0..7).map(|id| format!("t{id}")).filter(|id| !corrections.is_dead("/erp", id)).collect();
        prop_assert_eq!(living, wanted);
    }
}
