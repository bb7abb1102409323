//! The rules of tokens.

use super::{Command, Event, Token, TokenKind, refusal};
use crate::context::{ActorKind, Context};
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{UserId, line};

/// What the rules need to know.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Whether the user of a new token exists and is active.
    pub user_active: bool,
    /// Whether the actor holds [`crate::access::Grant::TokensManage`].
    pub may_manage: bool,
    /// Whether the organisation is being set up.
    pub in_setup: bool,
}

impl Decider for Token {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Create { id, user, kind, name, hash, prefix, expires_at } => {
                if self.exists() {
                    return Err(refusal::exists());
                }
                check_maker(context, facts, *user, *kind)?;
                let name = check_texts(name, hash, prefix, expires_at.is_some_and(|end| end <= context.now))?;
                if !facts.user_active {
                    return Err(refusal::user_inactive());
                }
                Ok(vec![Event::Created {
                    id: *id,
                    user: *user,
                    kind: *kind,
                    name,
                    hash: hash.clone(),
                    prefix: prefix.clone(),
                    expires_at: *expires_at,
                    at: context.now,
                }])
            }
            Command::Revoke => {
                if !self.exists() {
                    return Err(refusal::not_found());
                }
                let own = context.actor.user == Some(self.user);
                if !own && !facts.may_manage && context.actor.kind != ActorKind::System {
                    return Err(refusal::not_own());
                }
                Ok(if self.revoked_at.is_some() { vec![] } else { vec![Event::Revoked { at: context.now }] })
            }
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Created { .. } => "token.created.v1",
            Event::Revoked { .. } => "token.revoked.v1",
        }
    }
}

/// People make their own tokens; whoever manages tokens makes those of programs and, in set-up, all.
fn check_maker(context: &Context, facts: &Facts, user: UserId, kind: TokenKind) -> Result<(), Refusal> {
    match context.actor.kind {
        ActorKind::System => Ok(()),
        ActorKind::ApiClient | ActorKind::Agent => Err(refusal::people_only()),
        ActorKind::User if context.actor.user == Some(user) => Ok(()),
        ActorKind::User if facts.may_manage && (facts.in_setup || kind != TokenKind::User) => Ok(()),
        ActorKind::User => Err(refusal::not_own()),
    }
}

fn check_texts(name: &str, hash: &str, prefix: &str, past: bool) -> Result<String, Refusal> {
    let mut faults = Vec::new();
    let name = line(name, 100);
    if let Err(error) = &name {
        faults.push(FieldFault::new("/name", error.code(), error.to_string()));
    }
    if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        faults.push(FieldFault::new("/hash", "hash_invalid", "expected 64 hexadecimal digits"));
    }
    if !prefix.starts_with("kth_") || prefix.len() > 16 {
        faults.push(FieldFault::new(
            "/prefix",
            "prefix_invalid",
            "expected the first characters of the token",
        ));
    }
    if past {
        faults.push(FieldFault::new("/expires_at", "in_the_past", "the token would be invalid at once"));
    }
    match name {
        Ok(name) if faults.is_empty() => Ok(name),
        _ => Err(refusal::invalid().with_fields(faults)),
    }
}
