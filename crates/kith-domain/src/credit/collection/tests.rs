//! The formulas of payment behaviour against figures that a person worked out, and their laws.

use proptest::prelude::{any, prop_assert, prop_assert_eq, prop_assume, proptest};

use super::{Aging, Period, countback, days_of_sales, pay_index};

#[track_caller]
fn close(found: Option<f64>, wanted: f64) {
    let found = found.expect("a value");
    assert!((found - wanted).abs() < 0.005, "{found} is not {wanted}");
}

#[test]
fn collection_effectiveness_is_that_of_the_reference() {
    // D§3.4: 100k + 50k − 60k over 100k + 50k − 45k.
    let period = Period { begin: 100_000, sales: 50_000, end: 60_000, end_current: 45_000 };
    close(period.effectiveness(), 85.71);
    assert_eq!(Period::default().effectiveness(), None, "nothing to collect is no share of it");
    let all_due_later = Period { begin: 0, sales: 50_000, end: 50_000, end_current: 50_000 };
    assert_eq!(all_due_later.effectiveness(), None);
}

#[test]
fn delinquent_days_are_what_is_outstanding_beyond_the_best_possible() {
    // 60,000 open, 45,000 of it not due, 180,000 sold in 90 days.
    let (dso, best) = (days_of_sales(60_000, 180_000, 90), days_of_sales(45_000, 180_000, 90));
    close(dso, 30.0);
    close(best, 22.5);
    close(days_of_sales(15_000, 180_000, 90), 7.5);
    assert_eq!(days_of_sales(60_000, 0, 90), None);
    assert_eq!(days_of_sales(60_000, -5, 90), None);
}

#[test]
fn counting_back_takes_whole_months_and_a_part_of_the_last() {
    // 24 days with 40,000, 31 with 50,000, 30 with 60,000: 110,000 open are 24 + 31 + 20/60 of 30 days.
    let months = [(40_000, 24), (50_000, 31), (60_000, 30)];
    close(countback(110_000, &months), 65.0);
    close(countback(20_000, &months), 12.0);
    close(countback(0, &months), 0.0);
    close(countback(0, &[(0, 10), (50_000, 31)]), 0.0);
    // A month without sales counts whole and takes nothing.
    close(countback(25_000, &[(0, 10), (50_000, 31)]), 25.5);
    assert_eq!(countback(150_001, &months), None, "sales do not reach as far back");
    assert_eq!(countback(1, &[]), None);
    assert_eq!(countback(1, &[(0, 30)]), None);
}

#[test]
fn the_pay_index_is_straight_between_its_points() {
    let points =
        [(-30, 100), (-20, 90), (0, 80), (15, 70), (22, 60), (30, 50), (60, 40), (90, 30), (120, 20)];
    for (days, index) in points {
        assert_eq!(pay_index(f64::from(days)), Some(index), "{days} days");
    }
    assert_eq!(pay_index(7.5), Some(75));
    assert_eq!(pay_index(-10.0), Some(85));
    assert_eq!(pay_index(45.0), Some(45));
    assert_eq!(pay_index(-400.0), Some(100));
    assert_eq!(pay_index(120.5), Some(19));
    assert_eq!(pay_index(150.0), Some(10));
    assert_eq!(pay_index(10_000.0), Some(1));
    assert_eq!(pay_index(f64::NAN), None);
}

#[test]
fn what_is_open_ages_at_the_ends_of_its_buckets() {
    let mut aging = Aging::default();
    for (days, open) in [(-40, 1), (0, 2), (1, 4), (30, 8), (31, 16), (60, 32), (61, 64), (90, 128)] {
        aging.add(open, days);
    }
    for (days, open) in [(91, 256), (120, 512), (121, 1_024), (4_000, 2_048)] {
        aging.add(open, days);
    }
    assert_eq!(aging, Aging([3, 12, 48, 192, 768, 3_072]));
    assert_eq!((aging.current(), aging.total()), (3, 4_095));
    assert_eq!(aging.plus(aging).total(), 8_190);
}

proptest! {
    #[test]
    fn counting_back_constant_sales_is_plain_dso(
        daily in 1_i128..1_000_000,
        days in proptest::collection::vec(1_u16..32, 4..14),
        part in 0_i128..=100,
    ) {
        let months: Vec<(i128, u16)> = days.iter().map(|days| (daily * i128::from(*days), *days)).collect();
        let whole: i128 = months.iter().map(|(sales, _)| sales).sum();
        let receivables = whole * part / 100;
        let plain = days_of_sales(receivables, daily * 90, 90).unwrap_or_default();
        let counted = countback(receivables, &months).unwrap_or(f64::NAN);
        prop_assert!((plain - counted).abs() < 1e-6, "{plain} and {counted}");
    }

    #[test]
    fn who_pays_later_never_has_the_better_index(one in -500.0..500.0_f64, other in -500.0..500.0_f64) {
        let (early, late) = if one < other { (one, other) } else { (other, one) };
        prop_assert!(pay_index(early) >= pay_index(late));
        prop_assert!((1..=100).contains(&pay_index(one).unwrap_or_default()));
    }

    #[test]
    fn collecting_all_that_was_due_is_a_hundred(begin in 0_i128..1_000_000, sales in 0_i128..1_000_000, current in 0_i128..1_000_000) {
        prop_assume!(begin + sales > current);
        let period = Period { begin, sales, end: current, end_current: current };
        prop_assert_eq!(period.effectiveness(), Some(100.0));
    }

    #[test]
    fn nothing_open_is_lost_by_aging(items in proptest::collection::vec((any::<i32>(), -1_000_i64..1_000), 0..20)) {
        let mut aging = Aging::default();
        items.iter().for_each(|(open, days)| aging.add(i128::from(*open), *days));
        prop_assert_eq!(aging.total(), items.iter().map(|(open, _)| i128::from(*open)).sum::<i128>());
    }
}
