//! The rules of notifications.

use super::{Command, Event, Notification, refusal};
use crate::context::{ActorKind, Context};
use crate::decider::Decider;
use crate::refusal::Refusal;

impl Decider for Notification {
    type Command = Command;
    type Event = Event;
    type Facts = ();

    fn decide(&self, context: &Context, (): &(), command: &Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Send { .. } if context.actor.kind != ActorKind::System => Err(refusal::system_only()),
            Command::Send { .. } if self.message.is_some() => Err(refusal::exists()),
            Command::Send { id, message } => {
                Ok(vec![Event::Sent { id: *id, message: message.clone(), at: context.now }])
            }
            Command::MarkRead if !self.is_for(context.actor.user) => Err(refusal::not_found()),
            Command::MarkRead if self.read_at.is_some() => Ok(vec![]),
            Command::MarkRead => Ok(vec![Event::Read { at: context.now }]),
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Sent { .. } => "notification.sent.v1",
            Event::Read { .. } => "notification.read.v1",
        }
    }
}
