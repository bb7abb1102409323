//! What the rules of an account need and the account does not own.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Key;
use crate::value::{AccountId, Currency, EntityCode, UserId};

/// What the rules need to know. The engine looks up the keys of [`super::wanted_keys`] and the users of
/// [`super::wanted_users`] before it asks for a decision.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The legal entities and their currencies.
    pub entities: BTreeMap<EntityCode, Currency>,
    /// The codes of payment terms.
    pub payment_terms: BTreeSet<String>,
    /// Of the users named by the command, those that exist and are active.
    pub users: BTreeSet<UserId>,
    /// Of the unique keys in the command, those that an account has, and which account.
    pub taken: BTreeMap<Key, AccountId>,
    /// Today, in the zone of the organisation.
    pub today: Option<Date>,
}
