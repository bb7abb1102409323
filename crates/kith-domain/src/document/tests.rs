//! Tests of documents.

use jiff::civil::date;

use super::*;
use crate::context::ActorKind;
use crate::refusal::RefusalKind;
use crate::story::{Story, at, context, uuid};
use crate::value::{AccountId, DocumentId, Personal};

fn account() -> AccountId {
    AccountId(uuid(77))
}

fn received() -> Received {
    Received {
        id: DocumentId(uuid(1)),
        account: account(),
        kind: "tax_certificate".into(),
        name: Personal::new(account(), "C:\\scans\\certificate.pdf".to_owned()),
        mime: "Application/PDF".into(),
        size: 1_000,
        digest: "ab".repeat(32),
        sha256: Personal::new(account(), "cd".repeat(32)),
        fits: Some(true),
        issued_on: Some("2026-01-01".into()),
        expires_on: Some("2026-12-31".into()),
        retention: None,
    }
}

fn receive(received: Received) -> Command {
    Command::Receive(Box::new(received))
}

fn story() -> Story<Document> {
    Story::new(Facts { today: Some(date(2026, 6, 1)), same_content: None })
}

#[test]
fn a_document_comes_in_is_verified_by_somebody_else_and_expires() {
    let mut story = story();
    story.refuses(&Command::Verify, "document.not_found");
    story.accepts(&receive(received()));
    story.refuses(&receive(received()), "document.exists");
    let state = &story.state;
    assert_eq!(state.name.get().map(String::as_str), Some("certificate.pdf"), "no path is kept");
    assert_eq!((state.mime.as_str(), state.retention), ("application/pdf", RetentionClass::Books));
    assert_eq!(state.status(date(2026, 6, 1)), DocumentStatus::Scanned);
    story.refuses(&Command::Verify, "document.own");
    story.context = context(ActorKind::User, 2, at(0));
    story.accepts(&Command::Verify);
    assert_eq!(story.state.status(date(2026, 12, 31)), DocumentStatus::Verified);
    assert_eq!(story.state.status(date(2027, 1, 1)), DocumentStatus::Expired);
    story.refuses(&Command::Reject { reason: "No.".into() }, "document.decided");
}

#[test]
fn what_is_not_what_it_says_is_rejected_not_verified() {
    let mut story = story();
    story.accepts(&receive(Received { fits: None, ..received() }));
    story.context = context(ActorKind::User, 2, at(0));
    assert_eq!(story.state.status(date(2026, 6, 1)), DocumentStatus::Received);
    story.refuses(&Command::Verify, "document.not_scanned");
    story.faults(&Command::Reject { reason: " ".into() }, "document.invalid", &[("/reason", "required")]);
    story.accepts(&Command::Reject { reason: "A blank page.".into() });
    story.refuses(&Command::Verify, "document.decided");
    assert_eq!(story.state.watched_until(), None, "nobody is reminded of what was rejected");
}

#[test]
fn what_is_held_is_not_deleted() {
    let mut story = story();
    story.accepts(&receive(received()));
    story.accepts(&Command::SetLegalHold { on: true, reason: "Case 4711".into() });
    story.nothing(&Command::SetLegalHold { on: true, reason: "again".into() });
    assert_eq!(story.refuses(&Command::Delete, "document.legal_hold").kind, RefusalKind::Locked);
    story.accepts(&Command::SetLegalHold { on: false, reason: "Settled".into() });
    story.accepts(&Command::Delete);
    story.nothing(&Command::Delete);
    story.refuses(&Command::Verify, "document.not_found");
}

#[test]
fn an_expired_document_is_not_verified() {
    let mut story = story();
    story.accepts(&receive(Received { expires_on: Some("2026-05-31".into()), ..received() }));
    story.context = context(ActorKind::User, 2, at(0));
    story.refuses(&Command::Verify, "document.expired");
}

#[test]
fn the_same_content_is_a_link() {
    let mut story = story();
    story.facts.same_content = Some(DocumentId(uuid(9)));
    story.accepts(&receive(received()));
    assert_eq!(story.state.duplicate_of, Some(DocumentId(uuid(9))));
}

#[test]
fn every_fault_is_named() {
    let wrong = Received {
        kind: "poem".into(),
        name: Personal::new(account(), "/".to_owned()),
        mime: "pdf".into(),
        size: SIZE_MAX + 1,
        issued_on: Some("soon".into()),
        retention: Some("ages".into()),
        ..received()
    };
    story().faults(
        &receive(wrong),
        "document.invalid",
        &[
            ("/type", "not_in_list"),
            ("/retention", "not_in_list"),
            ("/name", "required"),
            ("", "too_large"),
            ("/mime", "media_type_invalid"),
            ("/issued_on", "date_invalid"),
        ],
    );
}

#[test]
fn nothing_was_issued_on_a_day_to_come() {
    let story = story();
    let tomorrow = Received { issued_on: Some("2026-06-02".into()), ..received() };
    story.faults(&receive(tomorrow), "document.invalid", &[("/issued_on", "in_the_future")]);
    let today = Received { issued_on: Some("2026-06-01".into()), ..received() };
    let mut story = story;
    story.accepts(&receive(today));
}
