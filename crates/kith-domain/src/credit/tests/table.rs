//! The table of D§3.2, row by row.

use super::{asked, standing};
use crate::account::Stage;
use crate::credit::{
    Asked, Buckets, Cap, CreditRules, Decision, Exposure, Outcome, Overdue, Severity, Standing, judge,
    utilisation,
};
use crate::value::Money;

fn decide(asked: &Asked, standing: &Standing) -> Decision {
    judge(asked, standing, &CreditRules::default())
}

fn codes(decision: &Decision) -> Vec<&str> {
    decision.reasons.iter().map(|reason| reason.code.as_str()).collect()
}

fn owing(minor: i64) -> Option<Exposure> {
    let buckets = Buckets { open_ar: minor, ..Buckets::default() };
    Some(Exposure { buckets, overdue: Overdue::default() })
}

fn overdue(minor: i64, oldest_days: u16) -> Option<Exposure> {
    let buckets = Buckets { open_ar: minor, ..Buckets::default() };
    Some(Exposure { buckets, overdue: Overdue { minor, oldest_days } })
}

#[track_caller]
fn comes_to(asked: &Asked, standing: &Standing, outcome: Outcome, expected: &[&str]) -> Decision {
    let decision = decide(asked, standing);
    assert_eq!((decision.outcome, codes(&decision)), (outcome, expected.to_vec()));
    decision
}

#[test]
fn what_fits_is_approved_with_its_figures() {
    let standing = Standing { exposure: owing(20_000), ..standing() };
    let decision = comes_to(&asked(30_000), &standing, Outcome::Approve, &["within_limit"]);
    let money = |minor| Some(Money::new(minor, standing.currency));
    assert_eq!((decision.limit, decision.exposure), (money(100_000), money(20_000)));
    assert_eq!((decision.available_before, decision.available_after), (money(80_000), money(50_000)));
    assert_eq!(decision.utilisation_after, Some(0.5));
    assert_eq!(decision.reasons[0].text, "USD 500.00 stays available.");
}

#[test]
fn stages_that_are_over_and_suspension_reject() {
    for stage in [Stage::Prospect, Stage::Rejected, Stage::Inactive, Stage::Closed, Stage::Erased] {
        comes_to(&asked(1), &Standing { stage, ..standing() }, Outcome::Reject, &["stage"]);
    }
    let held = Standing { suspended: Some("fraud".into()), ..standing() };
    comes_to(&asked(1), &held, Outcome::Reject, &["suspended"]);
    let asked = Asked { authorised: false, currency_enabled: false, ..asked(1) };
    comes_to(&asked, &standing(), Outcome::Reject, &["not_authorised", "currency_not_enabled"]);
}

#[test]
fn without_a_limit_payment_comes_first() {
    for limit in [None, Some(0)] {
        let none = Standing { limit, ..standing() };
        comes_to(&asked(1), &none, Outcome::Hold, &["no_limit"]);
        comes_to(&Asked { prepaid: true, ..asked(1) }, &none, Outcome::Approve, &["prepaid"]);
        let cash = Standing { cash_terms: true, ..none };
        comes_to(&asked(1), &cash, Outcome::Approve, &["prepaid"]);
    }
}

#[test]
fn who_pays_ahead_is_served_under_a_credit_hold() {
    let held = Standing { credit_hold: true, ..standing() };
    comes_to(&asked(1), &held, Outcome::Hold, &["credit_hold"]);
    let paid = Asked { prepaid: true, ..asked(1) };
    comes_to(&paid, &held, Outcome::Approve, &["prepaid", "credit_hold"]);
}

#[test]
fn the_limit_holds_to_the_cent() {
    let full = Standing { exposure: owing(90_000), ..standing() };
    comes_to(&asked(10_000), &full, Outcome::ApproveWithWarning, &["high_utilisation"]);
    let decision = comes_to(&asked(10_001), &full, Outcome::Hold, &["over_limit"]);
    let values = &decision.reasons[0].values;
    assert_eq!((values["over_by"].as_str(), values["exposure_after"].as_str()), ("0.01", "1000.01"));
    comes_to(&asked(110_000), &full, Outcome::Hold, &["over_limit"]);
    comes_to(&asked(110_001), &full, Outcome::Reject, &["far_over_limit", "over_limit"]);
}

