//! Payment behaviour from events, as a person would work it out.

use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use serde_json::{Value, json};

use super::{OfEntity, PaymentBehaviour};
use crate::testing::{Feeder, TODAY, date, days_ago, event, usd};

/// Number, days ago it was issued, days ago it is due, amount.
fn invoice(no: &str, issued: i64, due: i64, amount: &str) -> Value {
    let data = json!({"invoice_no": no, "entity": "US", "amount": usd(amount), "issued_on": date(issued), "due_on": date(due)});
    event(no, "invoice.posted", &days_ago(issued), &data)
}

fn paid(of: &str, days: i64, amount: &str) -> Value {
    let no = format!("P{of}");
    let data = json!({"payment_no": no, "entity": "US", "amount": usd(amount), "received_on": date(days),
        "allocations": [{"invoice_no": of, "amount": usd(amount)}]});
    event(&no, "payment.received", &days_ago(days), &data)
}

fn of(code: &str) -> OfEntity {
    let currency = if code == "US" { "USD" } else { "EUR" };
    let number = if code == "US" { 1 } else { 2 };
    OfEntity { number, currency: currency.parse().expect("a currency"), owner: 1 }
}

fn seen(f: &Feeder) -> PaymentBehaviour {
    f.living.payment_behaviour(0, None).expect("rates are known")
}

#[track_caller]
fn close(found: Option<f64>, wanted: f64) {
    let found = found.expect("a value");
    assert!((found - wanted).abs() < 1e-6, "{found} is not {wanted}");
}

#[test]
fn the_worked_figures_of_the_reference() {
    // D§3.4: (1000, due 10 days ago, paid 10 late), (3000, due, paid 2 early): 2.5, signed 1.0, on time 50 % and 75 %.
    let mut f = Feeder::new(TODAY);
    for event in [
        invoice("I1", 40, 20, "1000"),
        paid("I1", 10, "1000"),
        invoice("I2", 40, 16, "3000"),
        paid("I2", 18, "3000"),
    ] {
        f.feed(0, &event);
    }
    let found = seen(&f);
    close(found.days_beyond_terms(), 2.5);
    close(found.days_beyond_terms_signed(), 1.0);
    close(found.on_time(), 0.5);
    close(found.on_time_amount(), 0.75);
    close(found.days_to_pay(), (30.0 * 1000.0 + 22.0 * 3000.0) / 4000.0);
    close(found.weighted_terms(), (20.0 * 1000.0 + 24.0 * 3000.0) / 4000.0);
    // 80 at 0 days, 70 at 15: 79.33 at one.
    assert_eq!(found.pay_index(), Some(79));
    // All of 4000 was collected; nothing is open.
    close(found.period.effectiveness(), 100.0);
    close(found.dso(), 0.0);
    assert_eq!(found.judged(), 2);
}

#[test]
fn what_is_open_is_counted_in_days_of_sales_and_ages() {
    let mut f = Feeder::new(TODAY);
    for event in [
        invoice("I1", 60, 30, "600"),
        invoice("I2", 80, 35, "300"),
        invoice("I3", 10, -20, "900"),
        invoice("I4", 200, 130, "100"),
        paid("I2", 5, "200"),
    ] {
        f.feed(0, &event);
    }
    let found = seen(&f);
    assert_eq!(found.aging.0, [90_000, 60_000, 10_000, 0, 0, 10_000]);
    assert_eq!(found.sales_90d, 180_000);
    close(found.dso(), 1_700.0 / 1_800.0 * 90.0);
    close(found.dso_best_possible(), 45.0);
    close(found.days_delinquent(), 40.0);
    // 30 days ago 600, 300 and 100 were open; 900 were sold since, and 200 came in of the 1000 that were due.
    assert_eq!((found.period.begin, found.period.sales), (100_000, 90_000));
    close(found.period.effectiveness(), 20.0);
}

#[test]
fn counting_back_goes_over_calendar_months() {
    // Today is 22 November: 900 of 22 days, then 600 of 31 days.
    let mut f = Feeder::new(TODAY);
    for event in [
        invoice("I1", 10, -20, "900"),
        invoice("I2", 40, 10, "600"),
        invoice("I3", 70, 30, "600"),
        paid("I3", 20, "600"),
        paid("I2", 5, "300"),
    ] {
        f.feed(0, &event);
    }
    close(seen(&f).dso_countback(), 22.0 + 0.5 * 31.0);
}

#[test]
fn without_sales_or_receivables_nothing_is_guessed() {
    let mut f = Feeder::new(TODAY);
    f.feed(0, &invoice("I1", 395, 365, "100"));
    let found = seen(&f);
    assert_eq!((found.dso(), found.dso_best_possible(), found.days_delinquent()), (None, None, None));
    assert_eq!(found.dso_countback(), None, "sales of thirteen months do not reach as far back");
    assert_eq!((found.days_to_pay(), found.pay_index(), found.on_time()), (None, None, None));
    assert_eq!(found.broken_promises(), None);
    close(found.period.effectiveness(), 0.0);
    let nothing = f.living.payment_behaviour(9, None).expect("nothing wants no rate");
    assert_eq!(nothing, PaymentBehaviour::default());
    assert_eq!(nothing.period.effectiveness(), None);
}

#[test]
fn a_missing_rate_leaves_everything_unknown() {
    let mut f = Feeder::new(TODAY);
    let data = json!({"invoice_no": "I1", "entity": "EU", "amount": {"amount": "10.00", "currency": "GBP"},
        "issued_on": date(10), "due_on": date(-20)});
    f.feed(0, &event("I1", "invoice.posted", &days_ago(10), &data));
    assert_eq!(f.living.payment_behaviour(0, None), None);
    assert_eq!(f.living.payment_behaviour(0, Some(of("EU"))), None);
    // The other entity has nothing that wants it.
    assert_eq!(f.living.payment_behaviour(0, Some(of("US"))).map(|found| found.invoices), Some(0));
}

