//! What happened to a team. STORED FORMAT: add variants and optional members, never change one.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::value::{EntityCode, UserId};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was created.
    Created {
        /// Its code.
        code: String,
        /// Its name.
        name: String,
        /// Who leads it.
        lead: Option<UserId>,
        /// The legal entity that it works for; `None` for all.
        entity: Option<EntityCode>,
        /// Its members.
        members: BTreeSet<UserId>,
        /// When.
        at: Timestamp,
    },
    /// It was changed.
    Updated {
        /// Its name.
        name: String,
        /// Who leads it.
        lead: Option<UserId>,
        /// The legal entity that it works for; `None` for all.
        entity: Option<EntityCode>,
        /// Its members.
        members: BTreeSet<UserId>,
        /// Whether it takes no more accounts.
        retired: bool,
        /// When.
        at: Timestamp,
    },
    /// Somebody came to it.
    MemberAdded {
        /// Who.
        user: UserId,
        /// When.
        at: Timestamp,
    },
    /// Somebody left it.
    MemberRemoved {
        /// Who.
        user: UserId,
        /// When.
        at: Timestamp,
    },
}
