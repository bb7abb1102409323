//! Promises to pay, as a person would judge them.

use serde_json::json;

use super::{Promises, business_days_after};
use crate::testing::{Feeder, TODAY, date, days_ago, event, usd};

fn feeder(promised: &[(&str, i64, &str)], paid: &[(&str, i64, &str)]) -> Feeder {
    let mut f = Feeder::new(TODAY);
    for (no, days, amount) in promised {
        let data =
            json!({"promise_no": no, "entity": "US", "amount": usd(amount), "promised_on": date(*days)});
        f.feed(0, &event(no, "promise.made", &days_ago(days + 10), &data));
    }
    for (no, days, amount) in paid {
        let data =
            json!({"payment_no": no, "entity": "US", "amount": usd(amount), "received_on": date(*days)});
        f.feed(0, &event(no, "payment.received", &days_ago(*days), &data));
    }
    f
}

#[test]
fn a_weekend_is_no_business_day() {
    // 1970-01-01 was a Thursday: two business days later is Monday.
    assert_eq!(business_days_after(0, 2), 4);
    assert_eq!(business_days_after(4, 2), 6);
}

#[test]
fn nineteen_of_twenty_parts_within_two_business_days_keep_a_promise() {
    let f = feeder(&[("R1", 30, "100")], &[("P1", 30, "95")]);
    assert_eq!(f.living.promises(0), Promises { kept_180d: 1, ..Promises::default() });
    let f = feeder(&[("R1", 30, "100")], &[("P1", 30, "94.99")]);
    assert_eq!(f.living.promises(0), Promises { broken_90d: 1, broken_180d: 1, ..Promises::default() });
    // A week late is too late.
    let f = feeder(&[("R1", 30, "100")], &[("P1", 23, "100")]);
    assert_eq!(f.living.promises(0).broken_90d, 1);
}

#[test]
fn money_keeps_one_promise_only_and_time_lets_it_be_forgotten() {
    let f = feeder(
        &[("R1", 30, "100"), ("R2", 30, "100"), ("R3", 120, "100"), ("R4", 200, "5")],
        &[("P1", 30, "100")],
    );
    let kept = Promises { broken_90d: 1, broken_180d: 2, kept_180d: 1, ..Promises::default() };
    assert_eq!(f.living.promises(0), kept);
    let one = feeder(&[("R1", -3, "100")], &[]).living.promises(0);
    let two = feeder(&[("R1", -3, "100"), ("R2", -5, "100")], &[]).living.promises(0);
    assert_eq!((one.open, two.open), (1, 2));
    assert!(one.next_due.is_some() && one.next_due == two.next_due, "the first day counts");
}

#[test]
fn what_somebody_says_of_a_promise_rules() {
    let mut f = feeder(&[("R1", 30, "100"), ("R2", -9, "100")], &[]);
    f.feed(0, &event("k", "promise.kept", &days_ago(1), &json!({"promise_no": "R1"})));
    f.feed(0, &event("b", "promise.broken", &days_ago(1), &json!({"promise_no": "R2"})));
    assert_eq!(
        f.living.promises(0),
        Promises { broken_90d: 1, broken_180d: 1, kept_180d: 1, ..Promises::default() }
    );
    assert_eq!(f.living.rows_of_doubt(), [0]);
}
