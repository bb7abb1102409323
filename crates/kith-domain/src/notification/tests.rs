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
