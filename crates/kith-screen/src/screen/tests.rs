//! Queries against small lists.

use super::{Query, Screener};
use crate::entry::{Entry, Years};
use crate::index::Memory;
use crate::kind::Kind;
use crate::score::{KEPT, MATCH, STRONG};

fn list() -> Screener {
    let mut putin = Entry { id: "1".to_owned(), kind: Kind::Person, ..Entry::default() };
    putin.add_name("PUTIN, Vladimir Vladimirovich", false);
    putin.add_country("Russia");
    putin.add_birth("07 Oct 1952");
    let mut oil = Entry { id: "2".to_owned(), kind: Kind::Organization, ..Entry::default() };
    oil.add_name("NATIONAL IRANIAN OIL COMPANY", false);
    oil.add_name("NIOC", true);
    oil.add_identifier("LEI 5493000IBP32UQZ0KL24");
    Screener::new(vec![putin, oil])
}

fn best(query: &Query) -> Option<(String, f64)> {
    let list = list();
    let hits = list.find(query, KEPT, &mut Memory::default());
    hits.first().map(|hit| (list.entries()[hit.entry].id.clone(), hit.score))
}

fn named(name: &str) -> Query {
    Query { names: vec![name.to_owned()], kind: Kind::Person, ..Query::default() }
}

#[test]
fn order_script_and_spelling_make_no_difference() {
    for name in ["Vladimir Putin", "Владимир Путин", "Putin Vladmir", "V. V. Putin", "فلاديمير بوتين"]
    {
        let (id, score) = best(&named(name)).unwrap_or_default();
        assert_eq!(id, "1", "{name}");
        assert!(score >= MATCH, "{name}: {score}");
    }
    assert!(best(&named("PUTIN, Vladimir Vladimirovich")).unwrap().1 >= STRONG);
    assert_eq!(best(&named("Igor Putin")), None);
}

#[test]
fn country_and_year_move_the_score() {
    let score = |query: &Query| best(query).map_or(0.0, |(_, score)| score);
    let plain = named("Vladimir Putin");
    let same = Query { countries: vec!["RU".to_owned()], birth: Years::parse("1952"), ..plain.clone() };
    let other = Query { countries: vec!["FR".to_owned()], birth: Years::parse("1990"), ..plain.clone() };
    assert!((score(&same) - (score(&plain) + 0.15).min(1.0)).abs() < 1e-9);
    assert!((score(&other) - (score(&plain) - 0.30)).abs() < 1e-9);
}

#[test]
fn the_same_identifier_settles_it_whatever_the_name() {
    let query = Query {
        names: vec!["Something Else".to_owned()],
        identifiers: vec!["LEI5493000IBP32UQZ0KL24".to_owned()],
        ..Query::default()
    };
    assert_eq!(best(&query), Some(("2".to_owned(), 1.0)));
}

#[test]
fn nothing_and_hostile_names_find_nothing_and_cost_little() {
    let long = "Abdul al-Rahman ".repeat(5_000);
    for name in ["", " ", "-", "...", "\u{0}", "the of and", long.as_str()] {
        let _ = best(&named(name));
    }
}
