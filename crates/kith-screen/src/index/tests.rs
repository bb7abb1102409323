//! The index finds all that comparing everything finds.

use std::io::Cursor;

use crate::index::Memory;
use crate::kind::Kind;
use crate::list::List;
use crate::score::KEPT;
use crate::screen::{Query, Screener};

fn part_of_ofac() -> Screener {
    let mut list = List::default();
    let files: [&[u8]; 3] = [
        include_bytes!("../../tests-data/sdn.csv"),
        include_bytes!("../../tests-data/alt.csv"),
        include_bytes!("../../tests-data/add.csv"),
    ];
    for file in files {
        list.add(&mut Cursor::new(file)).unwrap();
    }
    Screener::new(list.finish().unwrap())
}

#[test]
fn the_index_loses_nothing() {
    let screener = part_of_ofac();
    let mut rows = csv::Reader::from_reader(&include_bytes!("../../tests-data/aliases.csv")[..]);
    let mut memory = Memory::default();
    let (mut kept, mut lost) = (0, Vec::new());
    for row in rows.records().map(Result::unwrap).step_by(12) {
        // A letter less than the list has, so that not only the same is looked for.
        let mut name = row[1].to_owned();
        name.pop();
        let query = Query { names: vec![name.clone()], kind: Kind::parse(&row[2]), ..Query::default() };
        let found = screener.find(&query, KEPT, &mut memory);
        for hit in screener.find_by_all(&query, KEPT) {
            kept += 1;
            if !found.contains(&hit) {
                lost.push((name.clone(), screener.entries()[hit.entry].caption().to_owned(), hit.score));
            }
        }
    }
    assert!(kept > 25, "{kept}");
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn nearly_every_alias_of_the_list_finds_its_entry() {
    let screener = part_of_ofac();
    let mut rows = csv::Reader::from_reader(&include_bytes!("../../tests-data/aliases.csv")[..]);
    let mut memory = Memory::default();
    let (mut all, mut found) = (0, 0);
    for row in rows.records().map(Result::unwrap) {
        let query = Query { names: vec![row[1].to_owned()], kind: Kind::parse(&row[2]), ..Query::default() };
        let hits = screener.find(&query, 0.95, &mut memory);
        all += 1;
        found += usize::from(hits.iter().any(|hit| screener.entries()[hit.entry].id == row[3]));
    }
    assert_eq!(all, found);
}
