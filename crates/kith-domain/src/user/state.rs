//! The state of a user.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Event, Preferences};
use crate::access::{Role, RoleGrant};
use crate::value::{AccountId, ContactId, Personal, UserId};

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

/// A link with which a person chooses a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activation {
    /// Keyed digest of its secret.
    pub digest: String,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// What binds a customer's person to the portal of one account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PortalAccess {
    /// Whose portal.
    pub account: AccountId,
    /// Which contact of the account.
    pub contact: Option<ContactId>,
    /// When a link was used.
    pub activated_at: Option<Timestamp>,
    /// Since when the account may not use the portal.
    pub revoked_at: Option<Timestamp>,
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
    /// How they read the pages.
    #[serde(skip_serializing_if = "Preferences::is_empty")]
    pub preferences: Preferences,
    /// When they were added; `None` before that.
    pub created_at: Option<Timestamp>,
    /// The link to choose a password that waits to be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activation: Option<Activation>,
    /// Sessions that were opened before this moment are over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sessions_from: Option<Timestamp>,
    /// Of a customer's person: whose portal they use. They see nothing else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub portal: Option<PortalAccess>,
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
        self.exists() && self.status == UserStatus::Active && !self.is_revoked()
    }

    /// Whether the account of a customer's person may not use the portal.
    #[must_use]
    pub fn is_revoked(&self) -> bool {
        self.portal.as_ref().is_some_and(|portal| portal.revoked_at.is_some())
    }

    /// Whether a session that was opened then is over.
    #[must_use]
    pub fn has_ended(&self, opened: Timestamp) -> bool {
        self.sessions_from.is_some_and(|from| opened.as_millisecond() < from.as_millisecond())
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
            Event::Provisioned { id, name, email, roles, account, contact, at } => {
                self.id = *id;
                self.name.clone_from(name);
                self.email.clone_from(email);
                self.roles.clone_from(roles);
                self.created_at = Some(*at);
                let portal = PortalAccess { account: *account, contact: *contact, ..PortalAccess::default() };
                self.portal = Some(portal);
            }
            Event::ActivationIssued { digest, expires_at } => {
                self.activation = Some(Activation { digest: digest.clone(), expires_at: *expires_at });
            }
            Event::Activated { at } => {
                self.activation = None;
                self.in_portal(|portal| portal.activated_at = Some(*at));
            }
            Event::SessionsEnded { at } => self.sessions_from = Some(*at),
            Event::PreferencesSet { preferences } => self.preferences.clone_from(preferences),
            Event::AccessRevoked { at } => self.in_portal(|portal| portal.revoked_at = Some(*at)),
            Event::AccessRestored { .. } => self.in_portal(|portal| portal.revoked_at = None),
            Event::Suspended => self.status = UserStatus::Suspended,
            Event::Reinstated => self.status = UserStatus::Active,
        }
    }

    fn in_portal(&mut self, change: impl FnOnce(&mut PortalAccess)) {
        if let Some(portal) = &mut self.portal {
            change(portal);
        }
    }
}
