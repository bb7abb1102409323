//! The rules for pairs of accounts that may be one.

use super::{Command, Duplicate, DuplicateState, Event, Finding, refusal};
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{Personal, paragraph};

impl Decider for Duplicate {
    type Command = Command;
    type Event = Event;
    type Facts = ();

    fn decide(&self, context: &Context, (): &(), command: &Command) -> Result<Vec<Event>, Refusal> {
        let at = context.now;
        if let Command::Raise(finding) = command {
            return self.raise(finding, at);
        }
        if !self.exists() {
            return Err(refusal::not_found());
        }
        match (command, self.state) {
            (Command::Withdraw, DuplicateState::Open) => Ok(vec![Event::Withdrawn { at }]),
            (Command::Part, DuplicateState::Merged) => {
                Ok(vec![Event::Raised { finding: Box::new(self.finding.clone()), at }])
            }
            (Command::Raise(_) | Command::Withdraw | Command::Part, _) => Ok(vec![]),
            (Command::Dismiss { .. }, DuplicateState::Dismissed)
            | (Command::Merge { .. }, DuplicateState::Merged) => Ok(vec![]),
            (Command::Dismiss { .. }, DuplicateState::Merged) => Err(refusal::already_merged()),
            (Command::Dismiss { reason }, DuplicateState::Open | DuplicateState::Withdrawn) => {
                let reason = checked_reason(reason.as_ref())?;
                Ok(vec![Event::Dismissed { by: context.actor.clone(), at, reason }])
            }
            (Command::Merge { survivor }, _) => {
                if *survivor != self.finding.left && *survivor != self.finding.right {
                    return Err(refusal::not_of_the_pair());
                }
                Ok(vec![Event::Merged { at, survivor: *survivor }])
            }
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Raised { .. } => "duplicate.raised.v1",
            Event::Withdrawn { .. } => "duplicate.withdrawn.v1",
            Event::Dismissed { .. } => "duplicate.dismissed.v1",
            Event::Merged { .. } => "duplicate.merged.v1",
        }
    }
}

impl Duplicate {
    fn raise(&self, finding: &Finding, at: jiff::Timestamp) -> Result<Vec<Event>, Refusal> {
        if finding.left == finding.right {
            return Err(refusal::one_account());
        }
        let judged_before = self.exists() && self.finding.fingerprint == finding.fingerprint;
        let known = match self.state {
            // What was merged may come apart again; as long as it has not, matching does not see the loser.
            DuplicateState::Open | DuplicateState::Merged => self.exists() && self.finding == *finding,
            DuplicateState::Dismissed => judged_before,
            DuplicateState::Withdrawn => false,
        };
        Ok(if known { vec![] } else { vec![Event::Raised { finding: Box::new(finding.clone()), at }] })
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
