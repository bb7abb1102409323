//! Values of metrics from events, as a person would work them out.

use serde_json::json;

use crate::testing::{Feeder, TODAY, date, days_ago, event, order, usd};

fn feeder() -> Feeder {
    Feeder::new(TODAY)
}

#[track_caller]
fn close(found: Option<f64>, wanted: f64) {
    let found = found.expect("a value");
    assert!((found - wanted).abs() < 1e-4, "{found} is not {wanted}");
}

#[test]
fn orders_count_by_window_and_cancelled_ones_do_not() {
    let mut f = feeder();
    for (id, days) in [("O1", 0), ("O2", 29), ("O3", 30), ("O4", 89), ("O5", 364), ("O6", 365)] {
        f.feed(0, &order(id, days));
    }
    f.feed(0, &event("c", "order.cancelled", &days_ago(1), &json!({"order_no": "O4"})));
    f.feed(0, &event("a", "order.amended", &days_ago(1), &json!({"order_no": "O2", "value": usd("250.50")})));
    assert_eq!(f.number("orders_30d"), Some(2.0));
    assert_eq!(f.number("orders_90d"), Some(3.0));
    assert_eq!(f.number("orders_365d"), Some(4.0));
    assert_eq!(f.number("order_value_30d"), Some(35_050.0));
    assert_eq!(f.number("days_since_last_order"), Some(0.0));
    assert_eq!(f.number("first_order_on"), Some(f64::from(TODAY - 365)));
    assert_eq!(f.number("order_gap_days_90d"), Some(15.0));
}

#[test]
fn a_customer_who_stops_ordering_becomes_declining_by_ticks_alone() {
    let mut f = Feeder::new(TODAY - 91);
    for week in 0..40 {
        f.feed(0, &order(&format!("O{week}"), 91 + week * 7));
    }
    assert_eq!(f.label("order_trend_label_90d"), Some("flat"));
    let before = f.number("health").expect("health");
    for day in (TODAY - 90)..=(TODAY - 35) {
        f.living.tick(day);
    }
    assert_eq!(f.label("order_trend_label_90d"), Some("declining"));
    assert_eq!(f.label("order_trend_label_30d"), Some("declining"));
    assert_eq!(f.number("days_since_last_order"), Some(56.0));
    assert!(f.number("health").expect("health") < before - 20.0);
}

#[test]
fn deliveries_are_judged_by_their_promise() {
    let mut f = feeder();
    let delivered = |no: &str, at: &str, by: &str, full: bool| {
        event(
            &format!("d{no}"),
            "order.delivered",
            &days_ago(0),
            &json!({"order_no": no, "delivered_at": at, "promised_by": by, "in_full": full}),
        )
    };
    f.feed(0, &delivered("1", "2026-11-10T10:00:00Z", "2026-11-10T12:00:00Z", true));
    f.feed(0, &delivered("2", "2026-11-10T13:00:00Z", "2026-11-10T12:00:00Z", true));
    f.feed(0, &delivered("3", "2026-11-10T10:00:00Z", "2026-11-12", false));
    // Requested a week ago and not there: late.
    f.feed(
        0,
        &event(
            "o4",
            "order.placed",
            &days_ago(20),
            &json!({"order_no": "4", "entity": "US", "value": usd("1.00"), "requested_delivery": date(7)}),
        ),
    );
    close(f.number("on_time_30d"), 0.5);
    close(f.number("in_full_30d"), 2.0 / 3.0);
    close(f.number("otif_30d"), 0.25);
    assert_eq!(f.number("deliveries_30d"), Some(3.0));
    // It arrives after all, without a promise of its own: the order's request judges it.
    f.feed(
        0,
        &event("d4", "order.delivered", &days_ago(0), &json!({"order_no": "4", "delivered_at": days_ago(6)})),
    );
    close(f.number("on_time_30d"), 0.5);
    assert_eq!(f.number("deliveries_30d"), Some(4.0));
}

