//! The rules of users.

use std::collections::BTreeSet;

use super::{Command, Event, User, UserStatus, refusal};
use crate::access::{Role, RoleGrant};
use crate::context::{ActorKind, Context};
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{EntityCode, Personal, UserId, line, parse_email};

/// What the rules need to know.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The legal entities.
    pub entities: BTreeSet<EntityCode>,
    /// Which user has the e-mail address of an `Add` ([`crate::value::email_key`]), if any.
    pub email_taken: Option<UserId>,
    /// Whether no other active user is an administrator ([`super::User::is_admin`]).
    pub last_admin: bool,
    /// Whether the actor may manage users, not only themselves.
    pub may_manage: bool,
}

impl Decider for User {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        if let Command::Add { id, name, email, roles, password_hash } = command {
            return self.add(
                context,
                facts,
                (*id, name, email, roles, password_hash.as_ref().and_then(Personal::get).map(String::as_str)),
            );
        }
        if let Command::Provision { id, name, email, account, contact, roles } = command {
            return self.provision(context, facts, (*id, name, email), (*account, *contact), roles);
        }
        if !self.exists() {
            return Err(refusal::not_found());
        }
        match command {
            // Handled above: the only commands before there is a user.
            Command::Add { .. } | Command::Provision { .. } => Ok(vec![]),
            Command::SetRoles { roles } => {
                let mut faults = Vec::new();
                let roles = checked_roles(roles, facts, &mut faults);
                self.portal_roles_only(&roles, &mut faults);
                refuse(faults)?;
                if context.actor.user == Some(self.id) && self.would_gain(&roles) {
                    return Err(refusal::own_rights());
                }
                let admin = roles.contains(&RoleGrant::everywhere(Role::Admin));
                if self.is_admin() && self.is_active() && !admin && facts.last_admin {
                    return Err(refusal::last_admin());
                }
                Ok(if roles == self.roles { vec![] } else { vec![Event::RolesSet { roles }] })
            }
            Command::SetPassword { hash } => {
                let own = context.actor.user == Some(self.id) && context.actor.kind == ActorKind::User;
                if !own && !facts.may_manage {
                    return Err(refusal::not_own());
                }
                let mut faults = Vec::new();
                check_hash(hash, "/hash", &mut faults);
                refuse(faults)?;
                let hash = Personal::new(self.id, hash.clone());
                let same = self.password_hash.as_ref() == Some(&hash);
                Ok(if same { vec![] } else { vec![Event::PasswordSet { hash }] })
            }
            Command::SetPreferences { preferences } => {
                if context.actor.user != Some(self.id) && !facts.may_manage {
                    return Err(refusal::not_own());
                }
                let mut faults = Vec::new();
                let preferences = preferences.checked(&mut faults);
                refuse(faults)?;
                let same = preferences == self.preferences;
                Ok(if same { vec![] } else { vec![Event::PreferencesSet { preferences }] })
            }
            Command::Suspend if self.status == UserStatus::Suspended => Ok(vec![]),
            Command::Suspend if self.is_admin() && facts.last_admin => Err(refusal::last_admin()),
            Command::Suspend => Ok(vec![Event::Suspended]),
            Command::Reinstate if self.status == UserStatus::Active => Ok(vec![]),
            Command::Reinstate => Ok(vec![Event::Reinstated]),
            Command::EndSessions if context.actor.user != Some(self.id) && !facts.may_manage => {
                Err(refusal::not_own_sessions())
            }
            Command::EndSessions if self.sessions_from == Some(context.now) => Ok(vec![]),
            Command::EndSessions => Ok(vec![Event::SessionsEnded { at: context.now }]),
            Command::IssueActivation { .. } | Command::Activate { .. } => {
                self.activation_act(context, command)
            }
            Command::RevokeAccess | Command::RestoreAccess => self.access_act(context, command),
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Added { .. } => "user.added.v1",
            Event::RolesSet { .. } => "user.roles_set.v1",
            Event::PasswordSet { .. } => "user.password_set.v1",
            Event::Suspended => "user.suspended.v1",
            Event::Reinstated => "user.reinstated.v1",
            Event::Provisioned { .. } => "user.provisioned.v1",
            Event::ActivationIssued { .. } => "user.activation_issued.v1",
            Event::Activated { .. } => "user.activated.v1",
            Event::SessionsEnded { .. } => "user.sessions_ended.v1",
            Event::PreferencesSet { .. } => "user.preferences_set.v1",
            Event::AccessRevoked { .. } => "user.access_revoked.v1",
            Event::AccessRestored { .. } => "user.access_restored.v1",
        }
    }
}

