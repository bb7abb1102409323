//! How old exposure is, how right limits and decisions were, and extracts that come by themselves.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use kith_api::request::CreditSourcesSave;
use kith_api::view::CreditAccuracyView;
use kith_domain::account::{Command as AccountCommand, LimitGround};
use kith_domain::approval::{Command as ChangeCommand, Word};
use kith_domain::command::Command;
use kith_domain::credit::Decision;
use kith_domain::policy::{Command as PolicyCommand, Pack, Policy};
use kith_domain::value::{AccountId, Money};
use serde_json::{Value, json};

use super::{House, on_each, on_each_at};
use crate::heard::of_touchpoints;
use crate::noun::{POLICY, load};
use crate::{Answer, Caller, CreditAsk, ReserveAsk};

fn usd(minor: i64) -> Money {
    Money::new(minor, "USD".parse().unwrap())
}

fn event(id: &str, erp: &str, kind: &str, at: &str, data: &Value) -> Value {
    json!({"specversion": "1.0", "id": id, "source": "erp", "type": format!("io.kith.{kind}"),
        "time": at, "subject": format!("external:erp:{erp}"), "data": data})
}

fn invoice(number: &str, amount: &str, at: &str) -> Value {
    let data = json!({"invoice_no": number, "entity": "US", "amount": {"amount": amount, "currency": "USD"},
        "issued_on": "2026-11-20", "due_on": "2027-01-01"});
    event(number, "1", "invoice.posted", at, &data)
}

/// Has a change of the policy approved.
async fn agree(house: &House, command: Command) {
    match house.answer(&house.admin, command).await {
        Answer::Waiting(change) => {
            for person in [&house.controller, &house.cfo] {
                let word = ChangeCommand::Approve(Word::default());
                let answer = house.decide(person, &change, word).await;
                assert!(!matches!(answer, Answer::Refused(_)), "{answer:?}");
            }
        }
        other => panic!("{other:?}"),
    }
}

async fn register(house: &House, sources: &[&str], extracts: bool) {
    let sources = sources.iter().map(|source| (*source).to_owned()).collect();
    let asked = CreditSourcesSave { sources, extracts, reason: None };
    agree(house, house.engine.credit_sources_command(&house.admin, "US", asked).await.unwrap().unwrap())
        .await;
}

async fn check(house: &House, minor: i64) -> Decision {
    let ask = CreditAsk::new("external:erp:1", "US".parse().unwrap(), usd(minor));
    house.engine.credit_check(&house.admin, ask).await.unwrap().unwrap()
}

fn codes(decision: &Decision) -> Vec<&str> {
    decision.reasons.iter().map(|reason| reason.code.as_str()).collect()
}

#[test]
fn exposure_is_as_old_as_its_most_silent_source() {
    on_each(|house| async move {
        house.account("Acme", "1", json!({"credit_limit": {"amount": "1000", "currency": "USD"}})).await;
        assert_eq!(check(&house, 100).await.outcome.as_str(), "approve");
        register(&house, &["erp"], false).await;
        // Never heard: nothing is known, so nothing is decided on it.
        let decision = check(&house, 100).await;
        assert_eq!((decision.outcome.as_str(), codes(&decision)), ("hold", vec!["data_stale"]));
        house.ingest(&[invoice("I-1", "10", "2026-11-20T09:00:00Z")]).await;
        assert_eq!(check(&house, 100).await.outcome.as_str(), "approve");
        // Of two sources the one counts that is silent for longer.
        let now = house.engine.now();
        for (source, hours, outcome) in [("wms", 25, "approve_with_warning"), ("pos", 73, "hold")] {
            let at = now - SignedDuration::from_hours(hours);
            let heard = of_touchpoints(source);
            let noted = house.engine.store().write(move |unit| unit.note_heard(&heard, at.as_millisecond()));
            noted.await.unwrap();
            register(&house, &["erp", source], false).await;
            let decision = check(&house, 100).await;
            assert_eq!(decision.outcome.as_str(), outcome, "{decision:?}");
            assert!(codes(&decision).contains(&"data_stale"));
            assert_eq!(decision.data_as_of.as_second(), at.as_second());
        }
        let told = house.engine.credit_sources(&house.admin).await.unwrap().unwrap().items;
        assert_eq!((told[0].state.as_str(), told[1].state.as_str()), ("too_old", "fed_by_hand"));
        // An extract speaks for all of them.
        register(&house, &["erp", "pos"], true).await;
        let extract = "account,entity,open_ar\nexternal:erp:1,US,10.00\n";
        let view = house.engine.reconcile_credit(&house.admin, extract.into(), false).await.unwrap().unwrap();
        assert_eq!((view.compared, view.agree), (1, 1));
        assert_eq!(check(&house, 100).await.outcome.as_str(), "approve");
    });
}

async fn measure(house: &House) -> CreditAccuracyView {
    house.engine.measure_credit().await.unwrap();
    house.engine.credit_accuracy(&house.admin).await.unwrap().unwrap()
}