#[test]
fn service_issues_are_grave_exceptions_claims_complaints_and_urgent_inquiries() {
    let mut f = feeder();
    let exception = |no: &str, severity: &str| {
        event(
            no,
            "exception.detected",
            &days_ago(3),
            &json!({"exception_no": no, "kind": "delay", "severity": severity}),
        )
    };
    let inquiry = |no: &str, intent: &str, priority: &str| {
        event(
            no,
            "inquiry.received",
            &days_ago(3),
            &json!({"inquiry_no": no, "intent": intent, "priority": priority}),
        )
    };
    for event in [
        exception("e1", "low"),
        exception("e2", "medium"),
        exception("e3", "critical"),
        inquiry("i1", "complaint", "P4"),
        inquiry("i2", "order_status", "P2"),
        inquiry("i3", "order_status", "P3"),
    ] {
        f.feed(0, &event);
    }
    f.feed(
        0,
        &event(
            "c1",
            "claim.filed",
            &days_ago(2),
            &json!({"claim_no": "c1", "kind": "damage", "amount": usd("80.00")}),
        ),
    );
    assert_eq!(f.number("service_issues_30d"), Some(5.0));
    assert_eq!(f.number("exceptions_30d"), Some(3.0));
    assert_eq!(f.number("complaints_30d"), Some(1.0));
    assert_eq!(f.number("inquiries_30d"), Some(3.0));
    assert_eq!(f.number("claim_value_30d"), Some(8_000.0));
}

#[test]
fn days_beyond_terms_are_those_of_the_reference() {
    // D§3.4: (1000, due 1 Mar, paid 11 Mar), (3000, due 5 Mar, paid 3 Mar): 2.5, signed 1.0, on time 50 % and 75 %.
    let mut f = Feeder::new(20_530); // 2026-03-18
    let invoice = |no: &str, amount: &str, due: &str| {
        event(
            no,
            "invoice.posted",
            "2026-02-01T12:00:00Z",
            &json!({"invoice_no": no, "entity": "US", "amount": usd(amount), "issued_on": "2026-02-01", "due_on": due}),
        )
    };
    let payment = |no: &str, of: &str, amount: &str, on: &str| {
        event(
            no,
            "payment.received",
            &format!("{on}T12:00:00Z"),
            &json!({"payment_no": no, "entity": "US", "amount": usd(amount), "received_on": on, "allocations": [{"invoice_no": of, "amount": usd(amount)}]}),
        )
    };
    f.feed(0, &invoice("I1", "1000.00", "2026-03-01"));
    f.feed(0, &invoice("I2", "3000.00", "2026-03-05"));
    f.feed(0, &payment("P1", "I1", "1000.00", "2026-03-11"));
    f.feed(0, &payment("P2", "I2", "3000.00", "2026-03-03"));
    close(f.number("days_beyond_terms_365d"), 2.5);
    close(f.number("paid_on_time_365d"), 0.5);
    close(f.number("days_to_pay_365d"), (38.0 * 1000.0 + 30.0 * 3000.0) / 4000.0);
    close(f.number("weighted_terms_days_365d"), (28.0 * 1000.0 + 32.0 * 3000.0) / 4000.0);
    let explained = f.living.explain(0, "days_beyond_terms_365d").expect("known");
    close(explained.components[0].value, 1.0);
    close(explained.components[1].value, 0.75);
    assert_eq!(explained.sample_size, 2);
    assert!(explained.insufficient, "three invoices are wanted");
}

#[test]
fn balances_follow_payments_credit_notes_and_returns() {
    let mut f = feeder();
    let invoice = event(
        "I1",
        "invoice.posted",
        &days_ago(60),
        &json!({"invoice_no": "I1", "entity": "US", "amount": usd("1000.00"), "issued_on": date(60), "due_on": date(30)}),
    );
    let payment = event(
        "P1",
        "payment.received",
        &days_ago(10),
        &json!({"payment_no": "P1", "entity": "US", "amount": usd("700.00"), "received_on": date(10), "allocations": [{"invoice_no": "I1", "amount": usd("600.00")}]}),
    );
    // The payment comes before the invoice it pays.
    f.feed(0, &payment);
    assert_eq!(f.number("unapplied_cash"), Some(70_000.0));
    f.feed(0, &invoice);
    assert_eq!(f.number("open_balance"), Some(40_000.0));
    assert_eq!(f.number("overdue_balance"), Some(40_000.0));
    assert_eq!(f.number("oldest_overdue_days"), Some(30.0));
    assert_eq!(f.number("unapplied_cash"), Some(10_000.0));
    let note = json!({"credit_note_no": "K1", "entity": "US", "invoice_no": "I1", "amount": usd("500.00")});
    f.feed(0, &event("K1", "credit_note.posted", &days_ago(5), &note));
    assert_eq!(f.number("open_balance"), Some(0.0));
    assert_eq!(f.number("oldest_overdue_days"), Some(0.0));
    assert_eq!(f.number("unapplied_cash"), Some(20_000.0), "100 were free, and 100 are now too much");
    assert_eq!(f.number("revenue_90d"), Some(50_000.0));
    f.feed(0, &event("R1", "payment.returned", &days_ago(1), &json!({"payment_no": "P1"})));
    assert_eq!(f.number("open_balance"), Some(50_000.0));
    assert_eq!(f.number("unapplied_cash"), Some(0.0));
}

