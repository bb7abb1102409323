//! Taking an account out of a merge: the survivor as it would be without it, and the loser's rows as they stand.

use std::collections::BTreeSet;

use super::Merge;
use crate::account::{Account, Changes, Key, RowChange};
use crate::value::AccountId;

impl Account {
    /// The account as it would be had this loser never been merged into it: edits of the meantime stay.
    pub(super) fn without(&self, loser: AccountId) -> Self {
        let mut restored = self.clone();
        let Some(merge) = restored.forget(loser) else { return restored };
        merge.replaced.apply(&mut restored);
        restored.stage = merge.stage.unwrap_or(restored.stage);
        if let Some(parents) = merge.parents {
            restored.parents = parents;
        }
        restored.drop_rows(&merge.rows);
        restored
    }

    /// Takes a merge out of the list. What a later merge changed again is that one's to restore.
    pub(super) fn forget(&mut self, loser: AccountId) -> Option<Merge> {
        let place = self.merged.iter().position(|merge| merge.account == loser)?;
        let mut merge = self.merged.remove(place);
        for later in self.merged.iter_mut().skip(place) {
            merge.replaced.yield_to(&mut later.replaced);
            if later.stage.is_some() {
                later.stage = merge.stage.take().or(later.stage);
            }
            if later.parents.is_some() {
                later.parents = merge.parents.take().or_else(|| later.parents.take());
            }
        }
        Some(merge)
    }

    fn drop_rows(&mut self, rows: &BTreeSet<String>) {
        self.contacts.retain(|row| !rows.contains(&row.id.to_string()));
        self.addresses.retain(|row| !rows.contains(&row.id.to_string()));
        self.lanes.retain(|row| !rows.contains(&row.id.to_string()));
        self.agreements.retain(|row| !rows.contains(&row.id.to_string()));
        self.pricing.retain(|row| !rows.contains(&row.id.to_string()));
        self.tax_profiles.retain(|row| !rows.contains(&row.id.to_string()));
        self.identifiers.retain(|row| !rows.contains(&row.name()));
    }

    /// The keys that are the account's own: those that came with a merge still name the account they came from.
    #[must_use]
    pub fn own_keys(&self) -> BTreeSet<Key> {
        if self.merged.is_empty() {
            return self.keys_now();
        }
        let mut alone = self.clone();
        while let Some(last) = alone.merged.last() {
            alone = alone.without(last.account);
        }
        alone.keys()
    }
}

/// What differs between a loser's rows and those rows as they stand at the survivor.
pub(super) fn rows_back(loser: &Account, survivor: &Account) -> Changes {
    let Some(merge) = survivor.merged.iter().find(|merge| merge.account == loser.id) else {
        return Changes::default();
    };
    let taken = |name: String| merge.rows.contains(&name);
    let mut changes = Changes::default();
    for original in loser.contacts.iter().filter(|row| taken(row.id.to_string())) {
        let mut now = survivor.contacts.iter().find(|row| row.id == original.id).cloned();
        if let Some(row) = &mut now {
            // The flag was taken away by the merge itself.
            row.is_primary |= original.is_primary;
        }
        changes.contacts.extend(row_back(original, now));
    }
    for original in loser.addresses.iter().filter(|row| taken(row.id.to_string())) {
        let mut now = survivor.addresses.iter().find(|row| row.id == original.id).cloned();
        if let Some(row) = &mut now {
            row.is_default |= original.is_default;
        }
        changes.addresses.extend(row_back(original, now));
    }
    for original in loser.lanes.iter().filter(|row| taken(row.id.to_string())) {
        let now = survivor.lanes.iter().find(|row| row.id == original.id).cloned();
        changes.lanes.extend(row_back(original, now));
    }
    for original in loser.agreements.iter().filter(|row| taken(row.id.to_string())) {
        let now = survivor.agreements.iter().find(|row| row.id == original.id).cloned();
        changes.agreements.extend(row_back(original, now));
    }
    for original in loser.pricing.iter().filter(|row| taken(row.id.to_string())) {
        let now = survivor.pricing.iter().find(|row| row.id == original.id).cloned();
        changes.pricing.extend(row_back(original, now));
    }
    for original in loser.tax_profiles.iter().filter(|row| taken(row.id.to_string())) {
        let now = survivor.tax_profiles.iter().find(|row| row.id == original.id).cloned();
        changes.tax_profiles.extend(row_back(original, now));
    }
    for original in loser.identifiers.iter().filter(|row| taken(row.name())) {
        let now = survivor.identifiers.iter().find(|row| row.name() == original.name()).cloned();
        changes.identifiers.extend(row_back(original, now));
    }
    changes
}

fn row_back<T: Clone + PartialEq>(original: &T, now: Option<T>) -> Option<RowChange<T>> {
    match now {
        None => Some(RowChange::Removed(original.clone())),
        Some(now) if now == *original => None,
        Some(now) => Some(RowChange::Updated(now)),
    }
}
