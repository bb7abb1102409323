//! The rules of the link with which a person chooses a password: it works once, and ends what was open before.

use super::decide::{check_hash, refuse};
use super::{Command, Event, User, refusal};
use crate::context::{ActorKind, Context};
use crate::refusal::Refusal;
use crate::value::Personal;

impl User {
    pub(super) fn activation_act(&self, context: &Context, command: &Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::IssueActivation { digest, expires_at } => {
                let approves = self.portal.is_none() && self.roles.iter().any(|held| held.role.approves());
                // Whoever manages users must not become the second pair of eyes by way of a link.
                if approves && self.password_hash.is_some() && context.actor.kind != ActorKind::System {
                    return Err(refusal::keeps_password());
                }
                let same = self.activation.as_ref().is_some_and(|held| held.digest == *digest);
                let issued = Event::ActivationIssued { digest: digest.clone(), expires_at: *expires_at };
                Ok(if same { vec![] } else { vec![issued] })
            }
            Command::Activate { digest, hash } => {
                let at = context.now;
                let held = self.activation.as_ref().filter(|held| held.digest == *digest);
                if held.is_none_or(|held| held.expires_at <= at) {
                    return Err(refusal::activation_invalid());
                }
                if !self.is_active() {
                    return Err(refusal::access_revoked());
                }
                let mut faults = Vec::new();
                check_hash(hash, "/password", &mut faults);
                refuse(faults)?;
                let hash = Personal::new(self.id, hash.clone());
                let ended = self.password_hash.is_some().then_some(Event::SessionsEnded { at });
                let chosen = [Event::Activated { at }, Event::PasswordSet { hash }];
                Ok(chosen.into_iter().chain(ended).collect())
            }
            _ => Ok(vec![]),
        }
    }
}