#[test]
fn foreign_money_is_converted_and_unknown_without_a_rate() {
    let mut f = feeder();
    let order = |id: &str, currency: &str| {
        event(
            id,
            "order.placed",
            &days_ago(1),
            &json!({"order_no": id, "entity": "EU", "value": {"amount": "100.00", "currency": currency}}),
        )
    };
    f.feed(0, &order("O1", "EUR"));
    assert_eq!(f.number("order_value_30d"), Some(11_000.0));
    let entity = f.living.explain_entity(0, "EU", "order_value_30d").expect("known");
    assert_eq!(entity.value, Some(crate::Value::Money(10_000)));
    assert_eq!(
        f.living.explain_entity(0, "US", "order_value_30d").and_then(|found| found.value),
        Some(crate::Value::Money(0))
    );
    f.feed(0, &order("O2", "CHF"));
    assert_eq!(f.number("order_value_30d"), None, "no rate for CHF: unknown, never 0");
    assert_eq!(f.number("orders_30d"), Some(2.0));
    let mut rates = crate::testing::rates();
    rates.set("CHF".parse().expect("a currency"), 1_000, 2 * crate::input::RATE_ONE);
    f.living.set_rates(rates);
    assert_eq!(f.number("order_value_30d"), Some(31_000.0));
}

#[test]
fn response_times_are_business_hours() {
    let mut f = feeder();
    let inquiry = |id: &str, verb: &str, at: &str| {
        event(id, &format!("inquiry.{verb}"), at, &json!({"inquiry_no": "T1", "intent": "order_status"}))
    };
    // Friday 17:00 in Chicago to Monday 09:00: one hour and one hour.
    f.feed(0, &inquiry("a", "received", "2026-11-13T23:00:00Z"));
    f.feed(0, &inquiry("b", "replied", "2026-11-16T15:00:00Z"));
    f.feed(0, &inquiry("c", "resolved", "2026-11-16T17:00:00Z"));
    close(f.number("first_response_hours_30d"), 2.0);
    close(f.number("resolution_hours_30d"), 4.0);
    close(f.number("first_contact_resolution_30d"), 1.0);
    f.feed(0, &inquiry("d", "reopened", "2026-11-17T15:00:00Z"));
    assert_eq!(f.number("resolution_hours_30d"), None);
    f.feed(0, &inquiry("e", "resolved", "2026-11-17T17:00:00Z"));
    close(f.number("resolution_hours_30d"), 14.0);
    close(f.number("first_contact_resolution_30d"), 0.0);
}

#[test]
fn quotes_surveys_and_the_portal() {
    let mut f = feeder();
    let quote = |id: &str, verb: &str, no: &str, at: &str| {
        event(id, &format!("quote.{verb}"), at, &json!({"quote_no": no}))
    };
    f.feed(0, &quote("q1", "requested", "1", "2026-11-10T10:00:00Z"));
    f.feed(0, &quote("q2", "sent", "1", "2026-11-10T13:00:00Z"));
    f.feed(0, &quote("q3", "won", "1", "2026-11-11T13:00:00Z"));
    f.feed(0, &quote("q4", "lost", "2", "2026-11-11T13:00:00Z"));
    f.feed(0, &quote("q5", "expired", "3", "2026-11-11T13:00:00Z"));
    close(f.number("win_rate_90d"), 1.0 / 3.0);
    close(f.number("quote_response_hours_90d"), 3.0);
    close(f.number("quote_decision_hours_90d"), 24.0);
    let answer = |id: &str, score: u8, who: &str, days: i64| {
        event(
            id,
            "survey.responded",
            &days_ago(days),
            &json!({"kind": "nps", "score": score, "respondent": who}),
        )
    };
    for event in [
        answer("s1", 2, "ann", 9),
        answer("s2", 10, "ann", 3),
        answer("s3", 6, "bob", 3),
        answer("s4", 8, "cy", 3),
        answer("s5", 9, "di", 3),
    ] {
        f.feed(0, &event);
    }
    close(f.number("nps_365d"), 25.0);
    assert_eq!(f.number("survey_responses_365d"), Some(5.0));
    assert_eq!(f.number("csat_365d"), None);
    for (id, user, days) in [("p1", "x", 1), ("p2", "y", 2), ("p3", "x", 40)] {
        f.feed(0, &event(id, "portal.login", &days_ago(days), &json!({"user": user})));
    }
    assert_eq!(
        (f.number("portal_logins_30d"), f.number("portal_users_90d"), f.number("portal_logins_90d")),
        (Some(2.0), Some(2.0), Some(3.0))
    );
    assert_eq!(f.number("days_since_portal"), Some(1.0));
}

