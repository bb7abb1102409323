//! The score: the card's steps, the blend, and that the parts add up.

use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};

use super::{Assessment, Behaviour, Bureau, BureauScale, Evidence, Financials, Zone, assess};
use crate::class::RiskClass;

fn good() -> Behaviour {
    Behaviour {
        days_beyond_terms: Some(2.0),
        on_time_amount: Some(0.97),
        utilisation_p90: Some(0.5),
        overdue_60_share: Some(0.0),
        broken_or_returned: Some(0),
        tenure_months: Some(40),
        is_declining: Some(false),
    }
}

fn books(working_capital: i64) -> Financials {
    Financials {
        working_capital_minor: working_capital,
        retained_earnings_minor: 20_000,
        ebit_minor: 10_000,
        equity_minor: 40_000,
        total_assets_minor: 100_000,
        total_liabilities_minor: 60_000,
        age_days: 100,
    }
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.005
}

#[test]
fn each_line_of_the_card_gives_the_points_of_its_step() {
    let points = |behaviour: Behaviour, line: usize| behaviour.items()[line].points;
    let none = Behaviour::default();
    for (days, wanted) in [(-4.0, 25), (3.0, 25), (3.1, 18), (10.0, 18), (20.0, 10), (40.0, 4), (40.5, 0)] {
        assert_eq!(points(Behaviour { days_beyond_terms: Some(days), ..none }, 0), Some(wanted), "{days}");
    }
    for (share, wanted) in [(1.0, 20), (0.95, 20), (0.949, 14), (0.85, 14), (0.7, 8), (0.69, 0)] {
        assert_eq!(points(Behaviour { on_time_amount: Some(share), ..none }, 1), Some(wanted), "{share}");
    }
    for (share, wanted) in [(0.6, 15), (0.85, 10), (1.0, 5), (1.01, 0)] {
        assert_eq!(points(Behaviour { utilisation_p90: Some(share), ..none }, 2), Some(wanted), "{share}");
    }
    for (share, wanted) in [(0.0, 15), (0.05, 8), (0.051, 0)] {
        assert_eq!(points(Behaviour { overdue_60_share: Some(share), ..none }, 3), Some(wanted), "{share}");
    }
    for (count, wanted) in [(0, 10), (1, 4), (2, 0), (9, 0)] {
        assert_eq!(points(Behaviour { broken_or_returned: Some(count), ..none }, 4), Some(wanted), "{count}");
    }
    for (months, wanted) in [(0, 2), (11, 2), (12, 6), (35, 6), (36, 10)] {
        assert_eq!(points(Behaviour { tenure_months: Some(months), ..none }, 5), Some(wanted), "{months}");
    }
    assert_eq!(points(Behaviour { is_declining: Some(true), ..none }, 6), Some(0));
    assert_eq!(good().items().iter().map(|item| item.most).sum::<u32>(), 100);
    assert_eq!(good().items().iter().filter_map(|item| item.points).sum::<u32>(), 100);
}

#[test]
fn own_behaviour_counts_more_with_every_paid_month() {
    let with = |paid_months| {
        let bureau = Bureau::new(BureauScale::Percentile, 30.0, 10).ok();
        assess(&Evidence { behaviour: good(), paid_months, bureau, ..Evidence::default() })
    };
    assert!(near(with(12).score(), 0.5 * 100.0 + 0.5 * 30.0), "{}", with(12).score());
    assert!(near(with(36).score(), 0.75 * 100.0 + 0.25 * 30.0));
    assert_eq!(with(36).class, RiskClass::A);
}

#[test]
fn nothing_known_is_forty_and_others_alone_give_seventy_at_most() {
    let nothing = assess(&Evidence::default());
    assert_eq!((nothing.score_milli, nothing.class), (40_000, RiskClass::D));
    let bureau = Bureau::new(BureauScale::Paydex, 100.0, 0).ok();
    let praised = assess(&Evidence { bureau, ..Evidence::default() });
    assert_eq!((praised.score_milli, praised.class), (70_000, RiskClass::B));
    let known = assess(&Evidence { bureau, behaviour: good(), paid_months: 1, ..Evidence::default() });
    assert!(near(known.score(), 100.0), "one month of its own lifts the cap");
}

#[test]
fn bureau_and_books_share_the_rest_by_weight_and_age() {
    let books = books(40_000);
    let s_fin = books.score().unwrap();
    let scored = |age| {
        let bureau = Bureau::new(BureauScale::FailureClass, 4.0, age).ok();
        assess(&Evidence { bureau, financials: Some(books), ..Evidence::default() }).external.unwrap()
    };
    assert!(near(scored(180), 0.7 * 36.0 + 0.3 * s_fin));
    assert!(near(scored(181), (0.35 * 36.0 + 0.3 * s_fin) / 0.65), "weight halves");
    assert!(near(scored(366), s_fin), "too old to count");
}

