//! What may be asked of a user.

use serde::{Deserialize, Serialize};

use crate::access::{Role, RoleGrant};
use crate::approval::Operation;
use crate::value::{Personal, UserId};

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Add a user.
    Add {
        /// The new user's id, also the subject of name and e-mail.
        id: UserId,
        /// The name.
        name: Personal<String>,
        /// The e-mail address, unique among users.
        email: Personal<String>,
        /// The roles.
        roles: Vec<RoleGrant>,
        /// An Argon2id hash, when a password is given at once; sealed, since the command may wait as a change.
        password_hash: Option<Personal<String>>,
    },
    /// Hold exactly these roles.
    SetRoles {
        /// The roles.
        roles: Vec<RoleGrant>,
    },
    /// Have this password.
    SetPassword {
        /// An Argon2id hash.
        hash: String,
    },
    /// May no longer sign in.
    Suspend,
    /// May sign in again.
    Reinstate,
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Add { .. } => Operation::UserAdd,
            Self::SetRoles { .. } => Operation::UserSetRoles,
            Self::SetPassword { .. } => Operation::UserSetPassword,
            Self::Suspend | Self::Reinstate => Operation::UserSuspend,
        }
    }

    /// Whether it names a role that approves: for the policy's condition `grants_approving`.
    #[must_use]
    pub fn grants_approving(&self) -> bool {
        match self {
            Self::Add { roles, .. } | Self::SetRoles { roles } => {
                roles.iter().map(|grant| grant.role).any(Role::approves)
            }
            Self::SetPassword { .. } | Self::Suspend | Self::Reinstate => false,
        }
    }
}
