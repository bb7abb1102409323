//! Where classes begin, and how overrides move.

use proptest::prelude::{any, prop_assert, proptest};

use super::RiskClass;

#[test]
fn thresholds_belong_to_the_better_class() {
    for (score, class) in [
        (100.0, "A"),
        (80.0, "A"),
        (79.99, "B"),
        (65.0, "B"),
        (50.0, "C"),
        (49.9, "D"),
        (35.0, "D"),
        (20.0, "E"),
        (19.99, "F"),
        (0.0, "F"),
        (f64::NAN, "F"),
    ] {
        assert_eq!(RiskClass::of_score(score).as_str(), class, "{score}");
    }
}

#[test]
fn an_override_moves_by_notches_and_stops_at_the_ends() {
    assert_eq!(RiskClass::B.moved(1), RiskClass::C);
    assert_eq!(RiskClass::B.moved(-1), RiskClass::A);
    assert_eq!(RiskClass::A.moved(-1), RiskClass::A);
    assert_eq!(RiskClass::F.moved(i8::MAX), RiskClass::F);
    assert_eq!(RiskClass::D.notches_below(RiskClass::B), 2);
    assert_eq!("C".parse(), Ok(RiskClass::C));
    assert!("c".parse::<RiskClass>().is_err());
}

proptest! {
    #[test]
    fn a_better_score_is_never_a_worse_class(one in any::<f64>(), other in any::<f64>()) {
        if one >= other {
            prop_assert!(RiskClass::of_score(one) <= RiskClass::of_score(other));
        }
    }
}
