//! The rules of notifications.

use super::{Command, Event, Notification, refusal};
use crate::context::{ActorKind, Context};
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};

/// Longest time for which a notification is put off.
const SNOOZE_DAYS_MAX: i64 = 366;

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
            _ if !self.is_for(context.actor.user) => Err(refusal::not_found()),
            Command::MarkRead if self.read_at.is_some() => Ok(vec![]),
            Command::MarkRead => Ok(vec![Event::Read { at: context.now }]),
            Command::MarkUnread if self.read_at.is_none() && self.snoozed_until.is_none() => Ok(vec![]),
            Command::MarkUnread => Ok(vec![Event::Unread { at: context.now }]),
            Command::Snooze { until } if self.snoozed_until == Some(*until) => Ok(vec![]),
            Command::Snooze { until } if !is_in_reach(context, *until) => {
                let message = "expected a time to come, a year from now at most";
                Err(refusal::snooze_range().with_fields(vec![FieldFault::new(
                    "/until",
                    "out_of_range",
                    message,
                )]))
            }
            Command::Snooze { until } => Ok(vec![Event::Snoozed { until: *until, at: context.now }]),
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Sent { .. } => "notification.sent.v1",
            Event::Read { .. } => "notification.read.v1",
            Event::Unread { .. } => "notification.unread.v1",
            Event::Snoozed { .. } => "notification.snoozed.v1",
        }
    }
}

fn is_in_reach(context: &Context, until: jiff::Timestamp) -> bool {
    let last = context.now.checked_add(jiff::Span::new().hours(24 * SNOOZE_DAYS_MAX));
    until > context.now && last.is_ok_and(|last| until <= last)
}
