//! The rules of mails.

use jiff::SignedDuration;

use super::{ATTEMPTS_MAX, Command, Event, Mail, MailState, refusal};
use crate::context::{ActorKind, Context};
use crate::decider::Decider;
use crate::refusal::Refusal;

impl Decider for Mail {
    type Command = Command;
    type Event = Event;
    type Facts = ();

    fn decide(&self, context: &Context, (): &(), command: &Command) -> Result<Vec<Event>, Refusal> {
        let at = context.now;
        let by_kith = context.actor.kind == ActorKind::System;
        if let Command::Queue(letter) = command {
            return match (by_kith, &self.letter) {
                (false, _) => Err(refusal::system_only()),
                (true, Some(_)) => Err(refusal::exists()),
                (true, None) => Ok(vec![Event::Queued { letter: letter.clone(), at }]),
            };
        }
        if self.letter.is_none() {
            return Err(refusal::not_found());
        }
        match command {
            Command::Queue(_) => Ok(vec![]),
            Command::Sent { .. } | Command::Fail { .. } if !by_kith => Err(refusal::system_only()),
            // What was discarded while it was on its way has left all the same.
            Command::Sent { .. } if self.state == MailState::Sent => Ok(vec![]),
            Command::Sent { by } => Ok(vec![Event::Sent { by: *by, at }]),
            // Told already, or overtaken.
            Command::Fail { attempt, .. } if !self.state.is_due() || *attempt != self.next_attempt() => {
                Ok(vec![])
            }
            Command::Fail { attempt, code, answer, permanent, wait_ms } => {
                let (code, answer) = (code.clone(), answer.clone());
                let last = *permanent || *attempt >= ATTEMPTS_MAX;
                let wait = SignedDuration::from_millis((*wait_ms).max(0));
                Ok(vec![match at.checked_add(wait) {
                    Ok(next_at) if !last => Event::Failed { code, answer, next_at, at },
                    _ => Event::GivenUp { code, answer, at },
                }])
            }
            Command::Retry => self.retry(context),
            Command::Discard => match self.state {
                MailState::Sent => Err(refusal::already_sent()),
                MailState::Discarded => Ok(vec![]),
                _ => Ok(vec![Event::Discarded { by: context.actor.user, at }]),
            },
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Queued { .. } => "mail.queued.v1",
            Event::Sent { .. } => "mail.sent.v1",
            Event::Failed { .. } => "mail.failed.v1",
            Event::GivenUp { .. } => "mail.given_up.v1",
            Event::Requeued { .. } => "mail.requeued.v1",
            Event::Discarded { .. } => "mail.discarded.v1",
        }
    }
}

impl Mail {
    fn retry(&self, context: &Context) -> Result<Vec<Event>, Refusal> {
        match self.state {
            MailState::Sent => Err(refusal::already_sent()),
            MailState::Discarded => Err(refusal::discarded()),
            _ if self.is_over(context.now) => Err(refusal::over()),
            MailState::Queued => Ok(vec![]),
            MailState::Failed | MailState::GivenUp => Ok(match context.actor.user {
                Some(by) => vec![Event::Requeued { by, at: context.now }],
                None => vec![],
            }),
        }
    }
}
