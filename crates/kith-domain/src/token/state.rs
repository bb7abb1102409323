//! The state of a token.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Event;
use crate::context::ActorKind;
use crate::value::{TokenId, UserId};

/// What uses a token.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// The person, with all their grants.
    #[default]
    User,
    /// A program. Never approves.
    ApiClient,
    /// An artificial agent. Never approves.
    Agent,
}

impl TokenKind {
    /// The kind of actor that shows such a token.
    #[must_use]
    pub fn actor(self) -> ActorKind {
        match self {
            Self::User => ActorKind::User,
            Self::ApiClient => ActorKind::ApiClient,
            Self::Agent => ActorKind::Agent,
        }
    }
}

/// An access token.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Token {
    /// Which token.
    pub id: TokenId,
    /// As whom it acts.
    pub user: UserId,
    /// What uses it.
    pub kind: TokenKind,
    /// What people call it.
    pub name: String,
    /// Keyed hash of the token, hexadecimal.
    pub hash: String,
    /// The first characters.
    pub prefix: String,
    /// When it was made; `None` before that.
    pub created_at: Option<Timestamp>,
    /// When it stops to be valid; `None` for never.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl Token {
    /// Whether it was made.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.created_at.is_some()
    }

    /// Whether it opens the door at a time.
    #[must_use]
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.exists() && self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Created { id, user, kind, name, hash, prefix, expires_at, at } => {
                self.id = *id;
                self.user = *user;
                self.kind = *kind;
                self.name.clone_from(name);
                self.hash.clone_from(hash);
                self.prefix.clone_from(prefix);
                self.expires_at = *expires_at;
                self.created_at = Some(*at);
            }
            Event::Revoked { at } => self.revoked_at = Some(*at),
        }
    }
}
