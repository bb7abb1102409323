//! Ranking equals sorting everything; pages put together equal the whole.

use std::cmp::Ordering;

use proptest::prelude::*;

use super::{Page, count, passes, run, run_range};
use crate::filter::check;
use crate::fixture::{Cell, Rows, catalogue, filter, rows};
use crate::sort::SortKey;
use crate::table::Table;

fn compare(a: &Cell, b: &Cell, descending: bool) -> Ordering {
    let missing = |cell: &Cell| match cell {
        Cell::None => true,
        Cell::Single(value) => value.is_nan(),
        _ => false,
    };
    let order = match (a, b) {
        _ if missing(a) || missing(b) => return missing(a).cmp(&missing(b)),
        (Cell::Whole(a), Cell::Whole(b)) => a.cmp(b),
        (Cell::Single(a), Cell::Single(b)) => a.partial_cmp(b).unwrap(),
        (Cell::Code(a), Cell::Code(b)) => a.cmp(b),
        (Cell::Text(a), Cell::Text(b)) => a.cmp(b),
        _ => Ordering::Equal,
    };
    if descending { order.reverse() } else { order }
}

/// The rows that pass, sorted in the plainest way.
fn naive(text: &str, sort: &[SortKey], rows: &Rows) -> Vec<u32> {
    let filter = check(text, &catalogue()).unwrap();
    let total = u32::try_from(rows.hidden.len()).unwrap();
    let mut found: Vec<u32> = (0..total).filter(|row| passes(&filter, rows, *row)).collect();
    found.sort_by(|a, b| {
        sort.iter().fold(Ordering::Equal, |order, key| {
            let column = &rows.columns[usize::from(key.field.0)];
            order.then_with(|| compare(&column[*a as usize], &column[*b as usize], key.descending))
        })
    });
    found
}

fn order() -> impl Strategy<Value = String> {
    let field = prop::sample::select(vec![
        "name",
        "tier",
        "active",
        "created_on",
        "changed_at",
        "orders_90d",
        "revenue_365d",
        "on_time_90d",
    ]);
    prop::collection::btree_map(field, any::<bool>(), 0..3).prop_map(|keys| {
        let words = keys.into_iter().map(|(field, down)| format!("{}{field}", if down { "-" } else { "" }));
        words.collect::<Vec<_>>().join(",")
    })
}

fn numbers(page: &Page) -> Vec<u32> {
    page.hits.iter().map(|hit| hit.row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn the_best_are_those_of_a_full_sort(text in filter(), order in order(), rows in rows(), limit in 0..40usize) {
        let sort = SortKey::parse(&order, &catalogue()).unwrap();
        prop_assert_eq!(SortKey::print(&sort, &catalogue()), order);
        let filter = check(&text, &catalogue()).unwrap();
        let expected = naive(&text, &sort, &rows);
        prop_assert_eq!(count(&filter, &rows), expected.len() as u64);
        let page = run(&filter, &sort, limit, None, &rows);
        prop_assert_eq!(numbers(&page), &expected[..limit.min(expected.len())]);
        prop_assert_eq!(page.more, expected.len() > limit);
        let halves = vec![run_range(&filter, &sort, limit, None, &rows, 0..1), run_range(&filter, &sort, limit, None, &rows, 1..9)];
        prop_assert_eq!(Page::merge(halves, &sort, limit), page);
    }

    #[test]
    fn pages_put_together_are_the_whole(text in filter(), order in order(), rows in rows(), limit in 1..60usize) {
        let sort = SortKey::parse(&order, &catalogue()).unwrap();
        let filter = check(&text, &catalogue()).unwrap();
        let whole = run(&filter, &sort, usize::MAX, None, &rows);
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let page = run(&filter, &sort, limit, after.as_ref(), &rows);
            // The cursor survives the wire.
            after = page.hits.last().map(|hit| serde_json::from_str(&serde_json::to_string(&hit.cursor()).unwrap()).unwrap());
            found.extend(page.hits);
            if !page.more {
                break;
            }
        }
        prop_assert_eq!(found, whole.hits);
    }
}

#[test]
fn a_descending_scan_over_ascending_values_keeps_the_last() {
    let none = |_: usize| vec![Cell::None; 5_000];
    let mut columns: Vec<Vec<Cell>> = (0..12).map(none).collect();
    columns[3] = (0..5_000).map(Cell::Whole).collect();
    let rows = Rows::new(columns, vec![false; 5_000]);
    let sort = SortKey::parse("-created_on", &catalogue()).unwrap();
    let page = run(&check("", &catalogue()).unwrap(), &sort, 3, None, &rows);
    assert_eq!(numbers(&page), [4_999, 4_998, 4_997]);
    assert!(page.more);
    assert_eq!(rows.chunks(), 5);
}

#[test]
fn orders_are_refused_with_their_place() {
    let errors = SortKey::parse("-tier,nam,tags,tier", &catalogue()).unwrap_err();
    let found: Vec<_> = errors.iter().map(|error| (error.code, error.at)).collect();
    assert_eq!(found, [("unknown_field", 6), ("no_order", 10), ("repeated_field", 15)]);
    assert_eq!(errors[0].hint.as_deref(), Some("did you mean name?"));
}
