use super::word_of;

#[test]
fn one_is_not_said_as_several() {
    let said = |count| word_of(count, "customer taken on", "customers taken on");
    assert_eq!(
        [said(1), said(0), said(2)],
        ["customer taken on", "customers taken on", "customers taken on"]
    );
}
