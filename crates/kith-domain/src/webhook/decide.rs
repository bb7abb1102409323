//! The rules of webhooks.

use super::{Command, Event, Wanted, Webhook, refusal};
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::line;

/// Longest address.
const URL_MAX: usize = 2_000;

impl Decider for Webhook {
    type Command = Command;
    type Event = Event;
    type Facts = ();

    fn decide(&self, context: &Context, (): &(), command: &Command) -> Result<Vec<Event>, Refusal> {
        let at = context.now;
        if let Command::Create { id, wanted, secret } = command {
            if self.created_at.is_some() {
                return Err(refusal::exists());
            }
            let wanted = Box::new(checked(wanted)?);
            let by = context.actor.user;
            return Ok(vec![Event::Created { id: *id, wanted, secret: secret.clone(), by, at }]);
        }
        if !self.exists() {
            return match command {
                Command::Delete if self.deleted_at.is_some() => Ok(vec![]),
                _ => Err(refusal::not_found()),
            };
        }
        Ok(match command {
            Command::Update { wanted } => {
                let wanted = checked(wanted)?;
                if wanted == self.wanted {
                    return Ok(vec![]);
                }
                vec![Event::Updated { wanted: Box::new(wanted), at }]
            }
            Command::Rotate { secret } if *secret == self.secret => vec![],
            Command::Rotate { secret } => vec![Event::Rotated { secret: secret.clone(), at }],
            Command::Switch { on } if *on == self.on => vec![],
            Command::Switch { on } => vec![Event::Switched { on: *on, gone: false, at }],
            Command::Gone if !self.on => vec![],
            Command::Gone => vec![Event::Switched { on: false, gone: true, at }],
            Command::Create { .. } => vec![],
            Command::Delete => vec![Event::Deleted { at }],
        })
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Created { .. } => "webhook.created.v1",
            Event::Updated { .. } => "webhook.updated.v1",
            Event::Rotated { .. } => "webhook.rotated.v1",
            Event::Switched { .. } => "webhook.switched.v1",
            Event::Deleted { .. } => "webhook.deleted.v1",
        }
    }
}

fn checked(wanted: &Wanted) -> Result<Wanted, Refusal> {
    let mut faults = Vec::new();
    let name = line(&wanted.name, 100).unwrap_or_else(|error| {
        faults.push(FieldFault::new("/name", error.code(), error.to_string()));
        String::new()
    });
    if name.is_empty() && faults.is_empty() {
        faults.push(FieldFault::new("/name", "required", "a webhook has a name"));
    }
    let url = wanted.url.trim().to_owned();
    if let Some(message) = wrong_url(&url) {
        faults.push(FieldFault::new("/url", "url_invalid", message));
    }
    if faults.is_empty() {
        Ok(Wanted { name, url, ..wanted.clone() })
    } else {
        Err(refusal::invalid().with_fields(faults))
    }
}

/// What is wrong with an address. Whether it is a public one is seen when it is called: names change.
fn wrong_url(url: &str) -> Option<&'static str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let Some(rest) = rest else { return Some("expected an address that begins with https://") };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if url.len() > URL_MAX {
        return Some("an address has at most 2,000 bytes");
    }
    if url.bytes().any(|byte| !byte.is_ascii_graphic()) {
        return Some("an address has no blanks and no letters beyond ASCII");
    }
    if authority.contains('@') {
        return Some("an address has no user and no password in it");
    }
    if url.contains('#') {
        return Some("an address has no fragment");
    }
    let host = authority.split(':').next().unwrap_or_default();
    (host.is_empty() && !authority.starts_with('[')).then_some("the host is missing")
}
