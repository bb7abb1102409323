//! Holds and watches for what an account did or what is said of it.

use kith_domain::account::{Account, Command as AccountCommand};
use kith_domain::command::Command;
use kith_domain::risk::{BureauReport, BureauScale, Command as RiskCommand};
use kith_domain::value::{AccountId, Personal};
use serde_json::{Value, json};

use super::{House, on_each};
use crate::Caller;
use crate::noun::load;

async fn account(house: &House, id: AccountId) -> Account {
    house.engine.store().read(move |reader| load::<Account>(reader, &id.to_string())).await.unwrap().state
}

async fn causes(house: &House, id: AccountId) -> Vec<String> {
    let mut found: Vec<String> =
        account(house, id).await.holds.iter().filter_map(|hold| hold.cause.clone()).collect();
    found.sort_unstable();
    found
}

fn event(id: &str, kind: &str, day: &str, data: &Value) -> Value {
    json!({"specversion": "1.0", "id": id, "source": "erp", "type": format!("io.kith.{kind}"),
        "time": format!("{day}T09:00:00Z"), "subject": "external:erp:1", "data": data})
}

fn usd(amount: &str) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

fn returned(number: &str) -> [Value; 2] {
    let paid =
        json!({"payment_no": number, "entity": "US", "amount": usd("10"), "received_on": "2026-11-01"});
    [
        event(&format!("{number}-in"), "payment.received", "2026-11-01", &paid),
        event(&format!("{number}-back"), "payment.returned", "2026-11-21", &json!({"payment_no": number})),
    ]
}

fn promise(number: &str, day: &str, by: &str) -> Value {
    let data = json!({"promise_no": number, "entity": "US", "amount": usd("100"), "promised_on": by});
    event(number, "promise.made", day, &data)
}

/// What Kith does by itself within seconds.
async fn follow(house: &House) {
    house.engine.watch_accounts().await.unwrap();
}

#[test]
fn a_payment_that_came_back_holds_until_a_person_lets_go() {
    on_each(|house| async move {
        let id = house.account("Acme", "1", json!({})).await;
        house.ingest(&returned("P-1")).await;
        follow(&house).await;
        assert_eq!(causes(&house, id).await, ["payment_returned"]);
        let held = account(&house, id).await.holds[0].clone();
        assert_eq!(held.reason.get().map(String::as_str), Some("A payment came back."));
        assert!(held.release_rule.contains("made good"), "{}", held.release_rule);
        // Nothing but a person lets go, and what was let go stays so until another one comes back.
        house.engine.react(true).await.unwrap();
        assert_eq!(causes(&house, id).await, ["payment_returned"]);
        let reason = Personal::new(id, "Paid in cash.".to_owned());
        let command = AccountCommand::ReleaseHold { id: held.id, kind: held.kind, reason };
        house.done(&Caller::system(), Command::Account { id, command }).await;
        follow(&house).await;
        house.engine.react(true).await.unwrap();
        assert_eq!(causes(&house, id).await, Vec::<String>::new());
        house.ingest(&returned("P-2")).await;
        follow(&house).await;
        assert_eq!(causes(&house, id).await, ["payment_returned"]);
    });
}

#[test]
fn two_broken_promises_hold_until_one_is_kept_after_all() {
    on_each(|house| async move {
        let id = house.account("Acme", "1", json!({})).await;
        house.ingest(&[promise("R-1", "2026-10-01", "2026-10-09")]).await;
        follow(&house).await;
        assert_eq!(causes(&house, id).await, Vec::<String>::new());
        house.ingest(&[promise("R-2", "2026-10-12", "2026-10-16")]).await;
        // Time breaks promises, too: the daily look finds them.
        house.engine.react(true).await.unwrap();
        assert_eq!(causes(&house, id).await, ["promises_broken"]);
        house.ingest(&[event("k", "promise.kept", "2026-11-20", &json!({"promise_no": "R-2"}))]).await;
        follow(&house).await;
        assert_eq!(causes(&house, id).await, Vec::<String>::new());
    });
}

