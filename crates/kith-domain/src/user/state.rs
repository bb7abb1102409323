//! The state of a user.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Event;
use crate::access::{Role, RoleGrant};
use crate::value::{Personal, UserId};

/// Whether a user may sign in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserStatus {
    /// May sign in.
    #[default]
    Active,
    /// May not.
    Suspended,
}

/// A person who works with Kith.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct User {
    /// Which user.
    pub id: UserId,
    /// The name.
    pub name: Personal<String>,
    /// The e-mail address as entered; matched by [`crate::value::email_key`].
    pub email: Personal<String>,
    /// The roles.
    pub roles: Vec<RoleGrant>,
    /// Whether they may sign in.
    pub status: UserStatus,
    /// The Argon2id hash of the password; `None` before one was set.
    pub password_hash: Option<Personal<String>>,
    /// When they were added; `None` before that.
    pub created_at: Option<Timestamp>,
}

impl User {
    /// Whether the user was added.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.created_at.is_some()
    }

    /// Whether the user may act.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.exists() && self.status == UserStatus::Active
    }

    /// Whether the user administers the whole installation.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.roles.contains(&RoleGrant::everywhere(Role::Admin))
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Added { id, name, email, roles, at } => {
                self.id = *id;
                self.name.clone_from(name);
                self.email.clone_from(email);
                self.roles.clone_from(roles);
                self.created_at = Some(*at);
            }
            Event::RolesSet { roles } => self.roles.clone_from(roles),
            Event::PasswordSet { hash } => self.password_hash = Some(hash.clone()),
            Event::Suspended => self.status = UserStatus::Suspended,
            Event::Reinstated => self.status = UserStatus::Active,
        }
    }
}
