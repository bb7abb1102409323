use super::left;

#[test]
fn who_owes_is_due_before_the_rule_holds_them() {
    assert_eq!([left(10.0, None), left(45.0, None), left(46.0, None), left(90.0, None)], [36, 1, 0, 0]);
    assert_eq!([left(45.0, Some('A')), left(16.0, Some('D')), left(10.0, Some('E'))], [16, 0, 6]);
}
