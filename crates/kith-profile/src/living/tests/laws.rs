//! Laws: the profile is a function of the set of touchpoints and of the day.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::testing::{Feeder, TODAY, date, days_ago, event, usd};

const KINDS: u8 = 19;

/// An event of a kind over few documents and few moments, so that joins, ties and rivals happen.
fn made(n: usize, kind: u8, doc: u8, days: i64, source: u8) -> (&'static str, Value, Value) {
    let order_no = format!("O{}", doc % 5);
    let invoice_no = format!("I{}", doc % 4);
    let payment_no = format!("P{}", doc % 3);
    let quote_no = format!("Q{}", doc % 3);
    let inquiry_no = format!("T{}", doc % 4);
    let amount = |minor: u8| {
        if source == 0 {
            usd(&format!("{minor}.00"))
        } else {
            json!({"amount": format!("{minor}.00"), "currency": "EUR"})
        }
    };
    let entity = if doc.is_multiple_of(2) { "US" } else { "EU" };
    let (name, data) = match kind {
        0 | 1 => (
            "order.placed",
            json!({"order_no": order_no, "entity": entity, "value": amount(doc + 1), "lane": format!("L{}", doc % 2), "requested_delivery": date(days - 5)}),
        ),
        2 => ("order.placed", json!({"order_no": order_no, "entity": entity, "value": amount(doc)})),
        3 => ("order.cancelled", json!({"order_no": order_no})),
        4 => ("order.amended", json!({"order_no": order_no, "value": amount(n as u8)})),
        5 => (
            "order.delivered",
            json!({"order_no": order_no, "delivered_at": days_ago(days), "promised_by": date(days + i64::from(doc % 3) - 1), "in_full": doc.is_multiple_of(2)}),
        ),
        6 => (
            "exception.detected",
            json!({"exception_no": format!("E{doc}"), "order_no": order_no, "kind": "delay", "severity": (["low", "medium", "critical"][usize::from(doc % 3)])}),
        ),
        7 => (
            "claim.filed",
            json!({"claim_no": format!("C{doc}"), "order_no": order_no, "kind": "loss", "amount": amount(doc)}),
        ),
        8 => ("quote.requested", json!({"quote_no": quote_no})),
        9 => ("quote.sent", json!({"quote_no": quote_no})),
        10 => (if doc.is_multiple_of(2) { "quote.won" } else { "quote.lost" }, json!({"quote_no": quote_no})),
        11 => (
            "invoice.posted",
            json!({"invoice_no": invoice_no, "entity": entity, "order_no": order_no, "amount": amount(50 + doc), "issued_on": date(days), "due_on": date(days - 30)}),
        ),
        12 => (
            "credit_note.posted",
            json!({"credit_note_no": format!("K{doc}"), "entity": entity, "invoice_no": invoice_no, "amount": amount(doc)}),
        ),
        13 => (
            "payment.received",
            json!({"payment_no": payment_no, "entity": entity, "amount": amount(90), "received_on": date(days), "allocations": [{"invoice_no": invoice_no, "amount": amount(40)}, {"invoice_no": "I3", "amount": amount(45)}]}),
        ),
        14 => ("payment.returned", json!({"payment_no": payment_no})),
        15 => (
            "inquiry.received",
            json!({"inquiry_no": inquiry_no, "intent": (["complaint", "order_status"][usize::from(doc % 2)]), "priority": "P2"}),
        ),
        16 => (
            (["inquiry.replied", "inquiry.resolved", "inquiry.reopened"])[usize::from(doc % 3)],
            json!({"inquiry_no": inquiry_no}),
        ),
        17 => (
            "survey.responded",
            json!({"kind": "nps", "score": doc % 11, "respondent": format!("r{}", doc % 3)}),
        ),
        _ => ("portal.login", json!({"user": format!("u{}", doc % 3)})),
    };
    (name, data, json!(["/erp", "/crm"][usize::from(source)]))
}

#[derive(Debug, Clone)]
struct Step {
    row: u32,
    event: Value,
}

/// Kind, document, age in days, source, row, and what it corrects (`true`: withdraws).
type Row = (u8, u8, i64, u8, u32, Option<(usize, bool)>);

