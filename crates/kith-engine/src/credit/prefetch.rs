//! What a sitting asks the database for all its requests at once, where each would ask for itself.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use data_encoding::HEXLOWER;
use kith_domain::value::AccountId;
use kith_store::{Fault, Index, Noun};

use super::act::Act;
use super::desk::Sitting;
use super::teller::Waiting;
use crate::caller::Caller;
use crate::noun::{Loaded, read};
use kith_domain::reservation::Reservation;

/// Answers that hold for the whole sitting; what is not in it is asked when it is needed.
#[derive(Debug, Default)]
pub(super) struct Prefetched {
    /// Versions of accounts.
    pub(super) accounts: HashMap<AccountId, u64>,
    /// Versions of what is known of their risk, 0 where nothing is.
    pub(super) risks: HashMap<AccountId, u64>,
    /// Versions of the lines that are held.
    pub(super) lines: HashMap<String, u64>,
    /// Request keys that no reservation had when the sitting began.
    free_keys: HashSet<String>,
}

impl Sitting<'_, '_> {
    /// Asks for all requests to reserve.
    pub(super) fn prefetch(&mut self, waiting: &[Arc<Waiting>]) -> Result<(), Fault> {
        let (mut accounts, mut keys) = (HashMap::new(), HashSet::new());
        for waiting in waiting {
            let Act::Reserve(ask) = &waiting.act else { continue };
            let id = self.engine.account_named(&ask.ask.account);
            accounts.extend(id.map(|id| (id, id.to_string())));
            keys.extend(ask.key.as_ref().map(|key| self.request_key(&waiting.caller, key)));
        }
        let ids: Vec<&str> = accounts.values().map(String::as_str).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let known = self.unit.document_versions(Noun::Account, &ids)?;
        let told = self.unit.document_versions(Noun::Risk, &ids)?;
        let version = |found: &HashMap<String, u64>, text: &str| found.get(text).copied().unwrap_or(0);
        self.prefetched.accounts = accounts.iter().map(|(id, text)| (*id, version(&known, text))).collect();
        self.prefetched.risks = accounts.iter().map(|(id, text)| (*id, version(&told, text))).collect();
        if !keys.is_empty() {
            let texts: Vec<&str> = keys.iter().map(String::as_str).collect();
            let taken = self.unit.taken(Noun::Reservation, "request_key", &texts)?;
            keys.retain(|key| !taken.contains(key));
        }
        self.prefetched.free_keys = keys;
        Ok(())
    }

    /// How the key of a caller's request is kept.
    pub(super) fn request_key(&self, caller: &Caller, key: &str) -> String {
        let user = caller.principal.user().map_or_else(|| "system".to_owned(), |user| user.to_string());
        let secrets = self.engine.store().secrets();
        HEXLOWER.encode(&secrets.lookup_digest("reservation", &format!("{user}/{key}")))
    }

    /// The reservation with this value in a column, be it stored or made in this sitting.
    pub(super) fn reservation(
        &mut self,
        column: &'static str,
        value: &str,
    ) -> Result<Option<Loaded<Reservation>>, Fault> {
        if self.fresh.iter().any(|new| has(new, column, value)) {
            self.store_fresh()?;
        } else if column == "request_key" && self.prefetched.free_keys.contains(value) {
            return Ok(None);
        }
        self.unit.document_by(Noun::Reservation, (column, value.into()))?.map(read).transpose()
    }

    /// Stores what was made in this sitting up to here.
    pub(super) fn store_fresh(&mut self) -> Result<(), Fault> {
        let fresh = std::mem::take(&mut self.fresh);
        for new in &fresh {
            // From here on the key is asked for.
            for (column, value) in &new.index {
                if let ("request_key", Index::Text(key)) = (*column, value) {
                    self.prefetched.free_keys.remove(key);
                }
            }
        }
        self.unit.put_new(Noun::Reservation, fresh)
    }
}

fn has(new: &kith_store::NewDocument, column: &str, value: &str) -> bool {
    let is = |found: &Index| matches!(found, Index::Text(text) if text == value);
    (column == "id" && new.id == value) || new.index.iter().any(|(name, found)| *name == column && is(found))
}
