//! The detectors: worked figures, what must not upset them, and that the order of what they are told is nothing.

use proptest::prelude::{Just, Strategy, prop, prop_assert, prop_assert_eq, proptest};

use super::{
    Case, DAY, Detector, Ewma, Labelled, Order, Peer, Severity, ShipTo, Signal, Threshold, Thresholds,
    Utilisation, Verdict, combine, divergence, judge, poisson_tail, robust_z, tune,
};

/// Noon of day 20,000.
const NOW: i64 = 20_000 * DAY + DAY / 2;

/// One order every `every` days before now, amounts in turn.
fn history(count: i64, every: i64, amounts: &[i64]) -> Vec<Order> {
    let amounts = amounts.iter().cycle();
    (1..=count)
        .zip(amounts)
        .map(|(back, minor)| Order { at: NOW - back * every * DAY, minor: *minor })
        .collect()
}

fn usual() -> Vec<Order> {
    history(50, 3, &[10_000, 11_000, 9_500, 10_500, 10_200, 9_800])
}

fn case(minor: i64, history: Vec<Order>) -> Case {
    Case { at: NOW, minor, history, ..Case::default() }
}

fn severity_of(verdict: &Verdict, detector: Detector) -> Option<Severity> {
    verdict.signals.iter().find(|signal| signal.detector == detector).map(|signal| signal.severity)
}

#[test]
fn the_robust_z_of_the_worked_example() {
    let orders = [100.0, 110.0, 95.0, 105.0, 102.0, 98.0_f64];
    let logs = orders.map(f64::ln);
    let z = robust_z(&logs, 900.0_f64.ln(), 0.0).unwrap();
    assert!((z - 42.8).abs() < 0.05, "{z}");
    let raw = robust_z(&orders, 900.0, 0.0).unwrap();
    assert!((raw - 154.0).abs() < 0.05, "{raw}");
    assert_eq!(robust_z(&[], 1.0, 0.05), None);
    assert_eq!(robust_z(&[5.0, 5.0], 6.0, 0.0), None);
}

#[test]
fn a_ninefold_order_is_grave_and_a_usual_one_is_nothing() {
    let verdict = judge(&case(90_000, usual()));
    assert_eq!(severity_of(&verdict, Detector::Amount), Some(Severity::High));
    assert_eq!(verdict.severity, Some(Severity::High));
    assert!(verdict.signals[0].text.contains("the last 50 orders"), "{}", verdict.signals[0].text);
    let usual = judge(&case(10_400, usual()));
    assert_eq!((usual.severity, usual.risk), (None, 0.0));
}

#[test]
fn few_orders_are_compared_with_customers_like_it() {
    let seven = history(7, 3, &[10_000]);
    assert_eq!(severity_of(&judge(&case(90_000, seven.clone())), Detector::Amount), None);
    let peer = Some(Peer { median_ln: 10_000_f64.ln(), spread_ln: 0.1 });
    let verdict = judge(&Case { peer, ..case(90_000, seven) });
    assert_eq!(severity_of(&verdict, Detector::Amount), Some(Severity::High));
}

#[test]
fn what_was_the_season_last_year_is_not_grave() {
    let mut orders = usual();
    orders.push(Order { at: NOW - 360 * DAY, minor: 95_000 });
    let verdict = judge(&case(90_000, orders));
    assert_eq!(severity_of(&verdict, Detector::Amount), Some(Severity::Medium));
}

#[test]
fn the_moving_mean_counts_days_without_orders() {
    let next = Ewma::begin(100.0).next(200.0);
    assert!((next.mean - 120.0).abs() < 1e-9 && (next.variance - 0.8 * 0.2 * 10_000.0).abs() < 1e-9);
    assert_eq!(next.next(0.0).mean, 96.0);
    // Every day 100, today 300: no variance, so a twentieth of the mean is the measure.
    let verdict = judge(&case(30_000, history(60, 1, &[10_000])));
    assert_eq!(severity_of(&verdict, Detector::DailySpend), Some(Severity::High));
    let seldom = judge(&case(30_000, history(30, 6, &[10_000])));
    assert_eq!(severity_of(&seldom, Detector::DailySpend), None, "too few days with orders to tell");
    let mut once = history(60, 1, &[10_000]);
    once.push(Order { at: NOW - 100 * DAY, minor: 40_000 });
    assert_eq!(
        severity_of(&judge(&case(30_000, once)), Detector::DailySpend),
        None,
        "as much was spent before"
    );
    let steady = judge(&case(10_000, history(60, 1, &[10_000])));
    assert_eq!(severity_of(&steady, Detector::DailySpend), None);
}

