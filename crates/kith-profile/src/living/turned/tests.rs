//! How accounts turn out: late, doubtful, bad, and nothing to pay.

use serde_json::json;

use super::TurnedOut;
use crate::testing::{Feeder, TODAY, date, days_ago, event, usd};

fn invoice(no: &str, amount: &str, due: i64) -> serde_json::Value {
    let data = json!({"invoice_no": no, "entity": "US", "amount": usd(amount), "issued_on": date(due + 30), "due_on": date(due)});
    event(no, "invoice.posted", &days_ago(due + 30), &data)
}

fn payment(no: &str, of: &str, amount: &str, on: i64) -> serde_json::Value {
    let data = json!({"payment_no": no, "entity": "US", "amount": usd(amount), "received_on": date(on),
        "allocations": [{"invoice_no": of, "amount": usd(amount)}]});
    event(no, "payment.received", &days_ago(on), &data)
}

/// How somebody turned out in the last 180 days who had one invoice of some amount, due and paid so many days ago.
fn turned(amount: &str, due: i64, paid: Option<i64>) -> Option<TurnedOut> {
    let mut feeder = Feeder::new(TODAY);
    feeder.feed(0, &invoice("I", amount, due));
    if let Some(paid) = paid {
        feeder.feed(0, &payment("P", "I", amount, paid));
    }
    feeder.living.turned_out(0, TODAY - 180, TODAY)
}

#[test]
fn sixty_days_past_due_are_bad_thirty_doubtful_and_trifles_nothing() {
    let cases = [
        ("1000.00", 150, Some(140), Some(TurnedOut::Good)),
        ("1000.00", 150, Some(121), Some(TurnedOut::Good)),
        ("1000.00", 150, Some(119), Some(TurnedOut::Doubtful)),
        ("1000.00", 150, Some(91), Some(TurnedOut::Doubtful)),
        ("1000.00", 150, Some(89), Some(TurnedOut::Bad)),
        ("1000.00", 150, None, Some(TurnedOut::Bad)),
        ("499.00", 150, None, Some(TurnedOut::Good)),
        // Due for 20 days only: it may still be paid.
        ("1000.00", 20, None, Some(TurnedOut::Good)),
        // Bad before the days that are looked at.
        ("1000.00", 250, None, None),
        // Paid before them: nothing to pay.
        ("1000.00", 250, Some(240), None),
    ];
    for (amount, due, paid, expected) in cases {
        assert_eq!(turned(amount, due, paid), expected, "{amount} due {due} paid {paid:?}");
    }
}

#[test]
fn what_was_credited_was_never_overdue() {
    let mut feeder = Feeder::new(TODAY);
    feeder.feed(0, &invoice("I", "1000.00", 150));
    let note = json!({"credit_note_no": "K", "entity": "US", "invoice_no": "I", "amount": usd("1000.00")});
    feeder.feed(0, &event("K", "credit_note.posted", &days_ago(5), &note));
    feeder.feed(0, &invoice("J", "1000.00", 20));
    assert_eq!(feeder.living.turned_out(0, TODAY - 180, TODAY), Some(TurnedOut::Good));
}

#[test]
fn who_has_nothing_to_pay_did_not_turn_out() {
    let feeder = Feeder::new(TODAY);
    assert_eq!(feeder.living.turned_out(0, TODAY - 180, TODAY), None);
}
