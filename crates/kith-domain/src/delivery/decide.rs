//! The rules of deliveries.

use jiff::SignedDuration;

use super::{Command, Delivery, DeliveryState, Event, WAITS_S, refusal};
use crate::context::{ActorKind, Context};
use crate::decider::Decider;
use crate::refusal::Refusal;

impl Decider for Delivery {
    type Command = Command;
    type Event = Event;
    type Facts = ();

    fn decide(&self, context: &Context, (): &(), command: &Command) -> Result<Vec<Event>, Refusal> {
        let at = context.now;
        let by_kith = context.actor.kind == ActorKind::System;
        if let Command::Queue(told) = command {
            return match (by_kith, &self.told) {
                (false, _) => Err(refusal::system_only()),
                (true, Some(_)) => Err(refusal::exists()),
                (true, None) => Ok(vec![Event::Queued { told: told.clone(), at }]),
            };
        }
        if self.told.is_none() {
            return Err(refusal::not_found());
        }
        match command {
            Command::Queue(_) => Ok(vec![]),
            Command::Arrived { .. } | Command::Fail { .. } if !by_kith => Err(refusal::system_only()),
            Command::Arrived { .. } if self.state == DeliveryState::Delivered => Ok(vec![]),
            Command::Arrived { status } => Ok(vec![Event::Arrived { status: *status, at }]),
            // Told already, or overtaken.
            Command::Fail { attempt, .. } if !self.state.is_due() || *attempt != self.next_attempt() => {
                Ok(vec![])
            }
            Command::Fail { attempt, code, answer, permanent } => {
                let (code, answer) = (code.clone(), answer.clone());
                let next = usize::try_from(*attempt).ok().and_then(|place| WAITS_S.get(place));
                let next = next.filter(|_| !permanent).map(|wait| SignedDuration::from_secs(*wait));
                Ok(vec![match next.and_then(|wait| at.checked_add(wait).ok()) {
                    Some(next_at) => Event::Failed { code, answer, next_at, at },
                    None => Event::Died { code, answer, at },
                }])
            }
            Command::Retry => match self.state {
                DeliveryState::Delivered => Err(refusal::arrived()),
                DeliveryState::Discarded => Err(refusal::discarded()),
                DeliveryState::Queued => Ok(vec![]),
                DeliveryState::Failed | DeliveryState::DeadLetter => {
                    Ok(context.actor.user.map(|by| Event::Requeued { by, at }).into_iter().collect())
                }
            },
            Command::Discard => match self.state {
                DeliveryState::Delivered => Err(refusal::arrived()),
                DeliveryState::Discarded => Ok(vec![]),
                _ => Ok(vec![Event::Discarded { by: context.actor.user, at }]),
            },
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Queued { .. } => "delivery.queued.v1",
            Event::Arrived { .. } => "delivery.arrived.v1",
            Event::Failed { .. } => "delivery.failed.v1",
            Event::Died { .. } => "delivery.died.v1",
            Event::Requeued { .. } => "delivery.requeued.v1",
            Event::Discarded { .. } => "delivery.discarded.v1",
        }
    }
}