fn steps(most: usize, far: i64) -> impl Strategy<Value = Vec<Step>> {
    let one = (
        0..KINDS,
        0..10_u8,
        0..far,
        0..2_u8,
        0..3_u32,
        prop::option::weighted(0.25, (0..most, prop::bool::weighted(0.4))),
    );
    prop::collection::vec(one, 1..most).prop_map(|rows| {
        let step = |(n, row): (usize, Row)| {
            let (kind, doc, days, source, row, corrects) = row;
            // Few moments: every tenth day.
            let days = days / 10 * 10;
            let (name, data, source) = made(n, kind, doc, days, source);
            let mut event = event(&format!("e{n}"), name, &days_ago(days), &data);
            event["source"] = source;
            if let Some((target, retracts)) = corrects {
                let member = if retracts { "retracts" } else { "supersedes" };
                event[member] = json!(format!("e{target}"));
            }
            Step { row, event }
        };
        rows.into_iter().enumerate().map(step).collect()
    })
}

fn feed_all(feeder: &mut Feeder, steps: &[Step]) {
    for step in steps {
        feeder.feed(step.row, &step.event);
    }
}

/// A profile with three rows, on a day.
fn profile(day: u16) -> Feeder {
    let feeder = Feeder::new(day);
    feeder.living.ensure(2, crate::MasterInputs::default());
    feeder
}

/// The same meaning, told line by line where it is not.
fn same(one: &Feeder, other: &Feeder) -> Result<(), TestCaseError> {
    if one.digest() == other.digest() {
        return Ok(());
    }
    let (one, other) = (one.told(), other.told());
    let differ: Vec<_> = one.iter().filter(|line| !other.contains(line)).collect();
    let differs: Vec<_> = other.iter().filter(|line| !one.contains(line)).collect();
    Err(TestCaseError::fail(format!("{differ:#?}\nagainst\n{differs:#?}")))
}

fn shuffled<T: Clone>(items: &[T], swaps: &[(usize, usize)]) -> Vec<T> {
    let mut items = items.to_vec();
    for (one, other) in swaps {
        let len = items.len();
        items.swap(one % len, other % len);
    }
    items
}