#[test]
fn revenue_by_lane_follows_invoice_to_order() {
    let mut f = feeder();
    let placed = |no: &str, lane: &str| {
        event(
            no,
            "order.placed",
            &days_ago(20),
            &json!({"order_no": no, "entity": "US", "value": usd("1.00"), "lane": lane}),
        )
    };
    let invoice = |no: &str, order: &str, amount: &str| {
        event(
            no,
            "invoice.posted",
            &days_ago(9),
            &json!({"invoice_no": no, "entity": "US", "order_no": order, "amount": usd(amount), "issued_on": date(9), "due_on": date(1)}),
        )
    };
    f.feed(0, &invoice("I1", "O1", "300.00"));
    f.feed(0, &invoice("I2", "O2", "500.00"));
    f.feed(0, &invoice("I3", "gone", "7.00"));
    let first = placed("O1", "CHI-DAL");
    let text = first.to_string();
    let touchpoint = crate::read(text.as_bytes(), 0, &f.context).expect("recognised");
    let (lane, name) = crate::lane(&touchpoint, &f.context).expect("a lane");
    f.living.name_lane(lane, name);
    f.feed(0, &first);
    f.feed(0, &placed("O2", "CHI-NYC"));
    let note = json!({"credit_note_no": "K1", "entity": "US", "invoice_no": "I2", "amount": usd("400.00")});
    f.feed(0, &event("K1", "credit_note.posted", &days_ago(5), &note));
    let lanes = f.living.revenue_by_lane(0, 90).expect("known rates");
    let rows: Vec<(Option<&str>, i64)> =
        lanes.iter().map(|row| (row.name.as_deref(), row.revenue.minor)).collect();
    assert_eq!(rows, [(Some("CHI-DAL"), 30_000), (None, 10_000), (None, 700)]);
    assert_eq!(lanes[2].lane, 0);
}

#[test]
fn evidence_is_the_latest_twenty_and_the_count() {
    let mut f = feeder();
    for n in 0..30 {
        f.feed(0, &order(&format!("O{n:02}"), 29 - n));
    }
    let explained = f.living.explain(0, "orders_30d").expect("known");
    assert_eq!(explained.evidence_count, 30);
    assert_eq!(explained.evidence, (10..30).rev().collect::<Vec<u32>>());
    assert_eq!((explained.sample_size, explained.insufficient), (30, false));
    assert_eq!((explained.formula, explained.window), ("order_volume@1", Some(30)));
    assert!(f.living.explain(0, "no_such_metric").is_none());
}

#[test]
fn master_inputs_move_health() {
    let mut f = feeder();
    f.feed(0, &order("O1", 3));
    let before = f.number("health").expect("health");
    f.living.ensure(0, crate::MasterInputs { credit_hold: true, contract_ends: None });
    close(f.number("health"), before - 10.0);
    assert!(f.living.drivers(0).expect("drivers").iter().any(|driver| driver.id == "credit_hold"));
}

#[test]
fn series_are_weekly_and_end_today() {
    let mut f = feeder();
    for (id, days) in [("O1", 0), ("O2", 6), ("O3", 7), ("O4", 20)] {
        f.feed(0, &order(id, days));
    }
    assert_eq!(f.living.series(0, "orders", 4), Some(vec![0.0, 1.0, 1.0, 2.0]));
    assert_eq!(f.living.series(0, "order_value", 2), Some(vec![100.0, 200.0]));
    assert!(f.living.series(0, "otif", 2).expect("known").iter().all(|value| value.is_nan()));
    assert_eq!(f.living.series(0, "nonsense", 2), None);
}

