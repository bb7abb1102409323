use super::Chances;
use crate::comparison::plan;
use crate::comparison::tests::table;
use crate::kind::Kind;

#[test]
fn expected_chances_sum_to_one_and_equality_speaks_for_one_party() {
    let kinds = [
        Kind::Name,
        Kind::Surname,
        Kind::Date,
        Kind::HardKey,
        Kind::Phone,
        Kind::Email,
        Kind::Street,
        Kind::Postal,
        Kind::City,
        Kind::Country,
        Kind::Number,
        Kind::Text,
    ];
    for kind in kinds {
        let table = table(&[("it", kind)], &[&["a@b.example"], &["12345678"]]);
        for comparison in plan(&table) {
            let chances = Chances::expected(&comparison);
            for levels in [&chances.same, &chances.other] {
                assert_eq!(levels.len(), usize::from(comparison.measure.top()) + 1, "{kind}");
                assert!((levels.iter().sum::<f64>() - 1.0).abs() < 1e-6, "{kind}: {levels:?}");
            }
            assert!(chances.weight(comparison.measure.top()) > 0.0, "{kind}");
            assert!(chances.weight(1) < 0.0, "{kind}");
        }
    }
}
