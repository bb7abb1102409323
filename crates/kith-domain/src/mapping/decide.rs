//! The rules of saved mappings. Whether a field exists is for the reader of files to say, before it is saved.

use super::{Command, Event, Mapping, Rules, refusal};
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{IdentifierKind, line};

/// Most entries of one part.
const ENTRIES_MAX: usize = 2_000;

impl Decider for Mapping {
    type Command = Command;
    type Event = Event;
    type Facts = ();

    fn decide(&self, context: &Context, (): &(), command: &Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Save { id, rules } => {
                let rules = checked(rules)?;
                if self.exists() && self.rules == rules {
                    return Ok(vec![]);
                }
                let (rules, by) = (Box::new(rules), context.actor.user);
                Ok(vec![Event::Saved { id: *id, rules, by, at: context.now }])
            }
            Command::Delete if self.exists() => Ok(vec![Event::Deleted { at: context.now }]),
            // Deleting twice is no fault; what never was is not found.
            Command::Delete if !self.rules.name.is_empty() => Ok(vec![]),
            Command::Delete => Err(refusal::not_found()),
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Saved { .. } => "mapping.saved.v1",
            Event::Deleted { .. } => "mapping.deleted.v1",
        }
    }
}

fn checked(rules: &Rules) -> Result<Rules, Refusal> {
    let mut faults = Vec::new();
    let mut rules = rules.clone();
    match line(&rules.name, 100) {
        Ok(name) => rules.name = name,
        Err(error) => faults.push(FieldFault::new("/name", error.code(), error.to_string())),
    }
    let system = rules.system.as_deref();
    if system.is_some_and(|system| format!("external:{system}").parse::<IdentifierKind>().is_err()) {
        faults.push(FieldFault::new("/system", "system_invalid", "expected 1 to 64 of a–z, 0–9, _, - and ."));
    }
    let words = rules.values.values().map(|words| words.len()).sum::<usize>();
    let parts = [
        ("/columns", rules.columns.len()),
        ("/constants", rules.constants.len()),
        ("/templates", rules.templates.len()),
        ("/values", words),
    ];
    for (place, entries) in parts {
        if entries > ENTRIES_MAX {
            faults.push(FieldFault::new(place, "too_many", format!("at most {ENTRIES_MAX} entries")));
        }
    }
    if faults.is_empty() { Ok(rules) } else { Err(refusal::invalid().with_fields(faults)) }
}
