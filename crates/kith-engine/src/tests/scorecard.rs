//! A scorecard outlives a restart, scores by itself, and is learned from the accounts' own history.

use std::fmt::Write as _;

use kith_domain::approval::{Change, Command as ChangeCommand, Word};
use kith_domain::command::Command;
use kith_domain::risk::{BureauReport, BureauScale, Command as RiskCommand};
use kith_domain::value::AccountId;
use serde_json::{Value, json};

use super::{House, on_each};
use crate::{Answer, ScorecardFile};

/// Customers of the past: the later they paid, the more of them went bad.
fn past() -> ScorecardFile {
    let mut text = "days_beyond_terms,outcome\n".to_owned();
    for row in 0..400 {
        let (late, chance) = (row * 37 % 90, row * 61 % 100);
        writeln!(text, "{late},{}", if chance < late { "bad" } else { "good" }).unwrap();
    }
    ScorecardFile { bytes: text.into(), target: "outcome".to_owned(), ..ScorecardFile::default() }
}

async fn put_in_force(house: &House, version: &str) {
    let command = house.engine.scorecard_command(&house.admin, version).await.unwrap().unwrap();
    let Answer::Waiting(change) = house.answer(&house.admin, command).await else { panic!("a red change") };
    let change: Change = *change;
    for caller in [&house.controller, &house.cfo] {
        house.decide(caller, &change, ChangeCommand::Approve(Word::default())).await;
    }
}

fn event(erp: &str, id: &str, kind: &str, day: &str, data: &Value) -> Value {
    json!({"specversion": "1.0", "id": id, "source": "erp", "type": format!("io.kith.{kind}"),
        "time": format!("{day}T09:00:00Z"), "subject": format!("external:erp:{erp}"), "data": data})
}

fn day(ago: i64) -> String {
    let today: jiff::civil::Date = "2026-11-22".parse().unwrap();
    today.checked_sub(jiff::Span::new().days(ago)).unwrap().to_string()
}

fn usd(amount: &str) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

/// An invoice due so many days ago, paid so many days ago, if it was.
fn invoice(erp: &str, number: &str, due: i64, paid: Option<i64>) -> Vec<Value> {
    let number = format!("{erp}-{number}");
    let data = json!({"invoice_no": number, "entity": "US", "amount": usd("1000.00"), "issued_on": day(due + 20), "due_on": day(due)});
    let mut events = vec![event(erp, &format!("i{number}"), "invoice.posted", &day(due + 20), &data)];
    if let Some(paid) = paid {
        let data = json!({"payment_no": number, "entity": "US", "amount": usd("1000.00"), "received_on": day(paid),
            "allocations": [{"invoice_no": number, "amount": usd("1000.00")}]});
        events.push(event(erp, &format!("p{number}"), "payment.received", &day(paid), &data));
    }
    events
}

async fn shown(house: &House, id: AccountId) -> (Option<u64>, f64, String) {
    let risk = house.engine.account_risk(&house.admin, &id.to_string()).await.unwrap().unwrap();
    (risk.scorecard.map(|used| used.version), risk.score, risk.class)
}

#[test]
fn a_scorecard_in_force_outlives_a_restart() {
    on_each(|house| async move {
        let id = house.account("Acme", "1", json!({})).await;
        let mut events = Vec::new();
        for month in 1..9 {
            events.extend(invoice("1", &month.to_string(), month * 30 + 40, Some(month * 30)));
        }
        house.ingest(&events).await;
        let expert = shown(&house, id).await;
        assert_eq!(expert.0, None);
        let trained = house.engine.train_scorecard(&house.admin, past()).await.unwrap().unwrap();
        assert_eq!((trained.version, trained.in_force), (1, false));
        assert_eq!(shown(&house, id).await, expert, "what is trained scores nobody");
        put_in_force(&house, "1").await;
        let scored = shown(&house, id).await;
        assert_eq!(scored.0, Some(1));
        assert!((scored.1 - expert.1).abs() > 0.01, "{scored:?} {expert:?}");
        let house = house.reopen().await;
        assert_eq!(shown(&house, id).await, scored);
        let kept = house.engine.scorecard(&house.admin, "1").await.unwrap().unwrap();
        assert_eq!(
            (kept.in_force, kept.data_sha256, kept.variables),
            (true, trained.data_sha256, trained.variables)
        );
        let engine = house.engine.clone();
        let verified = tokio::task::spawn_blocking(move || engine.verify()).await.unwrap().unwrap();
        assert_eq!(verified.faults, Vec::<String>::new(), "a rebuild gives the same");
        put_in_force(&house, "expert").await;
        assert_eq!(shown(&house, id).await, expert);
    });
}

#[test]
fn a_card_is_learned_from_how_accounts_turned_out() {
    on_each(|house| async move {
        let mut events = Vec::new();
        for nth in 0..30_i64 {
            let erp = nth.to_string();
            let id = house.account(&format!("Customer {nth}"), &erp, json!({})).await;
            // A bureau knew it before: whoever it warned of pays nothing in the end.
            let warned = nth % 2 == 0;
            let report = BureauReport {
                bureau: "Bureau".into(),
                scale: BureauScale::Percentile,
                value_millionths: if warned { 20_000_000 } else { 80_000_000 },
                reported_on: day(250).parse().unwrap(),
                recommended_limit: None,
                insured_limit: None,
                is_insolvent: false,
            };
            let command = RiskCommand::RecordBureau { report: Box::new(report) };
            house.done(&house.admin, Command::Risk { id, command }).await;
            events.extend(invoice(&erp, "old", 230, Some(225)));
            events.extend(invoice(&erp, "new", 120, (!warned).then_some(118)));
        }
        house.ingest(&events).await;
        let card = house.engine.learn_scorecard(&house.admin, 180).await.unwrap().unwrap();
        assert_eq!((card.trained.rows, card.trained.bad, card.few_bad), (30, 15, true));
        assert_eq!((card.origin.kind.as_str(), card.origin.outcome_days), ("history", Some(180)));
        assert_eq!(card.origin.observed_on.as_deref(), Some(day(180).as_str()));
        assert!(card.variables.iter().any(|column| column.column == "bureau_score"), "{card:?}");
        assert!(card.validated.auc > 0.9 && card.unknown_columns.is_empty(), "{card:?}");
        let again = house.engine.learn_scorecard(&house.admin, 180).await.unwrap().unwrap();
        assert_eq!(
            (again.version, again.data_sha256),
            (2, card.data_sha256),
            "the same history, the same rows"
        );
        let short = house.engine.learn_scorecard(&house.admin, 7).await.unwrap().unwrap_err();
        assert_eq!(short.fields[0].code, "one_class");
    });
}
