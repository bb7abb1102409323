//! The keys of accounts as they are kept, against those that the accounts have.

use std::collections::{BTreeMap, BTreeSet};

use kith_domain::account::{Account, Key, Stage};
use kith_store::{Fault, Reader, Secrets};

use crate::facts::key_digest;

/// Adds a fault for every account that is not found by all its keys, or is found by one that it does not have.
pub(super) fn compare(
    reader: &mut Reader<'_>,
    secrets: &Secrets,
    accounts: &BTreeMap<String, (u64, Account)>,
    faults: &mut Vec<String>,
) -> Result<(), Fault> {
    let mut expected = BTreeSet::new();
    for (id, (_, account)) in accounts.iter().filter(|(_, (_, account))| account.stage != Stage::Erased) {
        let above = survivors(accounts, account);
        for key in account.keys() {
            // A key that one account only may have is with the account that stands for the others.
            if key.kind.unique() && above.iter().any(|survivor| survivor.contains(&key)) {
                continue;
            }
            let digest = key_digest(secrets, &key).to_vec();
            expected.insert((key.kind.as_str().to_owned(), digest, id.clone(), key.kind.unique()));
        }
    }
    let mut strange = BTreeSet::new();
    reader.each_account_key(&mut |kind, digest, account, sole| {
        let row = (kind.to_owned(), digest.to_vec(), account.to_owned(), sole);
        if !expected.remove(&row) {
            strange.insert((row.2, row.0));
        }
        Ok(())
    })?;
    let lost: BTreeSet<(String, String)> = expected.into_iter().map(|row| (row.2, row.0)).collect();
    let told = |what: &str, rows: BTreeSet<(String, String)>| {
        let told = |(account, kind)| format!("account {account} {what} of kind {kind}");
        rows.into_iter().map(told).collect::<Vec<_>>()
    };
    faults.extend(told("is not found by its key", lost));
    faults.extend(told("is found by a strange key", strange));
    Ok(())
}

/// The keys of the accounts into which one was merged, one after the other.
fn survivors(accounts: &BTreeMap<String, (u64, Account)>, account: &Account) -> Vec<BTreeSet<Key>> {
    let mut keys = Vec::new();
    let mut at = account;
    while let Some(merged) = &at.merged_into
        && keys.len() < accounts.len()
        && let Some((_, survivor)) = accounts.get(&merged.survivor.to_string())
    {
        keys.push(survivor.keys());
        at = survivor;
    }
    keys
}
