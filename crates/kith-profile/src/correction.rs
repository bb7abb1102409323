//! Corrections without order: what is dead is a function of the set of corrections (engine 6).
//!
//! A touchpoint named by any correction of its own source is dead for ever. Of several corrections of one
//! target a retraction wins, else the greatest (time, id); the others, and whatever corrects *them*, are
//! dead too. So of a tree of corrections at most one touchpoint counts, and cycles do not count.
//! Everything grows only: nothing that is dead lives again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[cfg(test)]
mod tests;

/// Where the facts of a touchpoint are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Row of the account.
    pub row: u32,
    /// Position in the log.
    pub seq: u32,
}

/// A touchpoint that corrects or withdraws another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionRef {
    /// Its source, and that of its target.
    pub source: String,
    /// Its own id.
    pub id: String,
    /// The id that it names.
    pub target: String,
    /// Its time in milliseconds.
    pub at_ms: i64,
    /// Whether it withdraws (`retracts`) rather than corrects (`supersedes`).
    pub retracts: bool,
    /// Where it stands.
    pub place: Place,
}

/// What a new correction takes out of the profile.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kill {
    /// A touchpoint whose place is known here: itself a correction.
    Place(Place),
    /// The touchpoint that was named; the caller finds it by (source, id), if it has come at all.
    Target {
        /// Its source.
        source: String,
        /// Its id.
        id: String,
    },
}

type Key = (String, String);

#[derive(Debug, Clone)]
struct Node {
    reference: CorrectionRef,
    discarded: bool,
}

/// All corrections, by what they name. Rare, so all in memory.
#[derive(Debug, Clone, Default)]
pub struct Corrections {
    nodes: BTreeMap<Key, Node>,
    by_target: BTreeMap<Key, BTreeSet<(bool, i64, String)>>,
}

impl Corrections {
    /// Takes a correction in and says what dies by it. The same correction twice changes nothing. Whether
    /// the correction itself counts is asked with [`Self::is_dead`] afterwards. Call it for every
    /// correction, also one that is dead already.
    pub fn register(&mut self, correction: CorrectionRef) -> Vec<Kill> {
        let key = (correction.source.clone(), correction.id.clone());
        if self.nodes.contains_key(&key) {
            return Vec::new();
        }
        let target = (correction.source.clone(), correction.target.clone());
        let mut kills = Vec::new();
        let rivals = self.by_target.entry(target.clone()).or_default();
        let first = rivals.is_empty();
        let champion = rivals.last().map(|rank| rank.2.clone());
        rivals.insert((correction.retracts, correction.at_ms, correction.id.clone()));
        let wins = rivals.last().is_some_and(|rank| rank.2 == correction.id);
        let source = correction.source.clone();
        let own = Kill::Place(correction.place);
        self.nodes.insert(key.clone(), Node { reference: correction, discarded: false });
        if first {
            match self.nodes.get(&target) {
                None => kills.push(Kill::Target { source: target.0.clone(), id: target.1.clone() }),
                Some(node) if node.discarded || node.reference.retracts || target == key => {}
                Some(node) => kills.push(Kill::Place(node.reference.place)),
            }
        }
        if !wins || self.nodes.get(&target).is_some_and(|node| node.discarded) {
            self.discard(key, &mut kills);
        }
        if let Some(champion) = champion.filter(|_| wins) {
            self.discard((source, champion), &mut kills);
        }
        kills.retain(|kill| *kill != own);
        kills
    }

    /// Discards a correction and all that hangs on it; reports those that counted until now.
    fn discard(&mut self, key: Key, kills: &mut Vec<Kill>) {
        let mut open = vec![key];
        while let Some(key) = open.pop() {
            let named = self.by_target.get(&key);
            let below: Vec<Key> =
                named.into_iter().flatten().map(|rank| (key.0.clone(), rank.2.clone())).collect();
            let Some(node) = self.nodes.get_mut(&key) else { continue };
            if std::mem::replace(&mut node.discarded, true) {
                continue;
            }
            if below.is_empty() && !node.reference.retracts {
                kills.push(Kill::Place(node.reference.place));
            }
            open.extend(below);
        }
    }

    /// Whether a touchpoint counts for nothing: it is named, it withdraws, or it lost against a rival.
    #[must_use]
    pub fn is_dead(&self, source: &str, id: &str) -> bool {
        if self.nodes.is_empty() {
            return false;
        }
        let key = (source.to_owned(), id.to_owned());
        let fallen = |node: &Node| node.discarded || node.reference.retracts;
        self.by_target.contains_key(&key) || self.nodes.get(&key).is_some_and(fallen)
    }

    /// All corrections, by (source, id).
    pub fn iter(&self) -> impl Iterator<Item = &CorrectionRef> {
        self.nodes.values().map(|node| &node.reference)
    }

    /// How many corrections there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

impl FromIterator<CorrectionRef> for Corrections {
    fn from_iter<I: IntoIterator<Item = CorrectionRef>>(corrections: I) -> Self {
        let mut all = Self::default();
        for correction in corrections {
            all.register(correction);
        }
        all
    }
}

impl Serialize for Corrections {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Corrections {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<CorrectionRef>::deserialize(deserializer)?.into_iter().collect())
    }
}