#[test]
fn chance_tells_how_soon_is_too_soon() {
    assert_eq!(poisson_tail(3.0, 0), 1.0);
    assert!((poisson_tail(1.0, 1) - 0.632_120_558_8).abs() < 1e-9);
    assert!((poisson_tail(1.0, 5) - 0.003_659_846_8).abs() < 1e-9);
    assert!((poisson_tail(0.1, 3) - 1.546_53e-4).abs() < 1e-8);
    let mut orders = history(60, 1, &[10_000]);
    orders.extend((1..=6).map(|hour| Order { at: NOW - hour * 3_600, minor: 10_000 }));
    let verdict = judge(&case(10_000, orders));
    // Seven in a day at one a day: 8.3e-5.
    assert_eq!(severity_of(&verdict, Detector::Frequency), Some(Severity::High));
}

#[test]
fn with_many_gaps_the_gaps_themselves_are_counted() {
    let orders: Vec<Order> = (1..=250).map(|back| Order { at: NOW - back * 3_600, minor: 10_000 }).collect();
    let late = judge(&case(10_000, orders.clone()));
    assert_eq!(severity_of(&late, Detector::Frequency), None);
    let soon = Case { at: NOW - 3_600 + 60, ..case(10_000, orders) };
    assert_eq!(severity_of(&judge(&soon), Detector::Frequency), Some(Severity::Medium));
}

#[test]
fn a_burst_is_measured_against_the_fastest_before_it() {
    let mut orders = history(60, 2, &[10_000]);
    orders.extend((1..=3).map(|hour| Order { at: NOW - hour * 3_600, minor: 10_000 }));
    let verdict = judge(&case(10_000, orders));
    let signal = verdict.signals.iter().find(|signal| signal.detector == Detector::Velocity).unwrap();
    assert_eq!((signal.severity, signal.statistic), (Severity::High, 4.0), "{}", signal.text);
}

#[test]
fn a_new_address_is_worse_with_other_signs() {
    let to = |place: ShipTo, minor| {
        let verdict = judge(&Case { ship_to: Some(place), ..case(minor, usual()) });
        severity_of(&verdict, Detector::NewShipTo)
    };
    let new = ShipTo { is_new: true, ..ShipTo::default() };
    assert_eq!(to(ShipTo::default(), 10_000), None);
    assert_eq!(to(new, 10_000), Some(Severity::Low));
    assert_eq!(to(ShipTo { is_forwarder_or_home: true, ..new }, 10_000), Some(Severity::Medium));
    assert_eq!(to(ShipTo { distance_km: Some(501.0), ..new }, 10_000), Some(Severity::Medium));
    assert_eq!(to(ShipTo { distance_km: Some(500.0), ..new }, 10_000), Some(Severity::Low));
    assert_eq!(to(new, 14_000), Some(Severity::High), "an unusual amount to a new address");
    assert_eq!(
        to(ShipTo { is_forwarder_or_home: true, distance_km: Some(501.0), ..new }, 10_000),
        Some(Severity::Medium)
    );
}

#[test]
fn a_new_address_lies_above_the_threshold_of_its_severity() {
    for (is_forwarder_or_home, distance_km) in
        [(false, None), (true, None), (false, Some(900.0)), (true, Some(900.0))]
    {
        for minor in [10_000, 14_000] {
            let place = ShipTo { is_new: true, is_forwarder_or_home, distance_km };
            let verdict = judge(&Case { ship_to: Some(place), ..case(minor, usual()) });
            let found = verdict.signals.iter().find(|signal| signal.detector == Detector::NewShipTo).unwrap();
            let above = match found.statistic {
                value if value > found.threshold.high => Severity::High,
                value if value > found.threshold.medium => Severity::Medium,
                _ => Severity::Low,
            };
            assert_eq!(
                above, found.severity,
                "{place:?} {minor}: {} of {:?}",
                found.statistic, found.threshold
            );
        }
    }
}

#[test]
fn changed_parties_and_access_count_as_told() {
    let verdict = |changed_parties, unusual_access| {
        judge(&Case { changed_parties, unusual_access, ..case(10_000, usual()) }).severity
    };
    assert_eq!(verdict(1, false), Some(Severity::Medium));
    assert_eq!(verdict(2, false), Some(Severity::High));
    assert_eq!(verdict(0, true), Some(Severity::Low));
}

#[test]
fn a_bust_out_needs_both_the_rise_and_slower_payments() {
    let used = Utilisation { now: 0.9, before: 0.5, late_days: Some(12.0), late_days_usual: Some(2.0) };
    let of = |used| judge(&Case { utilisation: Some(used), ..case(10_000, usual()) }).severity;
    assert_eq!(of(used), Some(Severity::High));
    assert_eq!(of(Utilisation { now: 0.89, ..used }), None);
    assert_eq!(of(Utilisation { late_days: Some(6.0), ..used }), None);
    assert_eq!(of(Utilisation { late_days: None, ..used }), None);
}

