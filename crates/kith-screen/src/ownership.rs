//! Who owns a party in the end: shares multiplied along every chain and added up over all chains.

use std::collections::{BTreeMap, BTreeSet};

#[cfg(test)]
mod tests;

/// An owner is a beneficial owner from this share on, unless the policy says another.
pub const BENEFICIAL: f64 = 25.0;
/// From this share of blocked owners on, taken together, a party is blocked itself.
pub const BLOCKED: f64 = 50.0;
/// From this share of blocked owners on, taken together, a person has to decide.
pub const ESCALATE: f64 = 25.0;

/// A share of one party in another, in percent.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// Who owns.
    pub owner: String,
    /// What is owned.
    pub owned: String,
    /// How much of it, 0 to 100.
    pub percent: f64,
}

/// What the shares of blocked owners mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Clear,
    /// A person has to decide.
    Escalate,
    /// A true match: blocked itself.
    Blocked,
}

/// The shares among parties.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// Owners of each party.
    owners: BTreeMap<String, BTreeMap<String, f64>>,
}

/// Rounds after which what still flows through a circle is too little to matter.
const ROUNDS_MAX: usize = 200;
/// The least share that is followed, in percent.
const LEAST: f64 = 1e-9;
/// How far a sum may miss a threshold and still meet it: shares are decimal, floats are not.
const SLACK: f64 = 1e-9;

impl Graph {
    /// A graph of shares. Several shares of one owner in one party add up; more than all of a party is cut to 100.
    #[must_use]
    pub fn new(shares: &[Share]) -> Self {
        let mut owners: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
        for share in shares.iter().filter(|share| share.owner != share.owned && share.percent > 0.0) {
            let percent =
                owners.entry(share.owned.clone()).or_default().entry(share.owner.clone()).or_default();
            *percent = (*percent + share.percent).min(100.0);
        }
        Self { owners }
    }

    /// What everybody owns of a party, directly and through others, in percent. Shares in circles are followed round after
    /// round until nothing is left, and nobody owns more than all.
    #[must_use]
    pub fn indirect(&self, of: &str) -> BTreeMap<String, f64> {
        self.flow(of, &BTreeSet::new())
    }

    /// Shares up along the chains; what reaches one of `ends` stays there.
    fn flow(&self, of: &str, ends: &BTreeSet<String>) -> BTreeMap<String, f64> {
        let mut total: BTreeMap<String, f64> = BTreeMap::new();
        let mut flowing = BTreeMap::from([(of.to_owned(), 100.0)]);
        for _ in 0..ROUNDS_MAX {
            let mut next: BTreeMap<String, f64> = BTreeMap::new();
            for (party, held) in flowing.iter().filter(|(party, _)| !ends.contains(*party)) {
                for (owner, percent) in self.owners.get(party).into_iter().flatten() {
                    *next.entry(owner.clone()).or_default() += held * percent / 100.0;
                }
            }
            // What comes back to the party itself is its own share in itself; it goes round no second time.
            next.remove(of);
            next.retain(|_, percent| *percent > LEAST);
            if next.is_empty() {
                break;
            }
            for (owner, percent) in &next {
                *total.entry(owner.clone()).or_default() += percent;
            }
            flowing = next;
        }
        total.values_mut().for_each(|percent| *percent = percent.min(100.0));
        total
    }

    /// Owners at the end of the chains, whom nobody owns, from a share on.
    #[must_use]
    pub fn beneficial(&self, of: &str, least: f64) -> BTreeMap<String, f64> {
        let mut owners = self.indirect(of);
        owners.retain(|owner, percent| !self.owners.contains_key(owner) && *percent + SLACK >= least);
        owners
    }

    /// How much of a party is known to belong to somebody, directly.
    #[must_use]
    pub fn known(&self, of: &str) -> f64 {
        self.owners.get(of).map_or(0.0, |owners| owners.values().sum::<f64>().min(100.0))
    }

    /// The share of a party that belongs to blocked ones, all taken together, in percent: along every chain, and no less
    /// than what those hold directly who are blocked because blocked ones own half of them or more. A blocked owner's own
    /// owners add nothing to it.
    #[must_use]
    pub fn blocked(&self, of: &str, blocked: &BTreeSet<String>) -> f64 {
        let mut all = blocked.clone();
        loop {
            let more: Vec<String> = self
                .owners
                .keys()
                .filter(|party| party.as_str() != of && !all.contains(*party))
                .filter(|party| self.direct(party, &all) + SLACK >= BLOCKED)
                .cloned()
                .collect();
            if more.is_empty() {
                break;
            }
            all.extend(more);
        }
        let along: f64 = self
            .flow(of, blocked)
            .iter()
            .filter(|(owner, _)| blocked.contains(*owner))
            .map(|(_, share)| share)
            .sum();
        self.direct(of, &all).max(along.min(100.0))
    }

    fn direct(&self, of: &str, blocked: &BTreeSet<String>) -> f64 {
        let owners = self.owners.get(of).into_iter().flatten();
        let held: f64 =
            owners.filter(|(owner, _)| blocked.contains(*owner)).map(|(_, percent)| percent).sum();
        held.min(100.0)
    }
}

/// What a share of blocked owners means.
#[must_use]
pub fn verdict(percent: f64) -> Verdict {
    if percent + SLACK >= BLOCKED {
        Verdict::Blocked
    } else if percent + SLACK >= ESCALATE {
        Verdict::Escalate
    } else {
        Verdict::Clear
    }
}
