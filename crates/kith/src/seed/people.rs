//! The people of the demo, and speaking for them.

use std::collections::BTreeMap;

use kith_api::request::UserAdd;
use kith_api::view::UserView;
use kith_domain::access::{Principal, RoleGrant};
use kith_domain::context::{Actor, ActorKind, Channel};
use kith_domain::value::UserId;
use kith_engine::Caller;

use super::Person;
use crate::demo::User;
use crate::door::{Call, Door, Local};
use crate::failure::Failure;

/// Somebody of the demo, known to Kith.
#[derive(Debug, Clone)]
struct Known {
    person: Person,
    caller: Caller,
    id: UserId,
}

/// The people of the demo by address.
#[derive(Debug, Clone)]
pub(super) struct People {
    known: BTreeMap<String, Known>,
    order: Vec<String>,
}

/// `role` or `role@ENTITY`.
fn role_words(user: &User) -> Vec<String> {
    let words = |role: &crate::demo::Role| match role.entity {
        Some(entity) => format!("{}@{entity}", role.role),
        None => role.role.to_owned(),
    };
    user.roles.iter().map(words).collect()
}

fn nobody(what: &str) -> Failure {
    Failure::Here(format!("nobody in the demo is {what}"))
}

impl People {
    /// Adds the users; the administrator is there already.
    pub(super) async fn add(
        local: &Local,
        users: &[User],
        admin: UserId,
        password: &str,
    ) -> Result<Self, Failure> {
        let door = Door::Local(local.clone());
        let mut people = Self { known: BTreeMap::new(), order: Vec::new() };
        for user in users {
            let roles = role_words(user);
            let id = if roles.iter().any(|role| role == "admin") {
                admin
            } else {
                let add = UserAdd {
                    name: user.name.to_owned(),
                    email: user.email.clone(),
                    roles: roles.clone(),
                    password: Some(password.to_owned()),
                };
                let added: UserView = door.call(Call::to("user_add").json(&add)?).await?.json()?;
                added.id.parse().map_err(|_| nobody(&added.id))?
            };
            people.know(user, roles, id)?;
        }
        Ok(people)
    }

    fn know(&mut self, user: &User, roles: Vec<String>, id: UserId) -> Result<(), Failure> {
        let grants = roles.iter().map(|role| role.parse::<RoleGrant>().map_err(|_| nobody(role)));
        let caller = Caller {
            principal: Principal {
                actor: Actor { kind: ActorKind::User, user: Some(id) },
                roles: grants.collect::<Result<_, _>>()?,
            },
            channel: Channel::Web,
            correlation: String::new(),
            reason: None,
            name: Some(user.name.to_owned()),
            ..Caller::system()
        };
        let person = Person { name: user.name.to_owned(), email: user.email.clone(), roles };
        self.order.push(user.email.clone());
        self.known.insert(user.email.clone(), Known { person, caller, id });
        Ok(())
    }

    /// Everybody, in the order of the company.
    pub(super) fn list(&self) -> Vec<Person> {
        self.order
            .iter()
            .filter_map(|email| self.known.get(email))
            .map(|known| known.person.clone())
            .collect()
    }

    /// The `usr_…` behind an address.
    pub(super) fn id(&self, email: &str) -> Result<String, Failure> {
        self.known.get(email).map(|known| known.id.to_string()).ok_or_else(|| nobody(email))
    }

    /// Speaks for the person with an address.
    pub(super) fn with_address(&self, email: &str) -> Result<Caller, Failure> {
        self.known.get(email).map(|known| known.caller.clone()).ok_or_else(|| nobody(email))
    }

    /// Speaks for the first one with a role who is none of some.
    pub(super) fn approver(&self, role: &str, taken: &[&str]) -> Result<Caller, Failure> {
        let fits = |known: &&Known| {
            let holds = known.person.roles.iter().any(|held| held.split('@').next() == Some(role));
            holds && !taken.contains(&known.id.to_string().as_str())
        };
        let found = self.order.iter().filter_map(|email| self.known.get(email)).find(fits);
        found.map(|known| known.caller.clone()).ok_or_else(|| nobody(role))
    }

    /// Speaks for the first one with a role.
    pub(super) fn with_role(&self, role: &str) -> Result<Caller, Failure> {
        self.approver(role, &[])
    }
}
