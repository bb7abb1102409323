//! Rules of blocking, and which of all possible ones to take.

use super::part::Part;
use super::{BLOCK_MAX, Keys};
use crate::dictionary::pairs_of;
use crate::mix::Sequence;
use crate::table::Table;
use crate::workers::{Workers, map};

/// Rules of one plan: their keys of a record fit into one line of a cache.
const RULES_MAX: usize = 16;
/// Rows on which the cost of a rule is estimated.
const SAMPLE: usize = 20_000;
/// Imagined pairs of one party, on which the reach of rules is weighed.
const TRIALS: usize = 1_024;
/// No rule may cost more than this share of the budget.
const SHARE_MAX: f64 = 0.25;
/// What a rule costs beside its pairs: the sorting of all records.
const FIXED_SHARE: f64 = 0.15;

/// Records meet if they agree in all parts; without parts, all meet.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    parts: Vec<Part>,
}

impl Rule {
    /// A rule of parts.
    #[must_use]
    pub fn new(parts: Vec<Part>) -> Self {
        Self { parts }
    }

    /// Everybody meets everybody.
    #[must_use]
    pub fn all() -> Self {
        Self { parts: Vec::new() }
    }

    /// Whether all records meet.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.parts.is_empty()
    }

    /// Its parts.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// What it is called to people.
    #[must_use]
    pub fn name(&self, table: &Table) -> String {
        if self.is_all() {
            return "all pairs".to_owned();
        }
        self.parts.iter().map(|part| part.name(table)).collect::<Vec<_>>().join(" + ")
    }

    pub(super) fn keys<'a>(&self, table: &'a Table) -> Keys<'a> {
        let keys = |part: &Part| (table.columns()[part.column].values.as_slice(), part.keys(table));
        Keys { parts: self.parts.iter().map(keys).collect() }
    }
}

/// A rule that might be taken.
struct Candidate {
    parts: Vec<usize>,
    cost: f64,
    /// The share of records that stand in blocks small enough to be compared.
    kept: f64,
    /// The trials that it brings together.
    reach: Vec<bool>,
}

/// Takes rules one by one: the one that brings most imagined pairs together which few others do, for its cost.
pub(super) fn choose(table: &Table, budget: f64, workers: &dyn Workers) -> Vec<Rule> {
    let parts = Part::of(table);
    let trials = trials(table, &parts);
    let sample = Sample::of(table, &parts, workers);
    let combinations: Vec<Vec<usize>> = (0..parts.len())
        .flat_map(|one| {
            std::iter::once(vec![one]).chain((one + 1..parts.len()).map(move |other| vec![one, other]))
        })
        .filter(|combined| combined.len() == 1 || parts[combined[0]].column != parts[combined[1]].column)
        .collect();
    let costs = map(workers, combinations.len(), |at| sample.cost(table, &combinations[at]));
    let mut candidates: Vec<Candidate> = Vec::new();
    for (combined, (cost, kept)) in combinations.into_iter().zip(costs) {
        if cost <= budget * SHARE_MAX {
            let reach = trials.iter().map(|trial| combined.iter().all(|part| trial[*part])).collect();
            candidates.push(Candidate { parts: combined, cost, kept, reach });
        }
    }
    let taken = greedy(candidates, budget);
    taken
        .into_iter()
        .map(|chosen| Rule::new(chosen.parts.iter().map(|part| parts[*part]).collect()))
        .collect()
}

fn greedy(mut candidates: Vec<Candidate>, budget: f64) -> Vec<Candidate> {
    let mut taken: Vec<Candidate> = Vec::new();
    let mut worth = vec![1.0_f64; TRIALS];
    let mut left = budget;
    while taken.len() < RULES_MAX {
        let value = |candidate: &Candidate| {
            let reach: f64 =
                candidate.reach.iter().zip(&worth).filter(|(met, _)| **met).map(|(_, worth)| worth).sum();
            let worth = reach * candidate.kept;
            if candidate.cost > left { 0.0 } else { worth / (candidate.cost + FIXED_SHARE * budget) }
        };
        let values = candidates.iter().map(value).enumerate();
        let best = values.max_by(|one, other| one.1.total_cmp(&other.1)).filter(|(_, value)| *value > 0.0);
        let Some((at, _)) = best else { break };
        let chosen = candidates.swap_remove(at);
        left -= chosen.cost;
        for (worth, _) in worth.iter_mut().zip(&chosen.reach).filter(|(_, met)| **met) {
            *worth *= 0.5;
        }
        taken.push(chosen);
    }
    taken.sort_by(|one, other| one.cost.total_cmp(&other.cost));
    taken
}

/// Imagined pairs of one party: which parts agree in each. An error in a value may spare the rest of it.
fn trials(table: &Table, parts: &[Part]) -> Vec<Vec<bool>> {
    let rows = table.rows() as f64;
    let known = |column: usize| 1.0 - f64::from(table.columns()[column].dictionary.count(0)) / rows;
    let mut chance = Sequence::new(1);
    (0..TRIALS)
        .map(|_| {
            let mut column = usize::MAX;
            let (mut stated, mut luck, mut least) = (false, 0.0, 1.0);
            let draw = |part: &Part| {
                if part.column != column {
                    column = part.column;
                    stated = chance.unit() < known(column).powi(2);
                    luck = chance.unit();
                    least = part.agreement;
                    return stated && luck < least;
                }
                let spared = (part.agreement - least) / (1.0 - least).max(1e-9);
                stated && (luck < least || chance.unit() < spared)
            };
            parts.iter().map(draw).collect()
        })
        .collect()
}

/// Keys of some rows under every part.
struct Sample {
    rows: usize,
    keys: Vec<Vec<u64>>,
}

impl Sample {
    fn of(table: &Table, parts: &[Part], workers: &dyn Workers) -> Self {
        let step = table.rows().div_ceil(SAMPLE).max(1);
        let rows: Vec<usize> = (0..table.rows()).step_by(step).collect();
        let keys = map(workers, parts.len(), |at| {
            let column = &table.columns()[parts[at].column];
            rows.iter().map(|row| parts[at].cut.key(column.text(*row))).collect()
        });
        Self { rows: rows.len(), keys }
    }

    /// How many pairs the parts would bring together in the whole table, and the share of records that would stand
    /// in blocks that are small enough, of those that have a key.
    fn cost(&self, table: &Table, parts: &[usize]) -> (f64, f64) {
        let key = |row: usize| {
            parts.iter().try_fold(1_u64, |joined, part| match self.keys[*part][row] {
                0 => None,
                key => Some(crate::dictionary::join(joined, key)),
            })
        };
        let mut keys: Vec<u64> = (0..self.rows).filter_map(key).collect();
        keys.sort_unstable();
        let scale = table.rows() as f64 / self.rows as f64;
        let blocks = keys.chunk_by(|one, other| one == other).map(|block| block.len() as f64);
        let kept: Vec<f64> = blocks.filter(|size| *size < 2.0 || size * scale <= BLOCK_MAX as f64).collect();
        let across = if table.split().is_some() { 0.5 } else { 1.0 };
        let pairs = kept.iter().copied().map(pairs_of).sum::<f64>() * scale * scale * across;
        (pairs, kept.iter().sum::<f64>() / keys.len().max(1) as f64)
    }
}
