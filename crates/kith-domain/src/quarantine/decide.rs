//! The rules of the quarantine.

use jiff::Timestamp;
use serde_json::Value;

use super::{Command, Event, Quarantine, QuarantineState, refusal};
use crate::context::{Actor, Context};
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{Personal, UserId, paragraph};

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
            Command::Repair { event, reason } => return self.repair((at, by), event, reason.as_ref()),
            Command::Assign { to } => return self.assign((at, by), *to),
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
            Event::Repaired { .. } => "quarantine.repaired.v1",
            Event::Assigned { .. } => "quarantine.assigned.v1",
            Event::Discarded { .. } => "quarantine.discarded.v1",
        }
    }
}

impl Quarantine {
    fn is_waiting(&self) -> Result<(), Refusal> {
        if self.state == QuarantineState::Waiting { Ok(()) } else { Err(refusal::already_decided()) }
    }

    fn repair(
        &self,
        (at, by): (Timestamp, Actor),
        event: &Personal<Value>,
        reason: Option<&Personal<String>>,
    ) -> Result<Vec<Event>, Refusal> {
        if self.suspect.event.as_ref() == Some(event) {
            return Ok(vec![]);
        }
        self.is_waiting()?;
        let reason = checked_reason(reason)?;
        let member = |name: &str| event.get()?.get(name)?.as_str();
        let same = |name: &str, held: &str| held.is_empty() || member(name) == Some(held);
        let faults = [("source", &self.suspect.source), ("id", &self.suspect.external_id)]
            .into_iter()
            .filter(|(name, held)| !same(name, held.as_str()))
            .map(|(name, held)| {
                FieldFault::new(format!("/event/{name}"), "changed", format!("expected {held:?}, as it came"))
            });
        let faults: Vec<FieldFault> = faults.collect();
        if !faults.is_empty() || event.get().is_some_and(|event| !event.is_object()) {
            return Err(refusal::other_event().with_fields(faults));
        }
        let subject = member("subject")
            .map(|subject| Personal { subject: event.subject.clone(), value: Some(subject.to_owned()) });
        Ok(vec![Event::Repaired { by, at, event: event.clone(), subject, reason }])
    }

    fn assign(&self, (at, by): (Timestamp, Actor), to: Option<UserId>) -> Result<Vec<Event>, Refusal> {
        if self.assignee == to {
            return Ok(vec![]);
        }
        self.is_waiting()?;
        Ok(vec![Event::Assigned { by, at, to }])
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
