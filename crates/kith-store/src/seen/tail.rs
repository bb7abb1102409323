//! The recent end of the log in memory: hash and account of every touchpoint since the last merge.

use std::collections::HashMap;

use super::AsItIs;
use crate::fault::Fault;

/// Touchpoints from one position on, without gaps.
pub(crate) struct Tail {
    first: u64,
    entries: Vec<(i64, u32)>,
    /// Never iterated.
    by_hash: HashMap<i64, u64, AsItIs>,
    /// Further positions of hashes that two different keys share: none, in practice.
    doubles: Vec<(i64, u64)>,
}

impl Tail {
    /// An empty tail after a position.
    pub(crate) fn after(position: u64) -> Self {
        let first = position.saturating_add(1);
        Self { first, entries: Vec::new(), by_hash: HashMap::default(), doubles: Vec::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The first position in it, whether there is one yet or not.
    pub(crate) fn first(&self) -> u64 {
        self.first
    }

    /// The last position in it, or the one before it while it is empty.
    pub(crate) fn end(&self) -> u64 {
        self.first.saturating_add(u64::try_from(self.len()).unwrap_or(u64::MAX)).saturating_sub(1)
    }

    /// Adds the next touchpoint.
    pub(crate) fn push(&mut self, position: u64, hash: i64, account_row: u32) -> Result<(), Fault> {
        if position != self.end().saturating_add(1) {
            return Err(Fault::corrupt(format!("the touchpoint log has a gap before {position}")));
        }
        self.entries.push((hash, account_row));
        if *self.by_hash.entry(hash).or_insert(position) != position {
            self.doubles.push((hash, position));
        }
        Ok(())
    }

    /// Adds a touchpoint as the log has it.
    pub(crate) fn read_back(&mut self, position: u64, hash: i64, account_row: i64) -> Result<(), Fault> {
        let account_row = u32::try_from(account_row);
        self.push(position, hash, account_row.map_err(|_| Fault::corrupt("the row of an account"))?)
    }

    /// Keeps the first `length` only.
    pub(crate) fn truncate(&mut self, length: usize) {
        while self.entries.len() > length {
            let position = self.end();
            let Some((hash, _)) = self.entries.pop() else { return };
            if self.by_hash.get(&hash) == Some(&position) {
                self.by_hash.remove(&hash);
            }
            self.doubles.retain(|double| double.1 != position);
        }
    }

    /// Adds the positions of a hash, oldest first.
    pub(crate) fn positions(&self, hash: i64, found: &mut Vec<u64>) {
        let Some(position) = self.by_hash.get(&hash) else { return };
        found.push(*position);
        found.extend(self.doubles.iter().filter(|double| double.0 == hash).map(|double| double.1));
    }

    /// Adds positions of an account before a position, newest first, until `found` has `limit`.
    pub(crate) fn timeline(&self, account_row: u32, before: u64, limit: usize, found: &mut Vec<u64>) {
        let newest = self.entries.iter().rev().zip((self.first..=self.end()).rev());
        let own = newest.filter(|(entry, position)| entry.1 == account_row && *position < before);
        let missing = limit.saturating_sub(found.len());
        found.extend(own.map(|(_, position)| position).take(missing));
    }

    /// All hashes, in the order of the log.
    pub(crate) fn hashes(&self) -> impl Iterator<Item = u64> + '_ {
        self.entries.iter().map(|entry| entry.0.cast_unsigned())
    }

    /// Hashes with their offsets from the first position, sorted.
    pub(crate) fn sorted_hashes(&self) -> Vec<(u64, u32)> {
        let mut sorted: Vec<_> = self.hashes().zip(0..).collect();
        sorted.sort_unstable();
        sorted
    }

    /// Account rows with their offsets from the first position, sorted.
    pub(crate) fn sorted_rows(&self) -> Vec<(u32, u32)> {
        let mut sorted: Vec<_> = self.entries.iter().map(|entry| entry.1).zip(0..).collect();
        sorted.sort_unstable();
        sorted
    }
}
