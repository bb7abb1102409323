//! Tests of the quarantine.

use serde_json::json;

use super::*;
use crate::story::{Story, uuid};
use crate::value::{Personal, QuarantineId, UserId};

fn hold(code: &str) -> Command {
    let id = QuarantineId(uuid(4));
    Command::Hold(Box::new(Suspect {
        id,
        code: code.into(),
        detail: "there is no such account yet".into(),
        pointer: Some("/subject".into()),
        source: "erp".into(),
        external_id: "4711".into(),
        subject: Some(Personal::new(id, "email:ap@acme.example".into())),
        event: Some(Personal::new(id, json!({ "type": "io.kith.order.placed" }))),
    }))
}

fn held(code: &str) -> Story<Quarantine> {
    let mut story = Story::new(());
    story.accepts(&hold(code));
    story.nothing(&hold(code));
    story
}

fn discard(reason: &str) -> Command {
    Command::Discard { reason: Some(Personal::new("usr_1", reason.into())) }
}

#[test]
fn what_is_unknown_is_replayed_or_discarded() {
    let mut story = held("subject_unknown");
    story.refuses(&hold("other"), "quarantine.exists");
    story.refuses(&Command::Accept { reason: None }, "quarantine.no_conflict");
    story.accepts(&Command::Replay);
    story.nothing(&Command::Replay);
    story.refuses(&discard("too late"), "quarantine.already_decided");
}

#[test]
fn of_two_in_conflict_one_is_taken() {
    let mut story = held("conflict");
    story.refuses(&Command::Replay, "quarantine.conflict");
    story.accepts(&Command::Accept { reason: None });
    assert_eq!(story.state.state, QuarantineState::Accepted);
    story.refuses(&Command::Replay, "quarantine.already_decided");
}

#[test]
fn discarding_needs_a_reason() {
    let mut story = held("subject_unknown");
    story.refuses(&Command::Discard { reason: None }, "quarantine.reason_required");
    story.faults(&discard(" "), "quarantine.reason_required", &[("/reason", "required")]);
    story.accepts(&discard("test data"));
    assert_eq!(story.state.reason.as_ref().unwrap().get().unwrap(), "test data");
}

#[test]
fn an_item_has_a_code_and_a_name() {
    Story::<Quarantine>::new(()).refuses(&hold(""), "quarantine.invalid");
    Story::<Quarantine>::new(()).refuses(&Command::Replay, "quarantine.not_found");
}

fn repair(event: &serde_json::Value) -> Command {
    let reason = Some(Personal::new("usr_1", "The customer has a new number.".into()));
    Command::Repair { event: Personal::new(QuarantineId(uuid(4)), event.clone()), reason }
}

#[test]
fn a_repaired_event_stays_the_one_that_came() {
    let mut story = held("subject_unknown");
    let whole = json!({ "source": "erp", "id": "4711", "subject": "acc_1" });
    let Command::Repair { event, .. } = repair(&whole) else { return };
    story.refuses(&Command::Repair { event, reason: None }, "quarantine.reason_required");
    let other = json!({ "source": "crm", "id": "4712" });
    let places = [("/event/source", "changed"), ("/event/id", "changed")];
    story.faults(&repair(&other), "quarantine.other_event", &places);
    story.accepts(&repair(&whole));
    assert_eq!(story.state.suspect.subject.as_ref().unwrap().get().unwrap(), "acc_1");
    story.accepts(&Command::Replay);
    assert!(story.state.reason.is_some() && story.state.repaired_by.is_some());
    story.refuses(&repair(&json!({ "source": "erp", "id": "4711" })), "quarantine.already_decided");
}

#[test]
fn what_waits_is_given_to_somebody_and_taken_back() {
    let mut story = held("subject_unknown");
    let to = Some(UserId(uuid(9)));
    story.accepts(&Command::Assign { to });
    story.nothing(&Command::Assign { to });
    assert_eq!(story.state.assignee, to);
    story.accepts(&Command::Assign { to: None });
    story.accepts(&discard("test data"));
    story.refuses(&Command::Assign { to }, "quarantine.already_decided");
}
