//! Tests of the catalogue and of the formulas, with the vectors of the reference.

use std::collections::BTreeSet;

use super::normal::{erfc, exp, two_sided};
use super::sheet::median;
use super::trend::{DECLINING, FLAT, GROWING, trend, weeks};
use super::{MetricKind, catalogue, metric_index};

#[track_caller]
fn close(found: f64, wanted: f64, within: f64) {
    assert!((found - wanted).abs() <= within, "{found} is not {wanted}");
}

#[test]
fn the_trend_of_the_reference() {
    // D§4.3: one outlier flips least squares, not Theil–Sen.
    let found = trend(&[10, 12, 9, 8, 7, 40, 6, 5]).expect("a trend");
    close(found.slope, -0.75, 1e-12);
    close(found.ols, 0.3214, 5e-5);
    assert_eq!(found.s, -16);
    close(found.z, -1.856, 5e-4);
    close(found.p, 0.0635, 5e-5);
    assert_eq!(found.label, DECLINING);
    close(found.relative, -0.75 / 12.125, 1e-12);
}

#[test]
fn labels_follow_the_rule() {
    let label = |y: &[i64]| trend(y).expect("a trend").label;
    assert_eq!(label(&[5; 13]), FLAT);
    assert_eq!(label(&[1, 2, 3, 4, 5, 6, 7, 8]), GROWING);
    assert_eq!(label(&[8, 7, 6, 5, 4, 3, 2, 1]), DECLINING);
    // Steady, then silence: the slope is 0 and the sign of S decides.
    let silent = [2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0];
    assert_eq!(trend(&silent).expect("a trend").slope, 0.0);
    assert_eq!(label(&silent), DECLINING);
    // A slope below 1 % a week is none, however certain.
    let slow: Vec<i64> = (0..52).map(|week| 10_000 + week * 10).collect();
    assert_eq!(label(&slow), FLAT);
    assert!(trend(&[3]).is_none() && trend(&[]).is_none());
}

#[test]
fn ties_are_corrected_for() {
    // Three pairs of ties: Var = [8·7·21 − 3·2·1·9]/18 = 62.33…
    let found = trend(&[1, 1, 2, 2, 3, 3, 4, 5]).expect("a trend");
    assert_eq!(found.s, 25);
    close(found.z, 24.0 / (1_122.0_f64 / 18.0).sqrt(), 1e-12);
}

#[test]
fn weeks_are_complete_on_their_sunday() {
    // 2026-11-22 is a Sunday: its own week is complete; the day before it is not.
    assert_eq!(weeks(20_779, 0, 13).1, weeks(20_778, 0, 13).1 + 1);
    assert_eq!(weeks(20_779, 0, 13).1, weeks(20_785, 0, 13).1);
    let (start, end) = weeks(20_779, 20_779 - 13, 13);
    assert_eq!(end - start, 2, "zero-filled from the first order's week, not before");
}

#[test]
fn the_normal_distribution_is_accurate() {
    // Known values of erfc to 15 digits.
    for (x, wanted) in [
        (0.0, 1.0),
        (0.5, 0.479_500_122_186_953_5),
        (1.0, 0.157_299_207_050_285_13),
        (1.999, 0.004698443348629488),
        (2.0, 0.004_677_734_981_047_266),
        (3.0, 2.209_049_699_858_544e-5),
        (5.0, 1.537_459_794_428_034_8e-12),
        (10.0, 2.088_487_583_762_545e-45),
    ] {
        close(erfc(x) / wanted, 1.0, 1e-11);
    }
    close(erfc(-1.0), 2.0 - 0.157_299_207_050_285_13, 1e-14);
    close(two_sided(1.959_963_984_540_054), 0.05, 1e-12);
    for x in [-600.0, -20.0, -1.0, -0.1, 0.0, 0.3, 1.0, 10.0, 600.0_f64] {
        close(exp(x) / x.exp(), 1.0, 1e-14);
    }
}

#[test]
fn medians_are_in_the_middle() {
    assert_eq!(median(&mut []), None);
    assert_eq!(median(&mut [3]), Some(3.0));
    assert_eq!(median(&mut [9, 1, 4]), Some(4.0));
    assert_eq!(median(&mut [9, 1, 4, 5]), Some(4.5));
}

#[test]
fn ids_are_unique_and_those_of_the_contract_are_there() {
    let ids: BTreeSet<&str> = catalogue().iter().map(|metric| metric.id.as_str()).collect();
    assert_eq!(ids.len(), catalogue().len());
    for id in [
        "orders_90d",
        "order_value_90d",
        "order_trend_90d",
        "order_trend_label_90d",
        "revenue_365d",
        "on_time_90d",
        "otif_90d",
        "service_issues_30d",
        "days_beyond_terms_365d",
        "open_balance",
        "overdue_balance",
        "health",
        "nps_365d",
        "days_since_last_order",
        "first_order_on",
        "order_trend_p_365d",
        "revenue_trend_label_30d",
        "unapplied_cash",
    ] {
        assert!(ids.contains(id), "{id}");
    }
    assert!(metric_index("order_trend_p_30d").is_none());
}

#[test]
fn every_metric_says_what_it_is() {
    for metric in catalogue() {
        assert!(!metric.title.is_empty() && metric.description.ends_with('.'), "{}", metric.id);
        assert!(metric.formula.contains('@') && metric.n_min > 0, "{}", metric.id);
        if let MetricKind::Label(words) = metric.kind {
            assert!(words.len() >= 3);
        }
        let suffix = metric.window.map(|days| format!("_{days}d")).unwrap_or_default();
        assert_eq!(metric.id, format!("{}{suffix}", metric.family));
    }
}
