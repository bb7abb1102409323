//! Tests of deliveries.

use jiff::SignedDuration;

use super::*;
use crate::context::{ActorKind, Context};
use crate::story::{Story, at, context, uuid};
use crate::value::{AccountId, DeliveryId, WebhookId};

fn queue() -> Command {
    Command::Queue(Box::new(Told {
        id: DeliveryId(uuid(1)),
        webhook: WebhookId(uuid(2)),
        kind: "alert.raised".into(),
        account: Some(AccountId(uuid(3))),
        about: "alr_1".into(),
        body: "{}".into(),
    }))
}

fn fail(attempt: u32, permanent: bool) -> Command {
    Command::Fail { attempt, code: "http_500".into(), answer: "it answered 500".into(), permanent }
}

fn by_kith(seconds: i64) -> Context {
    context(ActorKind::System, 0, at(seconds))
}

fn queued() -> Story<Delivery> {
    let mut story = Story::<Delivery>::new(());
    story.context = by_kith(0);
    story.accepts(&queue());
    story
}

#[test]
fn only_kith_tells() {
    let mut story = Story::<Delivery>::new(());
    story.refuses(&queue(), "delivery.system_only");
    story.refuses(&Command::Retry, "delivery.not_found");
    story.context = by_kith(0);
    story.accepts(&queue());
    story.refuses(&queue(), "delivery.exists");
    story.accepts(&Command::Arrived { status: 204 });
    story.nothing(&fail(1, false));
    story.context = context(ActorKind::User, 1, at(1));
    story.refuses(&Command::Retry, "delivery.arrived");
    story.refuses(&Command::Discard, "delivery.arrived");
}

#[test]
fn tries_follow_the_times_of_the_standard_and_then_it_is_dead() {
    let mut story = queued();
    for (attempt, wait) in (1_u32..).zip(WAITS_S.into_iter().skip(1)) {
        story.accepts(&fail(attempt, false));
        assert_eq!(story.state.next_at, Some(story.context.now + SignedDuration::from_secs(wait)));
    }
    story.accepts(&fail(10, false));
    assert_eq!((story.state.state, story.state.next_at), (DeliveryState::DeadLetter, None));
    story.context = context(ActorKind::User, 1, at(9));
    story.accepts(&Command::Retry);
    assert_eq!((story.state.state, story.state.attempts), (DeliveryState::Queued, 0));
    story.accepts(&Command::Discard);
    story.refuses(&Command::Retry, "delivery.discarded");
}

#[test]
fn what_would_fail_the_same_way_is_dead_at_once() {
    let mut story = queued();
    story.accepts(&fail(1, true));
    assert_eq!(story.state.state, DeliveryState::DeadLetter);
}
