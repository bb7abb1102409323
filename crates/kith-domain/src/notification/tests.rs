//! Tests of notifications.

use super::*;
use crate::context::ActorKind;
use crate::story::{Story, at, context, uuid};
use crate::value::{NotificationId, Personal, UserId};

fn send() -> Command {
    let to = UserId(uuid(2));
    let text = Personal::new(to, "Acme waits for you.".to_owned());
    let message = Message { to, kind: NotificationKind::ChangeReminder, text, about: "chg_1".into() };
    Command::Send { id: NotificationId(uuid(4)), message }
}

#[test]
fn only_kith_notifies_and_only_the_reader_reads() {
    let mut story = Story::<Notification>::new(());
    story.refuses(&send(), "notification.system_only");
    story.refuses(&Command::MarkRead, "notification.not_found");
    story.context = context(ActorKind::System, 0, at(0));
    story.accepts(&send());
    story.refuses(&send(), "notification.exists");
    story.refuses(&Command::MarkRead, "notification.not_found");
    story.context = context(ActorKind::User, 2, at(5));
    story.accepts(&Command::MarkRead);
    story.nothing(&Command::MarkRead);
    assert_eq!(story.state.read_at, Some(at(5)));
}

#[test]
fn what_was_read_stands_out_again_and_what_is_put_off_comes_back() {
    let mut story = Story::<Notification>::new(());
    story.context = context(ActorKind::System, 0, at(0));
    story.accepts(&send());
    story.refuses(&Command::MarkUnread, "notification.not_found");
    story.context = context(ActorKind::User, 2, at(5));
    story.nothing(&Command::MarkUnread);
    story.accepts(&Command::MarkRead);
    story.accepts(&Command::MarkUnread);
    assert!(story.state.is_unread(at(5)));
    story.accepts(&Command::Snooze { until: at(100) });
    assert!(!story.state.is_unread(at(99)) && story.state.is_unread(at(100)));
    story.accepts(&Command::MarkRead);
    assert_eq!(story.state.snoozed_until, None);
    let past = Command::Snooze { until: at(5) };
    story.faults(&past, "notification.snooze_range", &[("/until", "out_of_range")]);
    let far = Command::Snooze { until: at(5 + 367 * 86_400) };
    story.faults(&far, "notification.snooze_range", &[("/until", "out_of_range")]);
}
