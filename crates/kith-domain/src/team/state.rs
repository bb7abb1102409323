//! The state of a team.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Event;
use crate::value::{EntityCode, UserId};

/// People who look after accounts together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Team {
    /// Its code, in capitals; never changes.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Who leads it: one of its members.
    pub lead: Option<UserId>,
    /// The legal entity that it works for; `None` for all.
    pub entity: Option<EntityCode>,
    /// Its members.
    pub members: BTreeSet<UserId>,
    /// Whether it takes no more accounts.
    pub retired: bool,
    /// When it was created; `None` before that.
    pub created_at: Option<Timestamp>,
    /// When it was changed last.
    pub updated_at: Option<Timestamp>,
}

impl Team {
    /// Whether it was created.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.created_at.is_some()
    }

    pub(super) fn apply(&mut self, event: &Event) {
        let at = match event {
            Event::Created { code, name, lead, entity, members, at } => {
                self.code.clone_from(code);
                self.name.clone_from(name);
                self.lead = *lead;
                self.entity.clone_from(entity);
                self.members.clone_from(members);
                self.created_at = Some(*at);
                at
            }
            Event::Updated { name, lead, entity, members, retired, at } => {
                self.name.clone_from(name);
                self.lead = *lead;
                self.entity.clone_from(entity);
                self.members.clone_from(members);
                self.retired = *retired;
                at
            }
            Event::MemberAdded { user, at } => {
                self.members.insert(*user);
                at
            }
            Event::MemberRemoved { user, at } => {
                self.members.remove(user);
                at
            }
        };
        self.updated_at = Some(*at);
    }
}
