//! What happened to a user. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::access::RoleGrant;
use crate::value::{Personal, UserId};

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
    /// The user may no longer sign in.
    Suspended,
    /// The user may sign in again.
    Reinstated,
}