#[test]
fn each_scale_of_a_bureau_comes_to_the_same_hundred() {
    let classes = [1.0, 2.0, 3.0, 4.0, 5.0].map(|class| BureauScale::FailureClass.score(class).unwrap());
    assert_eq!(classes, [90.0, 72.0, 54.0, 36.0, 15.0]);
    assert_eq!(BureauScale::DefaultProbability.score(0.05), Ok(75.0));
    assert_eq!(BureauScale::DefaultProbability.score(0.5), Ok(0.0));
    assert!(BureauScale::FailureClass.score(2.5).is_err());
    assert!(BureauScale::Paydex.score(0.0).is_err());
    assert!(BureauScale::Percentile.score(f64::NAN).is_err());
}

#[test]
fn altman_tells_the_zone_and_old_or_empty_books_tell_nothing() {
    let books = books(30_000);
    let z = 6.56 * 0.3 + 3.26 * 0.2 + 6.72 * 0.1 + 1.05 * 40.0 / 60.0;
    assert!(near(books.z().unwrap(), z), "{:?}", books.z());
    assert_eq!(books.zone(), Some(Zone::Safe));
    assert!(near(books.z_emerging().unwrap(), z + 3.25));
    assert_eq!(self::books(-20_000).zone(), Some(Zone::Distress));
    assert_eq!(Financials { age_days: 549, ..books }.z(), None);
    assert_eq!(Financials { total_liabilities_minor: 0, ..books }.z(), None);
}

#[test]
fn whoever_is_barred_is_class_f_at_any_score() {
    let barred = Evidence { behaviour: good(), paid_months: 60, is_barred: true, ..Evidence::default() };
    assert_eq!(assess(&barred).class, RiskClass::F);
}

fn behaviours() -> impl Strategy<Value = Behaviour> {
    let days = proptest::option::of(-30.0..200.0_f64);
    let share = || proptest::option::of(0.0..1.5_f64);
    let count = proptest::option::of(0..4_u32);
    let months = proptest::option::of(0..60_u32);
    (days, share(), share(), share(), count, months, any::<Option<bool>>()).prop_map(
        |(days, on_time, used, overdue, count, months, declining)| Behaviour {
            days_beyond_terms: days,
            on_time_amount: on_time,
            utilisation_p90: used,
            overdue_60_share: overdue,
            broken_or_returned: count,
            tenure_months: months,
            is_declining: declining,
        },
    )
}

fn scored(behaviour: Behaviour, paid_months: u32, percentile: Option<f64>) -> Assessment {
    let bureau = percentile.and_then(|value| Bureau::new(BureauScale::Percentile, value, 0).ok());
    assess(&Evidence { behaviour, paid_months, bureau, ..Evidence::default() })
}

proptest! {
    #[test]
    fn the_parts_add_up_to_a_score_within_bounds(
        behaviour in behaviours(),
        months in 0..100_u32,
        bureau in proptest::option::of(0.0..=100.0_f64),
    ) {
        let assessment = scored(behaviour, months, bureau);
        prop_assert!((0..=100_000).contains(&assessment.score_milli));
        let sum: i64 = assessment.drivers.iter().map(|driver| driver.milli).sum();
        prop_assert_eq!(assessment.score_milli, sum.clamp(0, 100_000));
        prop_assert!((sum - assessment.score_milli).abs() <= 5, "only roundings are cut off");
    }

    #[test]
    fn paying_later_never_makes_a_better_score(
        behaviour in behaviours(), months in 0..100_u32, days in 0.0..100.0_f64, more in 0.0..100.0_f64,
    ) {
        let with = |days| scored(Behaviour { days_beyond_terms: Some(days), ..behaviour }, months, None);
        prop_assert!(with(days + more).score_milli <= with(days).score_milli);
    }

    #[test]
    fn a_better_word_of_the_bureau_never_makes_a_worse_score(
        behaviour in behaviours(), months in 0..100_u32, low in 0.0..100.0_f64, more in 0.0..50.0_f64,
    ) {
        let with = |value: f64| scored(behaviour, months, Some(value.min(100.0)));
        prop_assert!(with(low + more).score_milli >= with(low).score_milli);
    }
}

#[test]
fn a_scorecard_speaks_in_place_of_the_expert_card_and_the_drivers_add_up() {
    let bureau = Bureau::new(BureauScale::Percentile, 30.0, 10).ok();
    let told = assess(&Evidence {
        behaviour: good(),
        by_scorecard: Some(0.05),
        paid_months: 12,
        bureau,
        ..Evidence::default()
    });
    // A probability of 5 % is 75 points (D§3.7), of which half count after 12 paid months.
    assert_eq!(told.internal, Some(75.0));
    assert_eq!(told.score_milli, 52_500);
    assert_eq!(told.drivers.iter().map(|driver| driver.milli).sum::<i64>(), told.score_milli);
    let ids: Vec<&str> = told.drivers.iter().map(|driver| driver.id.as_str()).collect();
    assert_eq!(ids, ["scorecard", "bureau"]);
    let unpaid = Evidence { by_scorecard: Some(0.05), ..Evidence::default() };
    assert_eq!(assess(&unpaid).score_milli, 40_000, "without paid history nobody is scored by behaviour");
}