#[test]
fn the_divergence_of_mixes() {
    assert_eq!(divergence(&[1.0, 0.0], &[0.0, 3.0]), Some(1.0));
    assert_eq!(divergence(&[2.0, 2.0], &[5.0, 5.0]), Some(0.0));
    assert_eq!(divergence(&[0.0], &[1.0]), None);
    let half = divergence(&[1.0, 0.0], &[0.5, 0.5]).unwrap();
    assert!((half - 0.311_278_1).abs() < 1e-6, "{half}");
}

fn medium(detector: Detector) -> Signal {
    let threshold = Threshold { medium: 1.0, high: 2.0 };
    Signal { detector, severity: Severity::Medium, statistic: 1.0, threshold, text: String::new() }
}

#[test]
fn two_medium_signals_of_different_families_are_grave() {
    let both = combine(vec![medium(Detector::Amount), medium(Detector::Mix)]);
    assert_eq!((both.severity, both.is_raised), (Some(Severity::High), true));
    assert!((both.risk - 0.75).abs() < 1e-9);
    let same = combine(vec![medium(Detector::Amount), medium(Detector::DailySpend)]);
    assert_eq!((same.severity, same.is_raised), (Some(Severity::Medium), false));
    assert_eq!(combine(Vec::new()).severity, None);
}

#[test]
fn outcomes_move_a_threshold_until_a_fifth_is_worth_it() {
    let alert = |ratio, was_worth| Labelled { ratio, was_worth };
    let mut alerts: Vec<Labelled> = (0..30).map(|_| alert(1.2, false)).collect();
    alerts.extend([alert(2.0, true), alert(2.0, false), alert(2.5, true)]);
    let tuned = tune(Detector::Amount, &alerts);
    assert_eq!((tuned.outcomes, tuned.worth, tuned.factor), (33, 2, 1.2));
    let moved = Thresholds::default();
    let mut far = moved.clone();
    far.set(Detector::Amount, tuned.factor);
    assert!((far.of(Detector::Amount).medium - 4.2).abs() < 1e-9);
    assert_eq!(tune(Detector::Amount, &alerts[20..]).factor, 1.0, "too few to learn from");
    let all_wrong: Vec<Labelled> = (0..40).map(|_| alert(9.0, false)).collect();
    assert_eq!(tune(Detector::Amount, &all_wrong).factor, 3.0);
    let good: Vec<Labelled> = (0..40).map(|at| alert(1.5, at % 4 == 0)).collect();
    assert_eq!(tune(Detector::Amount, &good).factor, 1.0);
}

fn orders() -> impl Strategy<Value = Vec<Order>> {
    let order = (0..400 * DAY, 1..1_000_000_i64);
    prop::collection::vec(order.prop_map(|(back, minor)| Order { at: NOW - back, minor }), 0..80)
}

proptest! {
    #[test]
    fn the_order_of_the_past_makes_no_difference(
        (told, shuffled) in orders().prop_flat_map(|told| (Just(told.clone()), Just(told).prop_shuffle())),
        minor in 1..10_000_000_i64,
    ) {
        prop_assert_eq!(judge(&case(minor, told)), judge(&case(minor, shuffled)));
    }

    #[test]
    fn a_larger_amount_is_never_less_grave(told in orders(), minor in 1..1_000_000_i64, more in 1..1_000_000_i64) {
        let grave = |minor| severity_of(&judge(&Case { at: NOW, minor, history: told.clone(), ..Case::default() }),
            Detector::DailySpend);
        prop_assert!(grave(minor + more) >= grave(minor));
    }

    #[test]
    fn risk_is_a_chance_and_every_signal_is_explained(told in orders(), minor in 1..100_000_000_i64) {
        let verdict = judge(&case(minor, told));
        prop_assert!((0.0..1.0).contains(&verdict.risk));
        prop_assert_eq!(verdict.severity.is_some(), !verdict.signals.is_empty());
        for signal in &verdict.signals {
            prop_assert!(!signal.text.is_empty() && signal.statistic.is_finite());
        }
    }

    #[test]
    fn mixes_diverge_between_nothing_and_one_and_alike_both_ways(
        one in prop::collection::vec(0.0..10.0_f64, 1..8), other in prop::collection::vec(0.0..10.0_f64, 1..8),
    ) {
        if let (Some(there), Some(back)) = (divergence(&one, &other), divergence(&other, &one)) {
            prop_assert!((0.0..=1.0).contains(&there) && (there - back).abs() < 1e-12);
        }
    }
}
