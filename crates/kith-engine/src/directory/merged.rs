//! Which accounts were merged into which: a merge is a redirect from row to row.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kith_domain::value::AccountId;

use super::Inner;

/// Redirects on the way from an account to the one it ended in.
const CHAIN_MAX: usize = 64;

#[derive(Debug, Default)]
pub(super) struct Redirects {
    into: HashMap<u32, AccountId>,
    losers: HashMap<AccountId, BTreeSet<u32>>,
}

impl Redirects {
    /// Sets or ends a redirect; says whether that is news.
    pub(super) fn set(&mut self, row: u32, into: Option<AccountId>) -> bool {
        let before = match into {
            Some(into) => self.into.insert(row, into),
            None => self.into.remove(&row),
        };
        if before == into {
            return false;
        }
        if let Some(before) = before
            && let Some(losers) = self.losers.get_mut(&before)
        {
            losers.remove(&row);
        }
        if let Some(into) = into {
            self.losers.entry(into).or_default().insert(row);
        }
        true
    }
}

impl Inner {
    /// The row in which an account's facts are folded: its own, or that of the account it was merged into.
    pub(crate) fn canonical(&self, row: u32) -> u32 {
        let mut at = row;
        for _ in 0..CHAIN_MAX {
            match self.redirects.into.get(&at).and_then(|id| self.row(*id)) {
                Some(next) => at = next,
                None => return at,
            }
        }
        at
    }

    /// Whether the account of a row was merged into another.
    pub(crate) fn is_merged(&self, row: u32) -> bool {
        self.redirects.into.contains_key(&row)
    }

    /// The rows whose facts are folded into a row: itself and all that was merged into it; none for a merged one.
    pub(crate) fn members(&self, row: u32) -> Vec<u32> {
        let mut members = Vec::new();
        if self.is_merged(row) {
            return members;
        }
        members.push(row);
        let mut next = 0;
        while let Some(id) = members.get(next).and_then(|row| self.entry(*row)).map(|entry| entry.id) {
            let losers = self.redirects.losers.get(&id).into_iter().flatten();
            let fresh: Vec<u32> = losers.filter(|row| !members.contains(row)).copied().collect();
            members.extend(fresh);
            next = next.saturating_add(1);
        }
        members
    }

    /// Every merged row and where it is folded.
    pub(crate) fn redirects(&self) -> BTreeMap<u32, u32> {
        self.redirects.into.keys().map(|row| (*row, self.canonical(*row))).collect()
    }
}
