use std::collections::BTreeMap;

use super::part::Cut;
use super::{Blocks, Part, Rule};
use crate::comparison::tests::table;
use crate::kind::Kind;
use crate::table::Table;
use crate::workers::Alone;

fn people() -> Table {
    let rows: [&[&str]; 5] =
        [&["Ann", "Lee"], &["Ann", "Li"], &["Bob", "Lee"], &["", "Lee"], &["Cid", "Roe"]];
    table(&[("given", Kind::GivenName), ("surname", Kind::Surname)], &rows)
}

fn whole(column: usize) -> Part {
    Part { column, cut: Cut::Whole, agreement: 0.8 }
}

fn visited(table: &Table, blocks: &Blocks) -> BTreeMap<(usize, usize), usize> {
    let mut seen = BTreeMap::new();
    for unit in blocks.units() {
        blocks.visit(table, unit, |left, right| *seen.entry((left, right)).or_default() += 1);
    }
    seen
}

#[test]
fn a_pair_that_meets_under_several_rules_is_visited_once() {
    let table = people();
    let rules =
        vec![Rule::new(vec![whole(1)]), Rule::new(vec![whole(0)]), Rule::new(vec![whole(0), whole(1)])];
    let seen = visited(&table, &Blocks::by(&table, rules, &Alone));
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [((0, 1), 1), ((0, 2), 1), ((0, 3), 1), ((2, 3), 1)]);
}

#[test]
fn what_is_missing_is_in_no_block() {
    let table = people();
    let seen = visited(&table, &Blocks::by(&table, vec![Rule::new(vec![whole(0)])], &Alone));
    assert_eq!(seen.into_keys().collect::<Vec<_>>(), [(0, 1)]);
}

#[test]
fn in_a_small_table_all_pairs_meet() {
    let table = people();
    let blocks = Blocks::of(&table, &Alone);
    assert_eq!(visited(&table, &blocks).len(), 10);
    assert!(blocks.rules()[0].is_all());
}

#[test]
fn across_two_files_only_pairs_of_both_meet() {
    let people = people();
    let table = Table::new(people.columns().to_vec(), Some(2));
    let seen = visited(&table, &Blocks::of(&table, &Alone));
    assert_eq!(seen.len(), 6);
    assert!(seen.keys().all(|(left, right)| *left < 2 && *right >= 2));
}

#[test]
fn a_block_that_is_too_large_is_left_out_and_told() {
    let rows: Vec<&[&str]> = (0..2_500).map(|_| ["Ann"].as_slice()).collect();
    let table = table(&[("given", Kind::GivenName)], &rows);
    let blocks = Blocks::by(&table, vec![Rule::new(vec![whole(0)])], &Alone);
    assert_eq!(blocks.dropped(), 1);
    assert!(visited(&table, &blocks).is_empty());
}
