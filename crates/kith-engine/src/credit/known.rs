//! What is remembered between sittings, each with the version by which it is known to be still so.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use kith_domain::account::Account;
use kith_domain::credit::{Book, CreditRules};
use kith_domain::policy::Policy;
use kith_domain::value::{AccountId, EntityCode};
use kith_store::{Fault, Noun, Reader};

use super::line::Line;
use crate::noun::{POLICY, load};

/// Entries kept of one sort; beyond that all are read anew.
const KEPT: usize = 20_000;

/// An account as it was read, and its row.
#[derive(Debug)]
pub(super) struct Customer {
    pub(super) version: u64,
    pub(super) row: u32,
    pub(super) account: Account,
}

/// What the limit of an account with an entity is, on a day.
#[derive(Debug)]
pub(super) struct Terms {
    pub(super) limit: Option<i64>,
    /// Whether there is a limit that could not be said in the entity's currency.
    pub(super) unrated: bool,
    /// Numbers of the entities that share the limit.
    pub(super) pool: Vec<u8>,
    /// The currency that the customer has with the entity.
    pub(super) currency: Option<kith_domain::value::Currency>,
    pub(super) cash: bool,
}

/// The day, and versions of what a book or terms were made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Of the facts, or of the account.
    pub(super) of: u64,
    pub(super) organisation: u64,
    pub(super) day: u16,
}

/// All that is remembered.
#[derive(Debug, Default)]
pub(super) struct Memory {
    policy: Option<(u64, Arc<(u64, CreditRules)>)>,
    pub(super) customers: HashMap<AccountId, Arc<Customer>>,
    pub(super) terms: HashMap<(AccountId, EntityCode), (Stamp, Arc<Terms>)>,
    pub(super) books: HashMap<u32, (Stamp, Arc<Book>)>,
    pub(super) lines: HashMap<AccountId, Line>,
    /// Risk classes by row, with the facts, the record, what was told of risk and the day that they stand on.
    pub(super) classes: HashMap<u32, ([u64; 5], Option<char>)>,
}

/// Remembers, and forgets all rather than grow without end.
pub(super) fn keep<K: Hash + Eq, V>(map: &mut HashMap<K, V>, key: K, value: V) {
    if map.len() >= KEPT {
        map.clear();
    }
    map.insert(key, value);
}

impl Memory {
    /// The company's choices, with the version of the policy.
    pub(super) fn rules(&mut self, reader: &mut Reader<'_>) -> Result<Arc<(u64, CreditRules)>, Fault> {
        let version = reader.document_version(Noun::Policy, POLICY)?;
        if let Some((known, rules)) = &self.policy
            && *known == version
        {
            return Ok(Arc::clone(rules));
        }
        let policy = load::<Policy>(reader, POLICY)?.state;
        let rules = Arc::new((policy.version, policy.rules.credit));
        self.policy = Some((version, Arc::clone(&rules)));
        Ok(rules)
    }

    /// An account, whose version may be known already; `None` when there is none.
    pub(super) fn customer(
        &mut self,
        reader: &mut Reader<'_>,
        id: AccountId,
        version: Option<u64>,
    ) -> Result<Option<Arc<Customer>>, Fault> {
        let text = id.to_string();
        let version = version.map_or_else(|| reader.document_version(Noun::Account, &text), Ok)?;
        if let Some(known) = self.customers.get(&id).filter(|known| known.version == version) {
            return Ok(Some(Arc::clone(known)));
        }
        let loaded = load::<Account>(reader, &text)?;
        let Some(row) = loaded.row else { return Ok(None) };
        let customer = Arc::new(Customer { version: loaded.version, row, account: loaded.state });
        keep(&mut self.customers, id, Arc::clone(&customer));
        Ok(Some(customer))
    }
}