#[test]
fn what_a_bureau_says_holds_and_an_insolvency_suspends() {
    on_each(|house| async move {
        let id = house.account("Acme", "1", json!({})).await;
        let said = |value: i64, day: &str, is_insolvent: bool| {
            let report = BureauReport {
                bureau: "Creditwatch".into(),
                scale: BureauScale::Paydex,
                value_millionths: value * 1_000_000,
                reported_on: day.parse().unwrap(),
                recommended_limit: None,
                insured_limit: None,
                is_insolvent,
            };
            Command::Risk { id, command: RiskCommand::RecordBureau { report: Box::new(report) } }
        };
        house.done(&house.ar, said(82, "2026-10-01", false)).await;
        house.done(&house.ar, said(66, "2026-10-20", false)).await;
        follow(&house).await;
        assert_eq!(causes(&house, id).await, Vec::<String>::new());
        house.done(&house.ar, said(60, "2026-11-10", false)).await;
        follow(&house).await;
        assert_eq!(causes(&house, id).await, ["bureau_fell"]);
        house.done(&house.ar, said(70, "2026-11-11", false)).await;
        follow(&house).await;
        assert_eq!(causes(&house, id).await, Vec::<String>::new());
        house.done(&house.ar, said(70, "2026-11-12", true)).await;
        follow(&house).await;
        assert_eq!(causes(&house, id).await, ["insolvency", "insolvency_suspended"]);
        assert_eq!(account(&house, id).await.status(None), "suspended");
    });
}

#[test]
fn who_is_no_customer_yet_is_not_held() {
    on_each(|house| async move {
        let id = house.account("Acme", "1", json!({"stage": "prospect"})).await;
        house.ingest(&returned("P-1")).await;
        follow(&house).await;
        assert_eq!(causes(&house, id).await, Vec::<String>::new());
    });
}

#[test]
fn a_limit_nearly_used_up_for_days_is_watched() {
    on_each(|house| async move {
        let id = house.account("Acme", "1", json!({"credit_limit": usd("1000")})).await;
        let invoice = |number: &str, amount: &str, day: &str, due: &str| {
            let data = json!({"invoice_no": number, "entity": "US", "amount": usd(amount), "issued_on": day, "due_on": due});
            event(number, "invoice.posted", day, &data)
        };
        house.ingest(&[invoice("I-1", "905", "2026-11-18", "2027-01-01")]).await;
        house.engine.react(true).await.unwrap();
        assert!(account(&house, id).await.watch.is_none(), "for four days only");
        house.ingest(&[invoice("I-2", "901", "2026-11-10", "2027-01-01")]).await;
        house.engine.react(true).await.unwrap();
        let watched = account(&house, id).await.watch.unwrap();
        assert_eq!(watched.cause.as_deref(), Some("limit_used_up"));
        assert!(watched.reason.get().unwrap().contains("above 90 %"), "{:?}", watched.reason.get());
    });
}

#[test]
fn risk_is_a_column_that_lists_filter_by() {
    on_each(|house| async move {
        let id = house.account("Acme", "1", json!({})).await;
        house.account("Unknown", "2", json!({})).await;
        let report = BureauReport {
            bureau: "Creditwatch".into(),
            scale: BureauScale::Paydex,
            value_millionths: 25_000_000,
            reported_on: "2026-11-01".parse().unwrap(),
            recommended_limit: None,
            insured_limit: None,
            is_insolvent: false,
        };
        let command = RiskCommand::RecordBureau { report: Box::new(report) };
        house.done(&house.ar, Command::Risk { id, command }).await;
        house.engine.show_risks().await.unwrap();
        let listed = |filter: &str| {
            let request = crate::ListRequest {
                filter: filter.to_owned(),
                fields: vec!["name".to_owned(), "risk_score".to_owned(), "risk_class".to_owned()],
                ..crate::ListRequest::default()
            };
            house.engine.list(&house.admin, &request).unwrap().items
        };
        let found = listed(r#"risk_class in ["D", "E", "F"]"#);
        assert_eq!(found.len(), 1);
        assert_eq!((&found[0]["name"], &found[0]["risk_class"]), (&json!("Acme"), &json!("E")));
        assert_eq!(found[0]["risk_score"].as_f64(), Some(25.0));
        assert_eq!(listed("risk_score > 30").len(), 0);
        assert_eq!(listed("!has(risk_class)").len(), 1);
    });
}
