use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

use super::{edits_within, jaro_winkler, token_set};

fn close(left: f64, right: f64) -> bool {
    (left - right).abs() < 5e-4
}

#[test]
fn published_examples_of_jaro_winkler_hold() {
    assert!(close(jaro_winkler("martha", "marhta"), 0.961));
    assert!(close(jaro_winkler("dwayne", "duane"), 0.840));
    assert!(close(jaro_winkler("dixon", "dicksonx"), 0.813));
    assert!(close(jaro_winkler("abc", "xyz"), 0.0));
    assert!(close(jaro_winkler("", ""), 1.0));
}

#[test]
fn a_common_beginning_adds_nothing_below_the_bound() {
    // Jaro of the two is 0.556: two of six letters in common.
    let plain = jaro_winkler("abxxxx", "abyyyy");
    assert!(close(plain, (2.0 / 6.0 + 2.0 / 6.0 + 1.0) / 3.0));
}

#[test]
fn edits_count_a_swap_once_and_stop_at_the_bound() {
    assert_eq!(edits_within("abcd", "abdc", 2), Some(1));
    assert_eq!(edits_within("kitten", "sitting", 3), Some(3));
    assert_eq!(edits_within("kitten", "sitting", 2), None);
    assert_eq!(edits_within("müller", "muller", 1), Some(1));
}

#[test]
fn token_sets_ignore_order_and_repetition() {
    assert!(close(token_set("acme foods", "foods acme acme"), 1.0));
    assert!(close(token_set("acme foods", "acme foods poland"), 0.8));
    assert!(close(token_set("", ""), 0.0));
}

/// The textbook's table without trimming or bounds.
fn slow(left: &[char], right: &[char]) -> usize {
    let mut rows = vec![vec![0; right.len() + 1]; left.len() + 1];
    for at in 0..=left.len() {
        for place in 0..=right.len() {
            if at == 0 || place == 0 {
                rows[at][place] = at + place;
                continue;
            }
            let other = usize::from(left[at - 1] != right[place - 1]);
            let mut cost = (rows[at - 1][place] + 1).min(rows[at][place - 1] + 1);
            cost = cost.min(rows[at - 1][place - 1] + other);
            if at > 1 && place > 1 && left[at - 1] == right[place - 2] && left[at - 2] == right[place - 1] {
                cost = cost.min(rows[at - 2][place - 2] + 1);
            }
            rows[at][place] = cost;
        }
    }
    rows[left.len()][right.len()]
}

proptest! {
    #[test]
    fn edits_agree_with_the_textbook(left in "[abcé]{0,9}", right in "[abcé]{0,9}", max in 1_usize..4) {
        let (letters, others): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
        let expected = slow(&letters, &others);
        prop_assert_eq!(edits_within(&left, &right, max), (expected <= max).then_some(expected));
    }

    #[test]
    fn likeness_is_symmetric_and_between_nought_and_one(left in ".{0,200}", right in ".{0,200}") {
        let likeness = jaro_winkler(&left, &right);
        prop_assert!((0.0..=1.0).contains(&likeness));
        prop_assert!(jaro_winkler(&left, &left) > 0.999_999);
        prop_assert!((token_set(&left, &right) - token_set(&right, &left)).abs() < 1e-9);
    }
}