#[test]
fn columns_hold_the_values_of_all_rows() {
    let mut f = feeder();
    f.feed(1_500, &order("O1", 3));
    f.living.recompute_dirty();
    assert_eq!((f.living.len(), f.living.chunks()), (1_501, 2));
    let place = crate::metric_index("orders_30d").expect("known");
    let seen = f.living.with_chunk(1, |chunk| {
        let Some(crate::Column::F32(values, known)) = chunk.column(place) else { return None };
        Some((
            chunk.len(),
            values.len(),
            values[476],
            known[476 / 64] >> (476 % 64) & 1,
            known[477 / 64] >> (477 % 64) & 1,
        ))
    });
    assert_eq!(seen, Some(Some((477, 1_024, 1.0, 1, 0))));
}

#[test]
fn exposure_is_what_is_owed_and_on_order_and_every_order_is_seen() {
    let mut f = feeder();
    for (id, days) in [("O1", 1), ("O2", 20), ("O3", 61)] {
        f.feed(0, &order(id, days));
    }
    let invoice = json!({"invoice_no": "I2", "entity": "US", "order_no": "O2", "amount": usd("70.00"),
        "issued_on": "2026-11-01", "due_on": "2026-12-01"});
    f.feed(0, &event("i2", "invoice.posted", &days_ago(5), &invoice));
    let paid = json!({"payment_no": "P", "entity": "US", "amount": usd("30.00"), "received_on": "2026-11-10",
        "allocations": [{"invoice_no": "I2", "amount": usd("20.00")}]});
    f.feed(0, &event("p", "payment.received", &days_ago(3), &paid));
    let seen = f.living.spending(0).expect("known");
    // 100 on order, 30 of an order not yet invoiced, 50 owed, 10 paid for nothing; O3 is too old to count.
    assert_eq!(seen.exposure, Some(17_000));
    assert_eq!(seen.orders.len(), 3);
    assert!(seen.orders.is_sorted_by_key(|order| order.at_s));
    f.feed(0, &event("c", "order.cancelled", &days_ago(0), &json!({"order_no": "O1"})));
    let seen = f.living.spending(0).expect("known");
    assert_eq!(seen.exposure, Some(7_000));
    assert!(seen.orders.last().expect("an order").cancelled);
    assert_eq!(f.living.active_since(TODAY), [0]);
    assert_eq!(f.living.spending(9), None);
}

#[test]
fn a_rise_of_inquiries_is_told_from_what_is_usual() {
    let mut f = feeder();
    let asked = |no: &str, days: u16| {
        let data = json!({"inquiry_no": no, "intent": "order_status", "channel": "email"});
        event(&format!("r{no}"), "inquiry.received", &days_ago(days.into()), &data)
    };
    // One in each of the eight weeks before: one is usual.
    for week in 1..=8 {
        f.feed(0, &asked(&format!("old{week}"), week * 7 + 1));
    }
    for no in ["a", "b"] {
        f.feed(0, &asked(no, 2));
    }
    let before = f.living.activity(0).expect("an account");
    assert_eq!((before.unread, before.week), (10, 2));
    close(Some(before.usual), 1.0);
    assert!(!before.is_rising(), "two are too few to speak of");
    f.feed(0, &asked("c", 0));
    assert!(f.living.activity(0).expect("an account").is_rising());
}

#[test]
fn an_inquiry_waits_until_the_last_word_is_ours() {
    let mut f = feeder();
    let word = |id: &str, verb: &str, days: u16| {
        event(
            id,
            &format!("inquiry.{verb}"),
            &days_ago(days.into()),
            &json!({"inquiry_no": "W1", "intent": "order_status"}),
        )
    };
    let unread = |f: &Feeder| f.living.activity(0).expect("an account").unread;
    f.feed(0, &word("a", "received", 9));
    assert_eq!(unread(&f), 1);
    f.feed(0, &word("b", "replied", 8));
    assert_eq!(unread(&f), 0);
    f.feed(0, &word("c", "reopened", 7));
    assert_eq!(unread(&f), 1);
    f.feed(0, &word("d", "resolved", 6));
    assert_eq!(unread(&f), 0);
}

#[test]
fn the_touchpoints_behind_a_value_are_listed_page_by_page() {
    let mut f = feeder();
    for day in 0..25 {
        f.feed(0, &order(&format!("P{day}"), day));
    }
    let (first, count) = f.living.touchpoints_behind(0, "orders_90d", 0, 20).expect("a metric");
    let (rest, _) = f.living.touchpoints_behind(0, "orders_90d", 20, 20).expect("a metric");
    assert_eq!((first.len(), rest.len(), count), (20, 5, 25));
    assert!(first.iter().all(|position| !rest.contains(position)));
    assert!(f.living.touchpoints_behind(0, "no_such_metric", 0, 20).is_none());
}
