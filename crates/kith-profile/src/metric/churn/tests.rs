//! The rule against figures that a person worked out, and its laws.

use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

use super::{Churn, Signs, at_rest};

#[test]
fn signs_weigh_as_in_the_reference() {
    let rest = Signs::default().weighed();
    assert!((rest.risk - 0.099_75).abs() < 1e-5 && (at_rest() - rest.risk).abs() < 1e-12);
    // −2.2 + 0.9·1 + 8·0.03 + 15·0.10 + 0.4·2 + 0.5 + 0.5 + 0.02·20 = 2.64.
    let signs = Signs {
        silence: Some(2.0),
        decline: Some(-0.03),
        otif: Some(0.85),
        open_claims: 2,
        competitor: true,
        contract_ends: true,
        engagement: Some(30.0),
    };
    let churn = signs.weighed();
    assert!((churn.risk - 0.933_4).abs() < 1e-4, "{}", churn.risk);
    assert_eq!(churn.band(), 3);
}

#[test]
fn what_counts_counts_only_so_far() {
    let risk = |signs: Signs| signs.weighed().risk;
    let of = Signs::default();
    assert_eq!(risk(Signs { silence: Some(4.0), ..of }), risk(Signs { silence: Some(400.0), ..of }));
    assert_eq!(
        risk(Signs { silence: Some(0.2), ..of }),
        risk(of),
        "who orders sooner than usual is as at rest"
    );
    assert_eq!(risk(Signs { open_claims: 3, ..of }), risk(Signs { open_claims: 30, ..of }));
    assert_eq!(risk(Signs { otif: Some(0.99), ..of }), risk(of));
    assert_eq!(
        risk(Signs { engagement: Some(100.0), ..of }),
        risk(Signs { engagement: Some(5_000.0), ..of })
    );
    assert!(risk(Signs { engagement: Some(90.0), ..of }) < risk(of), "who is engaged stays");
}

#[test]
fn bands_begin_at_their_lower_ends() {
    let band = |risk| Churn { terms: [0.0; 7], risk }.band();
    let bands = [0.0, 0.149, 0.15, 0.349, 0.35, 0.599, 0.60, 1.0].map(band);
    assert_eq!(bands, [0, 0, 1, 1, 2, 2, 3, 3]);
}

proptest! {
    #[test]
    fn drivers_add_up_to_the_risk(
        silence in 0.0..10.0_f64, decline in -0.5..0.5_f64, otif in 0.0..1.0_f64, open_claims in 0_usize..6,
        competitor in any::<bool>(), contract_ends in any::<bool>(), engagement in 0.0..120.0_f64,
    ) {
        let signs = Signs {
            silence: Some(silence), decline: Some(decline), otif: Some(otif), open_claims, competitor, contract_ends,
            engagement: Some(engagement),
        };
        let churn = signs.weighed();
        prop_assert!((0.0..=1.0).contains(&churn.risk));
        let milli = |share: f64| (share * 100_000.0).round() as i32;
        prop_assert_eq!(churn.contributions().iter().sum::<i32>(), milli(churn.risk) - milli(at_rest()));
        let worse = Signs { silence: Some(silence + 1.0), otif: Some(otif - 0.1), ..signs }.weighed();
        prop_assert!(worse.risk >= churn.risk);
    }
}