fn swaps() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..100_usize, 0..100_usize), 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 2, ..ProptestConfig::default() })]

    #[test]
    fn any_order_and_any_doubling_give_the_same_digest(steps in steps(40, 500), swaps in swaps(), doubled in 0..10_usize) {
        let mut straight = profile(TODAY);
        feed_all(&mut straight, &steps);
        let mut other = profile(TODAY);
        let mut mixed = shuffled(&steps, &swaps);
        mixed.extend_from_within(..doubled.min(steps.len()));
        feed_all(&mut other, &mixed);
        same(&straight, &other)?;
    }

    #[test]
    fn folding_on_from_day_to_day_equals_folding_all_on_the_last_day(
        steps in steps(40, 900), swaps in swaps(), pauses in prop::collection::vec(0..6_usize, 40),
    ) {
        let mut whole = profile(TODAY);
        feed_all(&mut whole, &steps);
        // The same in another order, with days closed and metrics computed in between.
        let mut live = profile(TODAY - 300);
        for (step, pause) in shuffled(&steps, &swaps).iter().zip(&pauses) {
            live.feed(step.row, &step.event);
            match pause {
                0 => live.living.tick(live.living.day() + 40.min(TODAY - live.living.day())),
                1 => drop(live.living.recompute_dirty()),
                _ => {}
            }
        }
        live.living.tick(TODAY);
        same(&whole, &live)?;
    }

    #[test]
    fn taking_out_is_the_inverse_of_putting_in(steps in steps(25, 380), extra in steps(6, 380)) {
        let mut feeder = profile(TODAY);
        let plain = |steps: &[Step]| -> Vec<Step> {
            steps.iter().filter(|step| step.event["supersedes"].is_null() && step.event["retracts"].is_null()).cloned().collect()
        };
        feed_all(&mut feeder, &plain(&steps));
        let before = feeder.digest();
        let from = feeder.position();
        let extra: Vec<Step> = plain(&extra).into_iter().map(|mut step| {
            step.event["id"] = json!(format!("x{}", step.event["id"]));
            step
        }).collect();
        feed_all(&mut feeder, &extra);
        feeder.living.recompute_dirty();
        for (seq, step) in extra.iter().enumerate() {
            let _ = feeder.living.remove(step.row, (from + seq) as u32);
        }
        prop_assert_eq!(before, feeder.digest());
    }

    #[test]
    fn a_checkpoint_and_its_tail_equal_the_live_profile(steps in steps(40, 600), cut in 0..40_usize) {
        let mut live = profile(TODAY);
        let cut = cut.min(steps.len());
        feed_all(&mut live, &steps[..cut]);
        live.living.recompute_dirty();
        let position = live.position();
        let saved = live.living.save_chunk(0, 7, position as u64).expect("clean");
        feed_all(&mut live, &steps[cut..]);
        let (wanted, told) = (live.digest(), live.told());
        live.replace(TODAY);
        let header = live.living.load_chunk(&saved).expect("sound");
        prop_assert_eq!((header.chunk, header.epoch, header.position, header.recompute), (0, 7, position as u64, false));
        // The tail may correct what the checkpoint holds: such accounts are read again from the log.
        for row in 0..3 {
            live.refold(row);
        }
        prop_assert_eq!(told, live.told());
        prop_assert_eq!(wanted, live.digest());
    }

    #[test]
    fn a_checkpoint_of_the_end_is_the_profile(steps in steps(30, 600)) {
        let mut live = profile(TODAY);
        feed_all(&mut live, &steps);
        let wanted = live.digest();
        let saved = live.living.save_chunk(0, 1, 1).expect("clean");
        live.replace(TODAY);
        live.living.load_chunk(&saved).expect("sound");
        prop_assert_eq!(live.living.recompute_dirty(), Vec::<u32>::new());
        prop_assert_eq!(wanted, live.living.digest());
        // A later day computes everything again, and alike.
        live.living.tick(TODAY + 3);
        let later = live.digest();
        let mut fresh = profile(TODAY + 3);
        feed_all(&mut fresh, &steps);
        prop_assert_eq!(later, fresh.digest());
    }

    #[test]
    fn explanations_tell_the_values_of_the_columns_and_drivers_add_up(steps in steps(40, 500)) {
        let mut feeder = profile(TODAY);
        feed_all(&mut feeder, &steps);
        feeder.living.recompute_dirty();
        for row in 0..3 {
            for (place, metric) in crate::catalogue().iter().enumerate() {
                let explained = feeder.living.explain(row, &metric.id).expect("known");
                prop_assert_eq!(explained.value, feeder.living.value(row, place), "{}", metric.id);
                prop_assert!(explained.evidence.len() <= 20 && explained.evidence.len() <= explained.evidence_count as usize);
                prop_assert!((0.0..=1.0).contains(&explained.confidence));
            }
            let place = crate::metric_index("health").expect("known");
            let health = feeder.living.value(row, place);
            let drivers = feeder.living.drivers(row);
            prop_assert_eq!(health.is_some(), drivers.is_some());
            if let (Some(crate::Value::Number(health)), Some(drivers)) = (health, drivers) {
                let raw = 50_000 + drivers.iter().map(|driver| driver.contribution_milli).sum::<i32>();
                prop_assert_eq!(health, raw.clamp(0, 100_000) as f32 / 1_000.0);
            }
        }
    }
}

#[test]
fn a_damaged_checkpoint_is_refused() {
    let mut feeder = profile(TODAY);
    feeder.feed(0, &crate::testing::order("O1", 3));
    feeder.living.recompute_dirty();
    let mut saved = feeder.living.save_chunk(0, 1, 1).expect("clean");
    assert_eq!(feeder.living.load_chunk(b"no"), Err(crate::LoadError::Format));
    let middle = saved.len() / 2;
    saved[middle] ^= 1;
    assert_eq!(feeder.living.load_chunk(&saved), Err(crate::LoadError::Digest));
    assert_eq!(feeder.number("orders_30d"), Some(1.0));
}

#[test]
fn dirty_rows_are_not_saved() {
    let mut feeder = profile(TODAY);
    feeder.feed(0, &crate::testing::order("O1", 3));
    assert!(feeder.living.save_chunk(0, 1, 1).is_none());
}