type Added<'a> = (UserId, &'a Personal<String>, &'a Personal<String>, &'a [RoleGrant], Option<&'a str>);

impl User {
    /// Whether these roles reach further than those that are held.
    fn would_gain(&self, roles: &[RoleGrant]) -> bool {
        let held = |role: &RoleGrant| {
            self.roles.iter().any(|held| held.role == role.role && held.reaches(role.entity.as_ref()))
        };
        !roles.iter().all(held)
    }

    fn add(&self, context: &Context, facts: &Facts, added: Added<'_>) -> Result<Vec<Event>, Refusal> {
        let (id, name, email, roles, hash) = added;
        if self.exists() {
            return Err(refusal::exists());
        }
        let mut faults = Vec::new();
        let written = |text: &Personal<String>| text.get().cloned().unwrap_or_default();
        let (name, email) = read_person(&written(name), &written(email), &mut faults);
        let (name, email) = (Personal::new(id, name), Personal::new(id, email));
        let roles = checked_roles(roles, facts, &mut faults);
        if let Some(hash) = hash {
            check_hash(hash, "/password", &mut faults);
        }
        refuse(faults)?;
        if facts.email_taken.is_some_and(|other| other != id) {
            let fault = FieldFault::new("/email", "email_taken", "another user has this e-mail address");
            return Err(refusal::email_taken().with_fields(vec![fault]));
        }
        let mut events = vec![Event::Added { id, name, email, roles, at: context.now }];
        events.extend(hash.map(|hash| Event::PasswordSet { hash: Personal::new(id, hash.to_owned()) }));
        Ok(events)
    }
}

/// The name and the e-mail address of a user as they are kept, every fault at its place.
pub fn read_person(name: &str, email: &str, faults: &mut Vec<FieldFault>) -> (String, String) {
    let name = line(name, 255).unwrap_or_else(|error| {
        faults.push(FieldFault::new("/name", error.code(), error.to_string()));
        String::new()
    });
    let email = parse_email(email).unwrap_or_else(|error| {
        faults.push(FieldFault::new("/email", "email_invalid", error.to_string()));
        String::new()
    });
    (name, email)
}

pub(super) fn refuse(faults: Vec<FieldFault>) -> Result<(), Refusal> {
    if faults.is_empty() { Ok(()) } else { Err(refusal::invalid().with_fields(faults)) }
}

/// The roles sorted, each once; entities must exist.
fn checked_roles(roles: &[RoleGrant], facts: &Facts, faults: &mut Vec<FieldFault>) -> Vec<RoleGrant> {
    for (index, grant) in roles.iter().enumerate() {
        if grant.entity.as_ref().is_some_and(|entity| !facts.entities.contains(entity)) {
            let place = format!("/roles/{index}/entity");
            faults.push(FieldFault::new(place, "entity_unknown", "there is no such legal entity"));
        }
    }
    roles.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

pub(super) fn check_hash(hash: &str, place: &str, faults: &mut Vec<FieldFault>) {
    if !hash.starts_with("$argon2id$") || hash.len() > 512 {
        faults.push(FieldFault::new(
            place,
            "password_hash_invalid",
            "the password was not hashed as it must be",
        ));
    }
}
