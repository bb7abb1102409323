//! Keys at hand: by a hash of the subject, so that a key costs a cache line and no name.

use std::collections::HashMap;
use std::hash::Hasher as _;

use siphasher::sip128::{Hasher128 as _, SipHasher13};

use crate::secrets::Key;
use crate::seen::AsItIs;

/// Keys that stay in memory: two generations of this many subjects.
const CACHED: usize = 500_000;

/// What the vault knows of a subject.
#[derive(Clone, Copy)]
pub(super) enum Known {
    Key(Key),
    Destroyed,
}

type Generation = HashMap<u128, Known, AsItIs>;

/// Two generations: what was not asked for since the last change of generation falls out.
pub(super) struct Cache {
    hash_key: [u8; 16],
    young: Generation,
    old: Generation,
}

impl Cache {
    /// An empty one; `secret` keys the hashes of the subjects.
    pub(super) fn new(secret: Key) -> Self {
        let mut hash_key = [0; 16];
        hash_key.iter_mut().zip(secret).for_each(|(slot, byte)| *slot = byte);
        Self { hash_key, young: Generation::default(), old: Generation::default() }
    }

    fn hash(&self, subject: &str) -> u128 {
        let mut hasher = SipHasher13::new_with_key(&self.hash_key);
        hasher.write(subject.as_bytes());
        hasher.finish128().as_u128()
    }

    pub(super) fn get(&mut self, subject: &str) -> Option<Known> {
        let hash = self.hash(subject);
        if let Some(known) = self.young.get(&hash) {
            return Some(*known);
        }
        let known = self.old.get(&hash).copied()?;
        self.insert(hash, known);
        Some(known)
    }

    pub(super) fn put(&mut self, subject: &str, known: Known) {
        self.insert(self.hash(subject), known);
    }

    fn insert(&mut self, hash: u128, known: Known) {
        if self.young.len() >= CACHED {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(hash, known);
    }

    /// Puts in what is true from now on.
    pub(super) fn replace(&mut self, subject: &str, known: Known) {
        let hash = self.hash(subject);
        self.old.remove(&hash);
        self.insert(hash, known);
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        (self.young, self.old) = (Generation::default(), Generation::default());
    }
}