async fn follow_limits(house: &House) {
    let mut rules =
        house.engine.store().read(|reader| load::<Policy>(reader, POLICY)).await.unwrap().state.rules;
    rules.packs.insert(Pack::DynamicLimits);
    agree(house, Command::Policy(PolicyCommand::Set { rules: Box::new(rules) })).await;
}

fn cut(id: AccountId, from: i64, to: i64) -> Command {
    let ground = LimitGround {
        formula: "planted".into(),
        currency: usd(0).currency,
        need_minor: 0,
        target_minor: to,
        inputs: Default::default(),
        contributions: Vec::new(),
        rails: Vec::new(),
        counterfactuals: Vec::new(),
    };
    let (from, to) = (Some(usd(from)), usd(to));
    let command =
        AccountCommand::AdjustLimit { entity: None, from, to, raises: false, ground: Box::new(ground) };
    Command::Account { id, command }
}

#[test]
fn a_limit_that_nobody_decided_is_a_wrong_limit_day() {
    on_each(|house| async move {
        let limit = json!({"credit_limit": {"amount": "1000", "currency": "USD"}});
        let id = house.account("Acme", "1", limit.clone()).await;
        house.account("Other", "2", limit).await;
        let right = measure(&house).await.limits;
        assert_eq!((right.measure.numerator, right.measure.denominator), (2, 2));
        assert_eq!(right.measure.target, Some(0.985));
        follow_limits(&house).await;
        house.done(&Caller::system(), cut(id, 100_000, 60_000)).await;
        let wrong = measure(&house).await.limits;
        assert_eq!((wrong.measure.numerator, wrong.measure.denominator), (1, 2));
        assert_eq!((wrong.wrong.len(), wrong.wrong[0].days), (1, 1));
        assert_eq!(wrong.wrong[0].account, id.to_string());
        assert_eq!(wrong.wrong[0].enforced.as_ref().unwrap().amount, "600.00");
        assert_eq!(wrong.wrong[0].implied.as_ref().unwrap().amount, "1000.00");
        let (low, high) = (wrong.measure.low.unwrap(), wrong.measure.high.unwrap());
        assert!(low < 0.5 && high > 0.5, "{low} {high}");
    });
}

#[test]
fn a_decision_made_before_a_late_event_is_counted_as_false() {
    on_each(|house| async move {
        house.account("Acme", "1", json!({"credit_limit": {"amount": "1000", "currency": "USD"}})).await;
        let asked = |amount: i64, key: &str| ReserveAsk {
            ask: CreditAsk::new("external:erp:1", "US".parse().unwrap(), usd(amount)),
            id: Some(key.to_owned()),
            timeout_s: None,
            key: None,
        };
        let made = house.engine.reserve(&house.admin, asked(60_000, "r-1")).await.unwrap().unwrap();
        assert!(made.goes());
        let told = measure(&house).await.decisions;
        assert_eq!((told.measure.numerator, told.measure.denominator), (1, 1));
        // An invoice that was there before, and came late.
        house.ingest(&[invoice("I-9", "500", "2026-11-20T09:00:00Z")]).await;
        let told = measure(&house).await.decisions;
        assert_eq!((told.measure.numerator, told.measure.denominator), (0, 1));
        let approve = told.confusion.iter().find(|row| row.decided == "approve").unwrap();
        assert_eq!((approve.approve, approve.hold), (0, 1));
        assert_eq!(told.false_approve.count, 1);
        assert_eq!(told.false_approve.value.as_ref().unwrap().amount, "600.00");
        assert_eq!((told.false_hold.count, told.others[0].id.as_str()), (0, "r-1"));
        assert_eq!(told.others[0].reasons, ["over_limit"]);
        // What was held for it was held rightly.
        let held = house.engine.reserve(&house.admin, asked(10_000, "r-2")).await.unwrap().unwrap();
        assert!(!held.goes());
        let told = measure(&house).await.decisions;
        assert_eq!((told.measure.numerator, told.measure.denominator), (1, 2));
    });
}

/// Decisions of one sitting share their time: the ledger's order tells which of them stood before which.
#[test]
fn decisions_of_one_moment_are_replayed_in_the_order_of_the_ledger() {
    on_each(|house| async move {
        house.account("Acme", "1", json!({"credit_limit": {"amount": "1000", "currency": "USD"}})).await;
        let mut asked = 0;
        let mut shared = false;
        while !shared && asked < 400 {
            let mut crowd = tokio::task::JoinSet::new();
            for nth in asked..asked + 20 {
                let (engine, caller) = (house.engine.clone(), house.admin.clone());
                crowd.spawn(async move {
                    let ask = CreditAsk::new("external:erp:1", "US".parse().unwrap(), usd(9_000));
                    let ask = ReserveAsk { ask, id: Some(format!("r-{nth}")), timeout_s: None, key: None };
                    engine.reserve(&caller, ask).await.unwrap().unwrap()
                });
            }
            asked += 20;
            let mut times = Vec::new();
            while let Some(reserved) = crowd.join_next().await {
                times.extend(reserved.unwrap().reservation.decided_at);
            }
            let all = times.len();
            times.sort_unstable();
            times.dedup();
            shared = times.len() < all;
        }
        assert!(shared, "no two were decided in one sitting");
        let told = measure(&house).await.decisions;
        assert_eq!((told.measure.numerator, told.measure.denominator), (asked, asked), "{told:?}");
    });
}

