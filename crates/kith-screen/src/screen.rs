//! Names against lists.

use std::collections::HashMap;

use crate::entry::{Entry, Years};
use crate::index::{Index, Memory};
use crate::kind::Kind;
use crate::name::Name;
use crate::score::{self, Features};

#[cfg(test)]
mod tests;

/// Who is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Its names.
    pub names: Vec<String>,
    /// Its sort.
    pub kind: Kind,
    /// Countries, as codes.
    pub countries: Vec<String>,
    /// Year of birth or registration.
    pub birth: Option<Years>,
    /// Numbers of its papers, as [`crate::entry::identifier`] writes them.
    pub identifiers: Vec<String>,
}

/// An entry that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Place of the entry in the list.
    pub entry: usize,
    /// The score, 0 to 1.
    pub score: f64,
    /// The entry's name that is the most alike.
    pub name: usize,
    /// What made the score.
    pub features: Features,
}

/// Entries ready to be searched.
#[derive(Debug, Default)]
pub struct Screener {
    entries: Vec<Entry>,
    names: Vec<Name>,
    /// Entry and alias of each name.
    owners: Vec<(u32, u32)>,
    index: Index,
    identifiers: HashMap<String, Vec<u32>>,
}

impl Screener {
    /// Makes entries ready.
    #[must_use]
    pub fn new(entries: Vec<Entry>) -> Self {
        let (mut names, mut owners) = (Vec::new(), Vec::new());
        let mut identifiers: HashMap<String, Vec<u32>> = HashMap::new();
        for (at, entry) in (0_u32..).zip(&entries) {
            for (alias, known) in (0_u32..).zip(&entry.names) {
                names.push(Name::new(&known.text, entry.kind));
                owners.push((at, alias));
            }
            for number in &entry.identifiers {
                identifiers.entry(number.clone()).or_default().push(at);
            }
        }
        let index = Index::new(&names);
        Self { entries, names, owners, index, identifiers }
    }

    /// The entries.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Every entry whose score is at least `least`, the best first.
    #[must_use]
    pub fn find(&self, query: &Query, least: f64, memory: &mut Memory) -> Vec<Hit> {
        // The steps of country and year can lift a name that alone would not do.
        let lift = score::lift(query);
        let mut best: HashMap<u32, (f64, u32)> = HashMap::new();
        for text in &query.names {
            let name = Name::new(text, query.kind);
            for at in self.index.candidates(&name, (least - lift).max(0.0), memory) {
                self.compare(&name, at, &mut best);
            }
        }
        for number in query.identifiers.iter().filter_map(|number| self.identifiers.get(number)).flatten() {
            best.entry(*number).or_insert((0.0, 0));
        }
        self.hits(query, least, best)
    }

    /// The same by comparing everything: what [`Self::find`] is held against.
    #[must_use]
    pub fn find_by_all(&self, query: &Query, least: f64) -> Vec<Hit> {
        let mut best = HashMap::new();
        for text in &query.names {
            let name = Name::new(text, query.kind);
            for at in (0_u32..).take(self.names.len()) {
                self.compare(&name, at, &mut best);
            }
        }
        for number in query.identifiers.iter().filter_map(|number| self.identifiers.get(number)).flatten() {
            best.entry(*number).or_insert((0.0, 0));
        }
        self.hits(query, least, best)
    }

    fn compare(&self, name: &Name, at: u32, best: &mut HashMap<u32, (f64, u32)>) {
        let place = at as usize;
        let (Some(there), Some((entry, alias))) = (self.names.get(place), self.owners.get(place)) else {
            return;
        };
        let weak = self.entries.get(*entry as usize).and_then(|entry| entry.names.get(*alias as usize));
        let likeness = score::weakened(score::names(name, there), weak.is_some_and(|alias| alias.weak));
        let known = best.entry(*entry).or_insert((likeness, *alias));
        if likeness > known.0 {
            *known = (likeness, *alias);
        }
    }

    fn hits(&self, query: &Query, least: f64, best: HashMap<u32, (f64, u32)>) -> Vec<Hit> {
        let scored = best.into_iter().filter_map(|(at, (likeness, alias))| {
            let entry = self.entries.get(at as usize)?;
            let features = features(query, entry, likeness);
            let score = features.score();
            (score >= least).then_some(Hit { entry: at as usize, score, name: alias as usize, features })
        });
        let mut hits: Vec<Hit> = scored.collect();
        hits.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.entry.cmp(&other.entry)));
        hits
    }
}

fn features(query: &Query, entry: &Entry, name: f64) -> Features {
    let same = query.identifiers.iter().any(|number| entry.identifiers.contains(number));
    Features {
        name,
        country: score::country(&query.countries, &entry.countries),
        birth_date: score::year(query.birth, &entry.births),
        kind: score::kind(query.kind, entry.kind),
        identifier: if same { 1.0 } else { 0.0 },
    }
}
