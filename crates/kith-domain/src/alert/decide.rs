//! The rules of alerts.

use super::{Alert, AlertState, Command, Event, Finding, refusal};
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{Personal, paragraph};

/// Most characters of a comment.
pub const COMMENT_MAX: usize = 2_000;

impl Decider for Alert {
    type Command = Command;
    type Event = Event;
    type Facts = ();

    fn decide(&self, context: &Context, (): &(), command: &Command) -> Result<Vec<Event>, Refusal> {
        let at = context.now;
        if let Command::Raise(finding) = command {
            return Ok(self.raise(finding, at));
        }
        if self.finding.is_none() {
            return Err(refusal::not_found());
        }
        match (command, self.state) {
            (Command::Raise(_), _) => Ok(vec![]),
            (Command::Clear, AlertState::Closed) => Ok(vec![]),
            (Command::Clear, _) => Ok(vec![Event::Cleared { at }]),
            (Command::Acknowledge, AlertState::Open) => {
                Ok(vec![Event::Acknowledged { by: context.actor.clone(), at }])
            }
            (Command::Acknowledge, AlertState::Acknowledged) => Ok(vec![]),
            (Command::Acknowledge, AlertState::Closed) => Err(refusal::already_closed()),
            (Command::Close { outcome, comment }, AlertState::Open | AlertState::Acknowledged) => {
                let comment = checked_comment(comment.as_ref())?;
                Ok(vec![Event::Closed { by: context.actor.clone(), at, outcome: *outcome, comment }])
            }
            // Settled the same way is settled; what ended by itself may still be told apart, once.
            (Command::Close { outcome, .. }, AlertState::Closed) if self.outcome == Some(*outcome) => {
                Ok(vec![])
            }
            (Command::Close { outcome, comment }, AlertState::Closed) if self.was_cleared() => {
                let comment = checked_comment(comment.as_ref())?;
                Ok(vec![Event::Closed { by: context.actor.clone(), at, outcome: *outcome, comment }])
            }
            (Command::Close { .. }, AlertState::Closed) => Err(refusal::already_closed()),
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Raised { .. } => "alert.raised.v1",
            Event::Cleared { .. } => "alert.cleared.v1",
            Event::Acknowledged { .. } => "alert.acknowledged.v1",
            Event::Closed { .. } => "alert.closed.v1",
        }
    }
}

impl Alert {
    /// A person's word stands; what ended by itself comes back when its cause does.
    fn raise(&self, finding: &Finding, at: jiff::Timestamp) -> Vec<Event> {
        let settled = self.outcome.is_some();
        let known = self.state != AlertState::Closed && self.finding.as_ref() == Some(finding);
        if settled || known { vec![] } else { vec![Event::Raised { finding: Box::new(finding.clone()), at }] }
    }
}

fn checked_comment(comment: Option<&Personal<String>>) -> Result<Option<Personal<String>>, Refusal> {
    let Some((comment, text)) = comment.and_then(|comment| comment.get().map(|text| (comment, text))) else {
        return Ok(None);
    };
    match paragraph(text, COMMENT_MAX) {
        Ok(text) => Ok(Some(Personal { subject: comment.subject.clone(), value: Some(text) })),
        Err(error) => {
            let fault = FieldFault::new("/comment", error.code(), error.to_string());
            Err(refusal::invalid().with_fields(vec![fault]))
        }
    }
}
