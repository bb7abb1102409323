//! Who was heard lately: sources of touchpoints and extracts, noted once a minute at most.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

/// How often it is written that a source was heard.
const EVERY_MS: i64 = 60_000;
/// Sources that are told apart; beyond that new ones are not noted.
const SOURCES_MAX: usize = 10_000;

/// The name under which it is noted that a source of touchpoints was heard.
pub(crate) fn of_touchpoints(source: &str) -> String {
    format!("touchpoint:{source}")
}

/// The name under which it is noted that an extract of an entity was compared.
pub(crate) fn of_extract(entity: &str) -> String {
    format!("extract:{entity}")
}

/// When it was last written of each source that it was heard.
#[derive(Debug, Default)]
pub(crate) struct Heard(Mutex<HashMap<String, i64>>);

impl Heard {
    /// The sources of which it must be written again, each once.
    pub(crate) fn due<'s>(&self, sources: impl Iterator<Item = &'s str>, now_ms: i64) -> BTreeSet<String> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut due = BTreeSet::new();
        let mut last = "";
        for source in sources {
            // Neighbours in a batch are mostly of one source.
            if source == last {
                continue;
            }
            last = source;
            let is_due = match known.get(source) {
                Some(at) => now_ms.saturating_sub(*at) >= EVERY_MS,
                None => known.len() < SOURCES_MAX,
            };
            if is_due && !due.contains(source) {
                due.insert(source.to_owned());
            }
        }
        due
    }

    /// It was written.
    pub(crate) fn wrote(&self, sources: BTreeSet<String>, now_ms: i64) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.extend(sources.into_iter().map(|source| (source, now_ms)));
    }
}
