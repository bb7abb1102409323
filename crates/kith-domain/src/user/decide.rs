//! The rules of users.

use std::collections::BTreeSet;

use crate::value::{EntityCode, UserId};

/// What the rules need to know.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The legal entities.
    pub entities: BTreeSet<EntityCode>,
    /// Which user has the e-mail address of an `Add` ([`crate::value::email_key`]), if any.
    pub email_taken: Option<UserId>,
    /// Whether no other active user is an administrator ([`super::User::is_admin`]).
    pub last_admin: bool,
    /// Whether the actor may manage users, not only themselves.
    pub may_manage: bool,
}
