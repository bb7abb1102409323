//! The rules of the quarantine.

use super::{Command, Event, Quarantine, QuarantineState, refusal};
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{Personal, paragraph};

impl Decider for Quarantine {
    type Command = Command;
    type Event = Event;
    type Facts = ();

    fn decide(&self, context: &Context, (): &(), command: &Command) -> Result<Vec<Event>, Refusal> {
        let (at, by) = (context.now, context.actor.clone());
        if let Command::Hold(suspect) = command {
            if self.exists() {
                return if self.suspect == **suspect { Ok(vec![]) } else { Err(refusal::exists()) };
            }
            // Source and id may be just what the event lacks; why it waits must be said.
            if suspect.code.is_empty() {
                return Err(refusal::invalid());
            }
            return Ok(vec![Event::Held { suspect: suspect.clone(), at }]);
        }
        if !self.exists() {
            return Err(refusal::not_found());
        }
        let (wanted, event) = match command {
            // Handled above: the only command before there is an item.
            Command::Hold(_) => return Ok(vec![]),
            Command::Accept { reason } => {
                (QuarantineState::Accepted, Event::Accepted { by, at, reason: reason.clone() })
            }
            Command::Replay => (QuarantineState::Replayed, Event::Replayed { by, at }),
            Command::Discard { reason } => {
                let reason = checked_reason(reason.as_ref())?;
                (QuarantineState::Discarded, Event::Discarded { by, at, reason })
            }
        };
        if self.state == wanted {
            return Ok(vec![]);
        }
        if self.state != QuarantineState::Waiting {
            return Err(refusal::already_decided());
        }
        match wanted {
            QuarantineState::Accepted if !self.is_conflict() => Err(refusal::no_conflict()),
            QuarantineState::Replayed if self.is_conflict() => Err(refusal::conflict()),
            _ => Ok(vec![event]),
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Held { .. } => "quarantine.held.v1",
            Event::Accepted { .. } => "quarantine.accepted.v1",
            Event::Replayed { .. } => "quarantine.replayed.v1",
            Event::Discarded { .. } => "quarantine.discarded.v1",
        }
    }
}

fn checked_reason(reason: Option<&Personal<String>>) -> Result<Personal<String>, Refusal> {
    let Some((reason, text)) = reason.and_then(|reason| reason.get().map(|text| (reason, text))) else {
        return Err(refusal::reason_required());
    };
    match paragraph(text, 4000) {
        Ok(text) => Ok(Personal { subject: reason.subject.clone(), value: Some(text) }),
        Err(error) => {
            let fault = FieldFault::new("/reason", error.code(), error.to_string());
            Err(refusal::reason_required().with_fields(vec![fault]))
        }
    }
}
