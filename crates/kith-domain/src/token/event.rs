//! What happened to a token. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::TokenKind;
use crate::value::{TokenId, UserId};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was made.
    Created {
        /// The id.
        id: TokenId,
        /// As whom it acts.
        user: UserId,
        /// What uses it.
        kind: TokenKind,
        /// What people call it.
        name: String,
        /// Keyed hash, hexadecimal.
        hash: String,
        /// The first characters.
        prefix: String,
        /// When it stops to be valid.
        expires_at: Option<Timestamp>,
        /// When it was made.
        at: Timestamp,
    },
    /// It was made invalid.
    Revoked {
        /// When.
        at: Timestamp,
    },
}
