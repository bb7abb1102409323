//! What may be asked of a user.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Preferences;
use crate::access::{Role, RoleGrant};
use crate::approval::Operation;
use crate::value::{AccountId, ContactId, Personal, UserId};

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
    /// Read the pages like this from now on; what is absent follows the browser and the organisation.
    SetPreferences {
        /// All of them.
        preferences: Preferences,
    },
    /// May no longer sign in.
    Suspend,
    /// May sign in again.
    Reinstate,
    /// Give a customer's person access to the portal of their account; asked again, it adds roles that are missing.
    Provision {
        /// The new user's id.
        id: UserId,
        /// The name.
        name: Personal<String>,
        /// The e-mail address, unique among users.
        email: Personal<String>,
        /// Whose portal.
        account: AccountId,
        /// Which contact of the account.
        contact: Option<ContactId>,
        /// The roles; roles of the portal only.
        roles: Vec<Role>,
    },
    /// Issue a link with which the person chooses a password; the one before stops to work.
    IssueActivation {
        /// Keyed digest of the link's secret, hexadecimal.
        digest: String,
        /// Until when it works.
        expires_at: Timestamp,
    },
    /// Choose a password with the link.
    Activate {
        /// Keyed digest of the link's secret.
        digest: String,
        /// An Argon2id hash.
        hash: String,
    },
    /// Every session ends: whoever is signed in must sign in again.
    EndSessions,
    /// The account may not use the portal: nor may its people.
    RevokeAccess,
    /// It may again.
    RestoreAccess,
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Add { .. } => Operation::UserAdd,
            Self::SetRoles { .. } => Operation::UserSetRoles,
            Self::SetPassword { .. } => Operation::UserSetPassword,
            Self::SetPreferences { .. } => Operation::UserSetPreferences,
            Self::Suspend | Self::Reinstate => Operation::UserSuspend,
            Self::EndSessions => Operation::UserEndSessions,
            Self::Provision { .. } | Self::IssueActivation { .. } => Operation::UserProvision,
            Self::Activate { .. } | Self::RevokeAccess | Self::RestoreAccess => Operation::UserActivate,
        }
    }

    /// Whether it names a role that approves: for the policy's condition `grants_approving`.
    #[must_use]
    pub fn grants_approving(&self) -> bool {
        match self {
            Self::Add { roles, .. } | Self::SetRoles { roles } => {
                roles.iter().map(|grant| grant.role).any(Role::approves)
            }
            Self::SetPassword { .. }
            | Self::SetPreferences { .. }
            | Self::Suspend
            | Self::Reinstate
            | Self::EndSessions
            | Self::Provision { .. }
            | Self::IssueActivation { .. }
            | Self::Activate { .. }
            | Self::RevokeAccess
            | Self::RestoreAccess => false,
        }
    }
}
