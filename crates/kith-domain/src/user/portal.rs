//! The rules of access to the portal: given once for each person of an account, by link, never by a password of ours.

use super::decide::refuse;
use super::{Command, Event, Facts, User, refusal};
use crate::access::{Role, RoleGrant};
use crate::context::Context;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{AccountId, ContactId, Personal, UserId, line, parse_email};

/// Whether a role belongs to the portal.
fn is_portal(role: Role) -> bool {
    matches!(role, Role::PortalAdmin | Role::PortalUser)
}

impl User {
    /// Gives access, or adds the roles that are missing.
    pub(super) fn provision(
        &self,
        context: &Context,
        facts: &Facts,
        (id, name, email): (UserId, &Personal<String>, &Personal<String>),
        (account, contact): (AccountId, Option<ContactId>),
        roles: &[Role],
    ) -> Result<Vec<Event>, Refusal> {
        let mut faults = Vec::new();
        if roles.is_empty() || !roles.iter().copied().all(is_portal) {
            faults.push(FieldFault::new("/roles", "role_not_portal", "expected portal_admin or portal_user"));
        }
        if self.exists() {
            refuse(faults)?;
            return self.add_roles(account, roles);
        }
        let mut text =
            |value: &Personal<String>, place: &str, read: &dyn Fn(&str) -> Result<String, FieldFault>| {
                let read = read(value.get().map_or("", String::as_str));
                read.map(|text| Personal::new(id, text)).unwrap_or_else(|mut fault| {
                    place.clone_into(&mut fault.pointer);
                    faults.push(fault);
                    Personal::default()
                })
            };
        let name = text(name, "/name", &|text| {
            line(text, 255).map_err(|error| FieldFault::new("", error.code(), error.to_string()))
        });
        let email = text(email, "/email", &|text| {
            parse_email(text).map_err(|error| FieldFault::new("", "email_invalid", error.to_string()))
        });
        refuse(faults)?;
        if facts.email_taken.is_some_and(|other| other != id) {
            let fault = FieldFault::new("/email", "email_taken", "another user has this e-mail address");
            return Err(refusal::email_taken().with_fields(vec![fault]));
        }
        let roles = sorted(roles.iter().copied().map(RoleGrant::everywhere).collect());
        Ok(vec![Event::Provisioned { id, name, email, roles, account, contact, at: context.now }])
    }

    fn add_roles(&self, account: AccountId, roles: &[Role]) -> Result<Vec<Event>, Refusal> {
        if self.portal.as_ref().is_none_or(|portal| portal.account != account) {
            return Err(refusal::not_portal());
        }
        let wanted = roles.iter().copied().map(RoleGrant::everywhere).chain(self.roles.iter().cloned());
        let roles = sorted(wanted.collect());
        Ok(if roles == self.roles { vec![] } else { vec![Event::RolesSet { roles }] })
    }

    /// A customer's person holds no role of ours.
    pub(super) fn portal_roles_only(&self, roles: &[RoleGrant], faults: &mut Vec<FieldFault>) {
        if self.portal.is_some() && roles.iter().any(|held| !is_portal(held.role) || held.entity.is_some()) {
            faults.push(FieldFault::new("/roles", "role_not_portal", "expected portal_admin or portal_user"));
        }
    }

    pub(super) fn access_act(&self, context: &Context, command: &Command) -> Result<Vec<Event>, Refusal> {
        let Some(portal) = &self.portal else { return Err(refusal::not_portal()) };
        let at = context.now;
        match command {
            Command::RevokeAccess if portal.revoked_at.is_none() => Ok(vec![Event::AccessRevoked { at }]),
            Command::RestoreAccess if portal.revoked_at.is_some() => Ok(vec![Event::AccessRestored { at }]),
            _ => Ok(vec![]),
        }
    }
}

fn sorted(mut roles: Vec<RoleGrant>) -> Vec<RoleGrant> {
    roles.sort();
    roles.dedup();
    roles
}
