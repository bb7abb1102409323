//! The rules of feeds.

use super::{Command, Event, Feed, Plan, refusal};
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{EntityCode, IdentifierKind, MappingId};

/// What the rules need to know.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The legal entities.
    pub entities: Vec<EntityCode>,
    /// Whether another feed has the name.
    pub name_taken: bool,
    /// The saved mapping that the plan names, if it is there.
    pub mapping: Option<MappingId>,
}

impl Decider for Feed {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Save { id, plan } => {
                check(plan, facts)?;
                if facts.name_taken {
                    return Err(refusal::name_taken());
                }
                if self.exists() && self.plan == **plan {
                    return Ok(vec![]);
                }
                let (plan, by) = (plan.clone(), context.actor.user);
                Ok(vec![Event::Saved { id: *id, plan, by, at: context.now }])
            }
            Command::Delete if self.exists() => Ok(vec![Event::Deleted { at: context.now }]),
            // Deleting twice is no fault; what never was is not found.
            Command::Delete if !self.plan.name.is_empty() => Ok(vec![]),
            Command::Delete => Err(refusal::not_found()),
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Saved { .. } => "feed.saved.v1",
            Event::Deleted { .. } => "feed.deleted.v1",
        }
    }
}

/// Whether a text can be the name of a feed: it is part of addresses and of folders.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    (1..=64).contains(&text.len()) && text.bytes().all(letter)
}

fn check(plan: &Plan, facts: &Facts) -> Result<(), Refusal> {
    let mut faults = Vec::new();
    let mut fault =
        |place: &str, code: &str, message: &str| faults.push(FieldFault::new(place, code, message));
    if !is_name(&plan.name) {
        fault("/name", "name_invalid", "expected 1 to 64 of a–z, 0–9, - and _");
    }
    if plan.format.as_deref().is_some_and(|format| !matches!(format, "csv" | "xlsx" | "iif")) {
        fault("/format", "format_unknown", "expected csv, xlsx or iif");
    }
    let system = plan.source_system.as_deref();
    if system.is_some_and(|system| format!("external:{system}").parse::<IdentifierKind>().is_err()) {
        fault("/source_system", "system_invalid", "expected 1 to 64 of a–z, 0–9, _, - and .");
    }
    if plan.entity.as_ref().is_some_and(|entity| !facts.entities.contains(entity)) {
        fault("/entity", "entity_unknown", "there is no such legal entity");
    }
    if !(1..=1000).contains(&plan.options.batch_size) {
        fault("/batch_size", "out_of_range", "a batch has 1 to 1000 rows");
    }
    if plan.options.mapping_id.is_some() && plan.options.mapping_id != facts.mapping {
        fault("/mapping_id", "mapping_unknown", "there is no such mapping");
    }
    if faults.is_empty() { Ok(()) } else { Err(refusal::invalid().with_fields(faults)) }
}
