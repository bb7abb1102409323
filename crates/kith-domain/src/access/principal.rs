//! The principal: an actor and the roles it acts with.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Grant, Role, RoleGrant, grants};
use crate::context::{Actor, ActorKind};
use crate::value::{EntityCode, UserId};

/// Who asks, and with which roles. Programs and agents act with the roles of their token's user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Principal {
    /// Who asks.
    pub actor: Actor,
    /// The roles; empty for Kith itself, which needs none.
    pub roles: Vec<RoleGrant>,
}

/// Which accounts a grant reaches, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// None at all.
    Nothing,
    /// Those owned by one of these entities.
    Entities(BTreeSet<EntityCode>),
    /// All of them.
    Everything,
}

impl Reach {
    /// Whether it reaches an account owned by an entity.
    #[must_use]
    pub fn covers(&self, entity: &EntityCode) -> bool {
        match self {
            Self::Nothing => false,
            Self::Entities(entities) => entities.contains(entity),
            Self::Everything => true,
        }
    }
}

impl Principal {
    /// Kith itself.
    #[must_use]
    pub fn system() -> Self {
        Self { actor: Actor::system(), roles: Vec::new() }
    }

    /// The user who asks, or whose token it is.
    #[must_use]
    pub fn user(&self) -> Option<UserId> {
        self.actor.user
    }

    /// Whether the principal may do this. With an entity: for an account that this entity owns. Without one:
    /// at all, somewhere; a grant about the whole organisation then needs a role that is not for one entity.
    ///
    /// Kith itself may do everything but approve; programs and agents never approve.
    #[must_use]
    pub fn may(&self, grant: Grant, entity: Option<&EntityCode>) -> bool {
        if grant.people_only() && self.actor.kind != ActorKind::User {
            return false;
        }
        if self.actor.kind == ActorKind::System {
            return true;
        }
        self.roles.iter().any(|held| {
            let wide = held.entity.is_none();
            let reaches =
                if grant.organisation_wide() { wide } else { entity.is_none() || held.reaches(entity) };
            reaches && grants(held.role).contains(&grant)
        })
    }

    /// Which accounts a grant reaches.
    #[must_use]
    pub fn reach(&self, grant: Grant) -> Reach {
        if grant.people_only() && self.actor.kind != ActorKind::User {
            return Reach::Nothing;
        }
        if self.actor.kind == ActorKind::System {
            return Reach::Everything;
        }
        let holding = || self.roles.iter().filter(|held| grants(held.role).contains(&grant));
        if holding().any(|held| held.entity.is_none()) {
            return Reach::Everything;
        }
        let entities: BTreeSet<EntityCode> = holding().filter_map(|held| held.entity.clone()).collect();
        if entities.is_empty() || grant.organisation_wide() {
            Reach::Nothing
        } else {
            Reach::Entities(entities)
        }
    }

    /// Whether the principal holds a role for what belongs to an entity (`None`: to no single one).
    #[must_use]
    pub fn holds(&self, role: Role, entity: Option<&EntityCode>) -> bool {
        self.roles.iter().any(|held| held.role == role && held.reaches(entity))
    }
}
