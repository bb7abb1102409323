//! An eye on accounts by rule (D§2.2): set when a risk class falls, off again once nothing asked for it for a month.

use kith_domain::account::{Account, Command as AccountCommand};
use kith_domain::command::Command;
use kith_domain::risk::{BureauReport, BureauScale, Command as RiskCommand};
use kith_domain::value::{AccountId, Personal};
use serde_json::json;

use super::{House, on_each_at};
use crate::Caller;
use crate::noun::load;

/// The day on which the stories begin.
const DAY: &str = "2026-10-11";

async fn account(house: &House, id: AccountId) -> Account {
    house.engine.store().read(move |reader| load::<Account>(reader, &id.to_string())).await.unwrap().state
}

async fn cause(house: &House, id: AccountId) -> Option<String> {
    while house.engine.watch_accounts().await.unwrap() > 0 {}
    house.engine.react(true).await.unwrap();
    account(house, id).await.watch.and_then(|watch| watch.cause)
}

/// A bureau's word on a scale from 0 to 100.
async fn said(house: &House, id: AccountId, value: i64, day: &str) {
    let report = BureauReport {
        bureau: "Creditwatch".into(),
        scale: BureauScale::Paydex,
        value_millionths: value * 1_000_000,
        reported_on: day.parse().unwrap(),
        recommended_limit: None,
        insured_limit: None,
        is_insolvent: false,
    };
    let command = RiskCommand::RecordBureau { report: Box::new(report) };
    house.done(&house.ar, Command::Risk { id, command }).await;
}

fn day(later: i64) -> jiff::Timestamp {
    let begun: jiff::Timestamp = "2026-10-11T12:00:00Z".parse().unwrap();
    begun + jiff::SignedDuration::from_hours(24 * later)
}

#[test]
fn a_class_that_fell_by_two_notches_in_a_month_is_watched() {
    on_each_at(DAY, "2026-10-11T12:00:00Z", |house| async move {
        // Given a customer of class B, when it falls by one notch, then nobody looks.
        let slow = house.account("Slow", "1", json!({})).await;
        said(&house, slow, 82, "2026-09-01").await;
        said(&house, slow, 60, "2026-10-10").await;
        assert_eq!(cause(&house, slow).await, None, "B to C is one notch");
        // When it falls by two, then it is watched, and the reason names both.
        said(&house, slow, 45, "2026-10-11").await;
        assert_eq!(cause(&house, slow).await.as_deref(), Some("class_fell"));
        let watch = account(&house, slow).await.watch.unwrap();
        let reason = watch.reason.get().unwrap();
        assert!(reason.contains("from B to D within 30 days"), "{reason}");
        // Given one that rose and fell within a few days, then that counts as well.
        let brief = house.account("Brief", "2", json!({})).await;
        said(&house, brief, 82, "2026-10-03").await;
        said(&house, brief, 30, "2026-10-09").await;
        assert_eq!(cause(&house, brief).await.as_deref(), Some("class_fell"));
        // Given one that has been bad for long, then nothing fell.
        let bad = house.account("Bad", "3", json!({})).await;
        said(&house, bad, 82, "2026-07-01").await;
        said(&house, bad, 30, "2026-08-01").await;
        assert_eq!(cause(&house, bad).await, None);
    });
}

#[test]
fn a_watch_of_a_rule_is_cleared_after_a_month_without_its_trigger_and_one_of_a_person_is_not() {
    on_each_at(DAY, "2026-10-11T12:00:00Z", |house| async move {
        let fell = house.account("Fell", "1", json!({})).await;
        let doubted = house.account("Doubted", "2", json!({})).await;
        said(&house, fell, 82, "2026-09-20").await;
        said(&house, fell, 30, "2026-10-10").await;
        let reason = Personal::new(doubted, "Their treasurer left.".to_owned());
        let watch = AccountCommand::SetWatch { reason, cause: None, expires_at: None };
        house.done(&Caller::system(), Command::Account { id: doubted, command: watch }).await;
        assert_eq!(cause(&house, fell).await.as_deref(), Some("class_fell"));
        // While its trigger stands, no time clears it.
        house.engine.move_clock(day(5));
        assert_eq!(cause(&house, fell).await.as_deref(), Some("class_fell"));
        // The class recovers; for thirty days somebody still looks.
        said(&house, fell, 82, "2026-10-11").await;
        assert_eq!(cause(&house, fell).await.as_deref(), Some("class_fell"));
        house.engine.move_clock(day(34));
        assert_eq!(cause(&house, fell).await.as_deref(), Some("class_fell"), "29 days are not 30");
        house.engine.move_clock(day(36));
        assert_eq!(cause(&house, fell).await, None);
        assert!(account(&house, fell).await.watch.is_none());
        assert!(account(&house, doubted).await.watch.is_some(), "what a person set ends with its own day");
    });
}
