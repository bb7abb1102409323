//! Tests of alerts.

use kith_risk::anomaly::{Detector, Severity};

use super::*;
use crate::story::{Story, uuid};
use crate::value::{AccountId, AlertId, Personal};

fn finding(statistic_milli: i64) -> Finding {
    Finding {
        id: AlertId(uuid(7)),
        account: AccountId(uuid(1)),
        kind: AlertKind::UnusualSpending,
        severity: Severity::High,
        score_milli: 930,
        signs: vec![Sign {
            detector: Some(Detector::Amount),
            severity: Severity::High,
            statistic_milli,
            medium_milli: 3_500,
            high_milli: 6_000,
            text: "The amount lies far above the last 50 orders.".into(),
        }],
        evidence: vec![4_711],
    }
}

fn raise(statistic_milli: i64) -> Command {
    Command::Raise(Box::new(finding(statistic_milli)))
}

fn close(outcome: AlertOutcome) -> Command {
    Command::Close { outcome, comment: Some(Personal::new("usr_1", "We called them.".into())) }
}

fn raised() -> Story<Alert> {
    let mut story = Story::new(());
    story.accepts(&raise(42_800));
    story.nothing(&raise(42_800));
    story
}

#[test]
fn an_alert_is_acknowledged_and_closed_with_what_it_was() {
    let mut story = raised();
    story.accepts(&Command::Acknowledge);
    story.nothing(&Command::Acknowledge);
    story.accepts(&close(AlertOutcome::ConfirmedFraud));
    story.nothing(&close(AlertOutcome::ConfirmedFraud));
    assert_eq!(story.state.outcome, Some(AlertOutcome::ConfirmedFraud));
    assert!(story.state.comment.is_some() && story.state.acknowledged_at.is_some());
}

#[test]
fn what_a_person_settled_stays_settled() {
    let mut story = raised();
    story.accepts(&close(AlertOutcome::Legitimate));
    story.nothing(&raise(50_000));
    story.nothing(&Command::Clear);
    story.refuses(&Command::Acknowledge, "alert.already_closed");
    story.refuses(&close(AlertOutcome::CustomerError), "alert.already_closed");
    assert_eq!(story.state.outcome, Some(AlertOutcome::Legitimate));
}

#[test]
fn what_is_known_better_is_told_and_what_ended_by_itself_may_come_back() {
    let mut story = raised();
    story.accepts(&Command::Acknowledge);
    story.accepts(&raise(9_000));
    assert_eq!(story.state.state, AlertState::Acknowledged, "it is still looked at");
    story.accepts(&Command::Clear);
    story.nothing(&Command::Clear);
    assert!(story.state.was_cleared());
    story.accepts(&raise(9_000));
    assert_eq!(story.state.state, AlertState::Open);
    assert_eq!((story.state.closed_at, story.state.acknowledged_at), (None, None));
}

#[test]
fn what_ended_by_itself_may_still_be_told_apart() {
    let mut story = raised();
    story.accepts(&Command::Clear);
    story.accepts(&close(AlertOutcome::CustomerError));
    story.refuses(&close(AlertOutcome::Legitimate), "alert.already_closed");
}

#[test]
fn a_comment_has_its_length_and_nothing_is_done_with_what_never_was() {
    let long = Some(Personal::new("usr_1", "x".repeat(COMMENT_MAX + 1)));
    let command = Command::Close { outcome: AlertOutcome::Legitimate, comment: long };
    raised().faults(&command, "alert.invalid", &[("/comment", "too_long")]);
    let story = Story::<Alert>::new(());
    story.refuses(&Command::Clear, "alert.not_found");
    story.refuses(&Command::Acknowledge, "alert.not_found");
    story.refuses(&close(AlertOutcome::Legitimate), "alert.not_found");
}
