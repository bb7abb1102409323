//! Scale and labels of a chart.

use super::{APART, Line, label_places, scale};

#[test]
fn the_scale_ends_in_a_round_number_above_all_values() {
    assert_eq!([0.0, 3.2, 950.0, 1_000.0, 43_000.0].map(scale), [1.0, 4.0, 1_000.0, 1_000.0, 50_000.0]);
}

#[test]
fn names_of_lines_that_end_together_stand_apart() {
    let line = |values| Line { name: "kept", class: "l1", values, last: String::new() };
    let (one, other) = ([10.0], [10.1]);
    let places = label_places(&[line(&one), line(&other)], &|value| 100.0 - value);
    assert!((places[0] - places[1]).abs() >= APART && places[1] < places[0], "{places:?}");
}
