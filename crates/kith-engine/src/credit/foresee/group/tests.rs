//! Which places are the limit of a group.

use super::is_of_group;

#[test]
fn the_limit_of_the_group_is_one_place_of_the_record() {
    assert!(is_of_group("/group_credit_limit") && is_of_group("/group_credit_limit/amount"));
    assert!(!is_of_group("/credit_limit") && !is_of_group("/group_credit_limits"));
}