#[test]
fn tolerance_is_for_good_classes_and_bounded() {
    let rules = CreditRules { tolerance_basis_points: 500, ..CreditRules::default() };
    let full = Standing { exposure: owing(100_000), ..standing() };
    assert_eq!(judge(&asked(1), &full, &rules).outcome, Outcome::Hold);
    let good = Standing { class: Some('B'), ..full };
    let decision = judge(&asked(5_000), &good, &rules);
    assert_eq!((decision.outcome, codes(&decision)), (Outcome::ApproveWithWarning, vec!["within_tolerance"]));
    assert_eq!(judge(&asked(5_001), &good, &rules).outcome, Outcome::Hold);
    let bounded = CreditRules { tolerance_max: 20, ..rules };
    assert_eq!(judge(&asked(2_001), &good, &bounded).outcome, Outcome::Hold);
    assert_eq!(judge(&asked(2_000), &good, &bounded).outcome, Outcome::ApproveWithWarning);
}

#[test]
fn the_group_has_a_limit_besides() {
    let cap = |exposure, amount| Cap { limit: Money::new(500, super::eur()), exposure, amount };
    let fits = Standing { caps: vec![cap(Some(400), Some(100))], ..standing() };
    comes_to(&asked(200), &fits, Outcome::Approve, &["within_limit"]);
    let over = Standing { caps: vec![cap(Some(401), Some(100))], ..standing() };
    comes_to(&asked(200), &over, Outcome::Hold, &["group_limit"]);
    let unknown = Standing { caps: vec![cap(None, Some(100))], ..standing() };
    comes_to(&asked(200), &unknown, Outcome::Hold, &["rate_missing"]);
}

#[test]
fn much_and_long_overdue_holds_and_little_warns() {
    let late = |minor, days| Standing { exposure: overdue(minor, days), ..standing() };
    comes_to(&asked(1), &late(50_001, 31), Outcome::Hold, &["overdue"]);
    comes_to(&asked(1), &late(50_000, 31), Outcome::ApproveWithWarning, &["overdue"]);
    comes_to(&asked(1), &late(50_001, 30), Outcome::ApproveWithWarning, &["overdue"]);
    let patient = Standing { class: Some('A'), ..late(50_001, 60) };
    comes_to(&asked(1), &patient, Outcome::ApproveWithWarning, &["overdue"]);
    // Two percent of a large limit may be overlooked.
    let large = Standing { limit: Some(10_000_000), ..late(200_000, 90) };
    comes_to(&asked(1), &large, Outcome::ApproveWithWarning, &["overdue"]);
}

#[test]
fn findings_probation_and_watch() {
    let strange = |severity| Asked { anomaly: Some(severity), ..asked(1) };
    comes_to(&strange(Severity::Hold), &standing(), Outcome::Hold, &["anomaly"]);
    comes_to(&strange(Severity::Warning), &standing(), Outcome::ApproveWithWarning, &["anomaly"]);
    let new = Standing { stage: Stage::Probation, ..standing() };
    comes_to(&asked(50_000), &new, Outcome::Approve, &["within_limit"]);
    comes_to(&asked(50_001), &new, Outcome::Hold, &["probation_size"]);
    comes_to(&asked(1), &Standing { watch: true, ..standing() }, Outcome::ApproveWithWarning, &["watch"]);
}

#[test]
fn what_is_not_known_is_never_guessed() {
    let aged = |hours| Standing { age_hours: Some(hours), ..standing() };
    comes_to(&asked(1), &aged(24), Outcome::Approve, &["within_limit"]);
    comes_to(&asked(1), &aged(25), Outcome::ApproveWithWarning, &["data_stale"]);
    comes_to(&asked(1), &aged(73), Outcome::Hold, &["data_stale"]);
    let small = CreditRules { offline_floor: 10, ..CreditRules::default() };
    assert_eq!(judge(&asked(1_000), &aged(73), &small).outcome, Outcome::ApproveWithWarning);
    let rateless = Standing { exposure: None, ..standing() };
    let decision = comes_to(&asked(1), &rateless, Outcome::Hold, &["rate_missing"]);
    assert_eq!((decision.exposure, decision.available_after), (None, None));
    let behind = Standing { current: false, ..standing() };
    comes_to(&asked(1), &behind, Outcome::Hold, &["data_unavailable"]);
}

#[test]
fn the_first_row_that_holds_decides_and_all_are_told() {
    let bad = Standing {
        stage: Stage::Closed,
        credit_hold: true,
        watch: true,
        exposure: overdue(300_000, 200),
        ..standing()
    };
    let all = ["stage", "credit_hold", "far_over_limit", "over_limit", "overdue", "watch"];
    comes_to(&asked(100), &bad, Outcome::Reject, &all);
    comes_to(&asked(100), &Standing { stage: Stage::Active, ..bad }, Outcome::Hold, &all[1..]);
}

#[test]
fn a_share_of_no_limit_is_nothing_or_nearly_all() {
    assert_eq!([utilisation(-5, 0), utilisation(5, 0), utilisation(-50, 100)], [0.0, 9.99, -0.5]);
}