#[test]
fn an_entity_has_its_own_business_in_its_currency() {
    let mut f = Feeder::new(TODAY);
    f.feed(0, &invoice("I1", 10, -20, "900"));
    let data = json!({"invoice_no": "I2", "entity": "EU", "amount": {"amount": "500.00", "currency": "EUR"},
        "issued_on": date(40), "due_on": date(10)});
    f.feed(0, &event("I2", "invoice.posted", &days_ago(40), &data));
    // Money of one entity pays an invoice of the other: it is the invoice's.
    f.feed(0, &{
        let data = json!({"payment_no": "P2", "entity": "US", "amount": {"amount": "100.00", "currency": "EUR"},
            "received_on": date(2), "allocations": [{"invoice_no": "I2", "amount": {"amount": "100.00", "currency": "EUR"}}]});
        event("P2", "payment.received", &days_ago(2), &data)
    });
    let us = f.living.payment_behaviour(0, Some(of("US"))).expect("known");
    let eu = f.living.payment_behaviour(0, Some(of("EU"))).expect("known");
    assert_eq!((us.aging.total(), us.invoices, us.judged()), (90_000, 1, 0));
    assert_eq!((eu.aging.0, eu.invoices), ([0, 40_000, 0, 0, 0, 0], 1));
    // Both together in dollars, at 1.10.
    assert_eq!(seen(&f).aging.0, [90_000, 44_000, 0, 0, 0, 0]);
}

#[test]
fn promises_and_returned_payments_are_counted() {
    let mut f = Feeder::new(TODAY);
    f.feed(0, &invoice("I1", 60, 30, "100"));
    f.feed(0, &paid("I1", 25, "100"));
    f.feed(0, &event("x", "payment.returned", &days_ago(20), &json!({"payment_no": "PI1", "reason": "NSF"})));
    for (no, days) in [("R1", 30), ("R2", 31), ("R3", 32)] {
        let data = json!({"promise_no": no, "entity": "US", "amount": usd("50"), "promised_on": date(days)});
        f.feed(0, &event(no, "promise.made", &days_ago(days + 5), &data));
    }
    f.feed(0, &event("k", "promise.kept", &days_ago(20), &json!({"promise_no": "R3"})));
    let found = seen(&f);
    assert_eq!((found.returned, found.promises_kept, found.promises_broken), (1, 1, 2));
    close(found.broken_promises(), 2.0 / 3.0);
    // What came back pays nothing.
    assert_eq!(found.aging.total(), 10_000);
}

#[test]
fn the_latest_word_of_a_dispute_rules_what_is_shown_apart() {
    let mut f = Feeder::new(TODAY);
    for event in [invoice("I1", 60, 30, "600"), invoice("I2", 50, 20, "400"), paid("I2", 5, "300")] {
        f.feed(0, &event);
    }
    let word = |id: &str, days: i64, data: &Value| event(id, "invoice.disputed", &days_ago(days), data);
    f.feed(0, &word("d1", 10, &json!({"invoice_no": "I1", "amount": usd("250"), "reason": "Two pallets."})));
    let found = seen(&f);
    assert_eq!((found.disputed, found.aging.total()), (25_000, 70_000));
    close(found.disputed_share(), 0.25);
    // Without an amount all that is open is disputed, and never more than that.
    f.feed(0, &word("d2", 4, &json!({"invoice_no": "I2"})));
    assert_eq!(seen(&f).disputed, 35_000);
    close(seen(&f).disputed_share(), 0.65);
    let history = f.living.credit_history(0, None).expect("known");
    close(history.disputed_share, 0.5);
    // Nothing of it is disputed any more; that it was stays.
    f.feed(0, &word("d3", 2, &json!({"invoice_no": "I1", "amount": usd("0")})));
    assert_eq!(seen(&f).disputed, 10_000);
    close(seen(&f).disputed_share(), 0.65);
    assert_eq!(PaymentBehaviour::default().disputed_share(), None);
}

proptest! {
    #[test]
    fn a_portfolio_is_the_sum_of_its_accounts(
        rows in proptest::collection::vec((0_u32..3, 1_i64..390, 0_i64..60, 1_u32..100_000, 0_i64..90), 1..12),
    ) {
        let (mut apart, mut together) = (Feeder::new(TODAY), Feeder::new(TODAY));
        for (place, (row, issued, terms, amount, after)) in rows.iter().enumerate() {
            let (no, amount) = (format!("I{place}"), format!("{amount}.00"));
            let mut events = vec![invoice(&no, *issued, issued - terms, &amount)];
            if *after <= *issued {
                events.push(paid(&no, issued - after, &amount));
            }
            for event in events {
                apart.feed(*row, &event);
                together.feed(0, &event);
            }
        }
        let mut sum = PaymentBehaviour::default();
        for row in 0..3 {
            sum.add(&apart.living.payment_behaviour(row, None).unwrap_or_default());
        }
        let whole = seen(&together);
        prop_assert_eq!(&sum, &whole);
        // Days delinquent are what the DSO is above the best possible, and never less than nothing.
        if let (Some(dso), Some(best), Some(late)) = (whole.dso(), whole.dso_best_possible(), whole.days_delinquent()) {
            prop_assert!((dso - best - late).abs() < 1e-9 && late >= 0.0);
        } else {
            prop_assert_eq!(whole.sales_90d.max(0), 0);
        }
        if let Some(effectiveness) = whole.period.effectiveness() {
            prop_assert!((0.0..=100.0).contains(&effectiveness));
        }
    }
}
