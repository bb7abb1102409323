//! What happened to a user. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Preferences;
use crate::access::RoleGrant;
use crate::value::{AccountId, ContactId, Personal, UserId};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The user was added.
    Added {
        /// The id.
        id: UserId,
        /// The name.
        name: Personal<String>,
        /// The e-mail address.
        email: Personal<String>,
        /// The roles.
        roles: Vec<RoleGrant>,
        /// When.
        at: Timestamp,
    },
    /// The user holds exactly these roles.
    RolesSet {
        /// The roles.
        roles: Vec<RoleGrant>,
    },
    /// The user has another password. The hash is sealed under the user, so that it dies with them.
    PasswordSet {
        /// An Argon2id hash.
        hash: Personal<String>,
    },
    /// The user reads the pages like this.
    PreferencesSet {
        /// All of them.
        preferences: Preferences,
    },
    /// The user may no longer sign in.
    Suspended,
    /// The user may sign in again.
    Reinstated,
    /// A customer's person has access to the portal of their account.
    Provisioned {
        /// The id.
        id: UserId,
        /// The name.
        name: Personal<String>,
        /// The e-mail address.
        email: Personal<String>,
        /// The roles.
        roles: Vec<RoleGrant>,
        /// Whose portal.
        account: AccountId,
        /// Which contact of the account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contact: Option<ContactId>,
        /// When.
        at: Timestamp,
    },
    /// A link to choose a password was issued.
    ActivationIssued {
        /// Keyed digest of its secret.
        digest: String,
        /// Until when it works.
        expires_at: Timestamp,
    },
    /// The link was used.
    Activated {
        /// When.
        at: Timestamp,
    },
    /// Every session ended that was opened before.
    SessionsEnded {
        /// When.
        at: Timestamp,
    },
    /// The account may not use the portal.
    AccessRevoked {
        /// When.
        at: Timestamp,
    },
    /// The account may use the portal again.
    AccessRestored {
        /// When.
        at: Timestamp,
    },
}
