//! What memory shows of accounts, and what the profile learns of their records.

use kith_domain::account::{Account, Blocks};
use kith_profile::{Living, MasterInputs};
use kith_store::Fault;

use crate::engine::{Engine, profile_day};

impl Engine {
    /// How many accounts there are.
    #[must_use]
    pub fn account_count(&self) -> u32 {
        u32::try_from(self.core().directory.read().count()).unwrap_or(u32::MAX)
    }

    /// Gives another profile the master inputs of all accounts.
    pub(crate) fn each_master(&self, living: &Living) {
        let inner = self.core().directory.read();
        let last = u32::try_from(inner.len()).unwrap_or(u32::MAX);
        for row in 0..last {
            // The row of a deleted account stays, without anything in it.
            living.ensure(row, inner.entry(row).map(|entry| entry.master).unwrap_or_default());
        }
    }

    /// Shows a version of an account in memory. Gives the rows whose facts are others now ([`Engine::refold_rows`]).
    #[must_use]
    pub(crate) fn show_account(&self, row: u32, version: u64, account: &Account) -> Vec<u32> {
        let master =
            if account.deleted_at.is_some() { MasterInputs::default() } else { master_inputs(account) };
        let moved = self.core().directory.show(row, version, account, master, &self.organisation());
        self.core().living.ensure(row, master);
        self.core().likeness.show(row, account);
        moved
    }

    /// Destroys the keys of a deleted account's personal data; again after a crash, until it is done.
    pub(crate) fn forget_keys(&self, account: &Account) -> Result<(), Fault> {
        let mut subjects = account.erased_subjects.iter();
        subjects.try_for_each(|subject| self.store().vault().destroy(subject).map(drop))
    }
}

/// The master fields that scores use.
fn master_inputs(account: &Account) -> MasterInputs {
    let ends = account.agreements.iter().filter_map(|agreement| agreement.ends_on).max();
    MasterInputs {
        credit_hold: account.blocked(None) == Blocks::Credit,
        contract_ends: ends.map(profile_day),
    }
}
