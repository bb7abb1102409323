//! Tests of mails.

use jiff::SignedDuration;

use super::*;
use crate::context::ActorKind;
use crate::context::Context;
use crate::story::{Story, at, context, uuid};
use crate::value::{AccountId, MailId, Personal};

fn letter(until: i64) -> Command {
    let (account, id) = (AccountId(uuid(1)), MailId(uuid(2)));
    let text = |text: &str| Personal::new(account, text.to_owned());
    Command::Queue(Box::new(Letter {
        id,
        kind: MailKind::SignatureInvitation,
        account,
        about: "ctr_1".into(),
        to: text("ann@acme.example"),
        name: text("Ann Example"),
        subject: text("Please sign"),
        text: text("Open {link}."),
        link: Some(Personal::new(id, "/sign/ctr_1/secret".to_owned())),
        until: Some(at(until)),
    }))
}

fn fail(attempt: u32, permanent: bool) -> Command {
    let answer = Personal::new(AccountId(uuid(1)), "451 try later".to_owned());
    Command::Fail { attempt, code: "smtp_451".into(), answer, permanent, wait_ms: 2_000 }
}

fn by_kith(seconds: i64) -> Context {
    context(ActorKind::System, 0, at(seconds))
}

fn queued() -> Story<Mail> {
    let mut story = Story::<Mail>::new(());
    story.context = by_kith(0);
    story.accepts(&letter(1_000_000));
    story
}

#[test]
fn only_kith_writes_and_sends() {
    let mut story = Story::<Mail>::new(());
    story.refuses(&letter(100), "mail.system_only");
    story.refuses(&Command::Retry, "mail.not_found");
    story.context = by_kith(0);
    story.accepts(&letter(100));
    story.refuses(&letter(100), "mail.exists");
    story.context = context(ActorKind::User, 1, at(1));
    story.refuses(&Command::Sent { by: SentBy::Smtp }, "mail.system_only");
    story.refuses(&fail(1, false), "mail.system_only");
}

#[test]
fn what_left_is_neither_tried_again_nor_discarded() {
    let mut story = queued();
    assert_eq!(story.state.next_at, Some(at(0)));
    story.accepts(&Command::Sent { by: SentBy::Folder });
    story.nothing(&Command::Sent { by: SentBy::Smtp });
    story.nothing(&fail(1, true));
    assert_eq!((story.state.state, story.state.sent_by), (MailState::Sent, Some(SentBy::Folder)));
    story.context = context(ActorKind::User, 1, at(1));
    story.refuses(&Command::Retry, "mail.already_sent");
    story.refuses(&Command::Discard, "mail.already_sent");
}

#[test]
fn a_try_that_failed_is_repeated_until_it_is_given_up() {
    let mut story = queued();
    for attempt in 1..ATTEMPTS_MAX {
        story.context = by_kith(i64::from(attempt) * 10);
        story.accepts(&fail(attempt, false));
        assert_eq!((story.state.state, story.state.attempts), (MailState::Failed, attempt));
        assert_eq!(story.state.next_at, Some(story.context.now + SignedDuration::from_secs(2)));
        story.nothing(&fail(attempt, false));
    }
    story.accepts(&fail(ATTEMPTS_MAX, false));
    assert_eq!((story.state.state, story.state.next_at), (MailState::GivenUp, None));
    story.nothing(&fail(ATTEMPTS_MAX + 1, false));
    story.context = context(ActorKind::User, 7, at(500));
    story.accepts(&Command::Retry);
    assert_eq!((story.state.state, story.state.attempts), (MailState::Queued, 0));
    assert_eq!(story.state.next_at, Some(at(500)));
    story.context = by_kith(501);
    story.accepts(&fail(1, true));
    assert_eq!(story.state.state, MailState::GivenUp, "another try would fail the same way");
}

#[test]
fn a_mail_that_is_over_is_not_tried_again() {
    let mut story = queued();
    story.accepts(&fail(1, true));
    assert!(!story.state.is_over(at(999_999)));
    story.context = context(ActorKind::User, 1, at(1_000_000));
    story.refuses(&Command::Retry, "mail.over");
}

#[test]
fn what_was_discarded_stays_so_unless_it_had_left() {
    let mut story = queued();
    story.context = context(ActorKind::User, 1, at(3));
    story.accepts(&Command::Discard);
    story.nothing(&Command::Discard);
    story.refuses(&Command::Retry, "mail.discarded");
    story.context = by_kith(4);
    story.nothing(&fail(1, false));
    story.accepts(&Command::Sent { by: SentBy::Smtp });
    assert_eq!(story.state.state, MailState::Sent, "it was on its way");
}
