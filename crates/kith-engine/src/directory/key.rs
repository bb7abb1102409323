//! Which rows have a key: mostly one, for a shared mailbox several.

use std::collections::HashMap;

#[derive(Debug, Default)]
pub(super) struct KeyIndex {
    first: HashMap<u128, u32>,
    more: HashMap<u128, Vec<u32>>,
}

impl KeyIndex {
    pub(super) fn add(&mut self, key: u128, row: u32) {
        let first = *self.first.entry(key).or_insert(row);
        if first != row {
            let more = self.more.entry(key).or_default();
            if !more.contains(&row) {
                more.push(row);
            }
        }
    }

    pub(super) fn remove(&mut self, key: u128, row: u32) {
        if let Some(more) = self.more.get_mut(&key) {
            more.retain(|held| *held != row);
        }
        if self.first.get(&key) == Some(&row) {
            match self.more.get_mut(&key).and_then(Vec::pop) {
                Some(next) => self.first.insert(key, next),
                None => self.first.remove(&key),
            };
        }
        if self.more.get(&key).is_some_and(Vec::is_empty) {
            self.more.remove(&key);
        }
    }

    /// The rows that have a key.
    pub(super) fn rows(&self, key: u128) -> impl Iterator<Item = u32> {
        let more = self.more.get(&key).into_iter().flatten();
        self.first.get(&key).into_iter().chain(more).copied()
    }
}
