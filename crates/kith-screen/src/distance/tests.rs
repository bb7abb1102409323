//! Distances of words.

use proptest::prelude::{ProptestConfig, any, proptest};

use super::{limit, skeleton, within};

fn distance(left: &str, right: &str) -> Option<f32> {
    within(left.as_bytes(), right.as_bytes(), 2.5)
}

#[test]
fn spellings_of_one_name_are_near_and_others_far() {
    assert_eq!(distance("osama", "usama"), Some(0.5));
    assert_eq!(distance("putin", "pulin"), Some(1.0));
    assert_eq!(distance("hassan", "hasan"), Some(0.25));
    assert_eq!(distance("angela", "anglea"), Some(0.9));
    assert_eq!(distance("andrei", "alexei"), None);
}

#[test]
fn few_consonants_may_change_little() {
    assert!(limit(7, 2) < limit(7, 4) || limit(7, 2) < limit(10, 4));
    assert!(limit(1, 1) < f32::EPSILON);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn distance_is_symmetric_and_zero_for_the_same(left in "[a-z]{0,12}", right in "[a-z]{0,12}") {
        proptest::prop_assert_eq!(distance(&left, &right), distance(&right, &left));
        proptest::prop_assert_eq!(distance(&left, &left), Some(0.0));
    }

    #[test]
    fn no_bytes_make_it_fail(left in any::<Vec<u8>>(), right in any::<Vec<u8>>()) {
        let _ = within(&left, &right, 2.5);
        let _ = skeleton(&left);
    }
}
