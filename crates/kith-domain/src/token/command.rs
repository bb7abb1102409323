//! What may be asked of a token.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::TokenKind;
use crate::approval::Operation;
use crate::value::{TokenId, UserId};

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Make a token.
    Create {
        /// The new token's id.
        id: TokenId,
        /// As whom it acts.
        user: UserId,
        /// What uses it.
        kind: TokenKind,
        /// What people call it.
        name: String,
        /// Keyed hash of the token, hexadecimal.
        hash: String,
        /// The first characters, to recognise it by, for example `kth_9f3a`.
        prefix: String,
        /// When it stops to be valid; `None` for never.
        expires_at: Option<Timestamp>,
    },
    /// Make it invalid at once.
    Revoke,
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Create { .. } => Operation::TokenCreate,
            Self::Revoke => Operation::TokenRevoke,
        }
    }
}