/// D§3.9, third measure: of four limits that were active 120 days ago one held a good order back, one let too much go.
#[test]
fn a_limit_fitted_unless_it_held_a_good_order_or_more_than_the_need_went_unpaid() {
    on_each_at("2026-11-22", "2026-05-04T10:00:00Z", |house| async move {
        let limit = |amount: &str| json!({"credit_limit": {"amount": amount, "currency": "USD"}});
        for (erp, amount) in [("1", "1000"), ("2", "1000"), ("3", "50000"), ("4", "1000")] {
            house.account(&format!("Customer {erp}"), erp, limit(amount)).await;
        }
        house.engine.move_clock("2026-06-01T10:00:00Z".parse().unwrap());
        for (erp, order) in [("1", "SO-1"), ("2", "SO-2")] {
            let mut ask = CreditAsk::new(format!("external:erp:{erp}"), "US".parse().unwrap(), usd(150_000));
            ask.order_no = Some(order.to_owned());
            let ask = ReserveAsk { ask, id: None, timeout_s: None, key: None };
            let held = house.engine.reserve(&house.admin, ask).await.unwrap().unwrap();
            assert_eq!(held.reservation.decision.unwrap().outcome.as_str(), "hold");
        }
        house.engine.move_clock("2026-11-22T10:00:00Z".parse().unwrap());
        let money = |amount: &str| json!({"amount": amount, "currency": "USD"});
        let issued = |erp: &str, number: &str, amount: &str, order: Option<&str>| {
            let mut data = json!({"invoice_no": number, "entity": "US", "amount": money(amount),
                "issued_on": "2026-06-15", "due_on": "2026-07-15"});
            if let Some(order) = order {
                data["order_no"] = json!(order);
            }
            event(number, erp, "invoice.posted", "2026-06-15T09:00:00Z", &data)
        };
        let paid = |erp: &str, number: &str, amount: &str, day: &str| {
            let data = json!({"payment_no": format!("P-{number}"), "entity": "US", "amount": money(amount), "received_on": day,
                "allocations": [{"invoice_no": number, "amount": money(amount)}]});
            event(&format!("P-{number}"), erp, "payment.received", &format!("{day}T09:00:00Z"), &data)
        };
        house
            .ingest(&[
                issued("1", "I-1", "1500", Some("SO-1")),
                paid("1", "I-1", "1500", "2026-07-30"),
                issued("2", "I-2", "1500", Some("SO-2")),
                paid("2", "I-2", "1500", "2026-07-31"),
                issued("3", "I-3", "40000", None),
                issued("4", "I-4", "500", None),
                paid("4", "I-4", "500", "2026-07-10"),
            ])
            .await;
        let told = measure(&house).await.adequacy;
        assert_eq!(
            (told.too_tight, told.too_loose),
            (1, 1),
            "15 days late is well paid, 16 is not: {told:?}"
        );
        assert_eq!((told.measure.numerator, told.measure.denominator), (2, 4));
        assert_eq!(told.measure.target, None, "it is reported only");
    });
}

#[test]
fn an_extract_in_the_folder_is_compared_healed_and_filed() {
    on_each(|house| async move {
        let id =
            house.account("Acme", "1", json!({"credit_limit": {"amount": "1000", "currency": "USD"}})).await;
        house.account("Other", "2", json!({})).await;
        house.ingest(&[invoice("I-1", "10", "2026-11-01T09:00:00Z")]).await;
        register(&house, &[], true).await;
        assert_eq!(check(&house, 100).await.outcome.as_str(), "hold", "no extract came yet");
        let folder = house.engine.store().location().dir().join("extracts").join("US");
        std::fs::create_dir_all(&folder).unwrap();
        let text = "account,entity,open_ar\nexternal:erp:1,US,10.00\nexternal:erp:2,US,75.00\nnobody,US,1\n";
        std::fs::write(folder.join("ar.csv"), text).unwrap();
        std::fs::write(folder.join("broken.csv"), "a,b\n1,2\n").unwrap();
        // Once to see it, once to find that it stood still.
        house.engine.look_into_extracts().await.unwrap();
        house.engine.look_into_extracts().await.unwrap();
        let left: BTreeSet<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(left, BTreeSet::from(["done".to_owned(), "failed".to_owned()]));
        let filed = house.engine.reconciliations(&house.admin, 10, None).await.unwrap().unwrap().items;
        assert_eq!(filed.len(), 1);
        assert_eq!((filed[0].rows, filed[0].agree, filed[0].open, filed[0].healed), (3, 1, 1, 0));
        assert_eq!((filed[0].breaks[0].cause.as_str(), filed[0].faults.len()), ("missing_event", 1));
        assert_eq!(check(&house, 100).await.outcome.as_str(), "approve");
        assert_eq!(house.engine.account_name(&id.to_string()).as_deref(), Some("Acme"));
    });
}
