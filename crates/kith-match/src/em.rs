//! Expectation maximisation: the model is learned from the file itself, without a single answer being given.
//!
//! How often the levels occur among all pairs is counted (equal values) or sampled (the rest). Candidate pairs
//! are then weighed with the model, the model is counted anew with these weights, and so on. Pairs that no
//! block brings together count as records of two parties; so what is learned holds for all pairs, not for blocks.

use std::collections::BTreeMap;

use crate::block::{Blocks, Unit};
use crate::comparison::{COMPARISONS_MAX, Comparison, LEVEL_BITS, MISSING_LEVEL};
use crate::dictionary::join;
use crate::mix::{Sequence, mix};
use crate::model::{Chances, LEAST, Model};
use crate::table::Table;
use crate::workers::{Workers, map};

#[cfg(test)]
mod tests;

/// Random pairs that are compared.
const SAMPLE: usize = 600_000;
/// Candidate pairs that are enough to learn from.
const LEARN_FROM: f64 = 1.2e6;
const ROUNDS_MAX: usize = 40;
/// No chance moves by more than this: it is learned.
const SETTLED: f64 = 1e-5;
/// What was expected counts like so many pairs of one party.
const EXPECTED_PAIRS: f64 = 4.0;
const EXPECTED_OTHERS: f64 = 200.0;
/// Not more than this share of what all pairs show is taken for pairs of one party.
const REMAINDER: f64 = 0.02;

/// The levels of all comparisons of a pair in one word.
type Pattern = u64;
type Counts = BTreeMap<Pattern, f64>;

/// Learns a model of the table.
#[must_use]
pub fn learn(table: &Table, plan: &[Comparison], blocks: &Blocks, workers: &dyn Workers) -> Model {
    let all = All::count(table, plan, workers);
    let counts = candidates(table, plan, blocks, workers);
    let mut model = Model::expected(plan, table.rows());
    model.prior = model.prior.max(1.0 / table.pairs().max(2.0)).min(0.5);
    for (at, chances) in model.chances.iter_mut().enumerate() {
        let expected = chances.other.clone();
        for (level, other) in chances.other.iter_mut().enumerate().skip(1) {
            *other = smooth(all.shares[at][level] * all.stated[at], all.stated[at], expected[level]);
        }
    }
    for _ in 0..ROUNDS_MAX {
        let next = maximise(&expect(&model, &counts), &all, plan);
        let moved = difference(&model, &next);
        model = next;
        if moved < SETTLED {
            break;
        }
    }
    model
}

fn pattern(table: &Table, plan: &[Comparison], left: usize, right: usize) -> Pattern {
    let levels = plan.iter().map(|comparison| comparison.level(table, left, right));
    levels.enumerate().fold(0, |word, (at, level)| word | u64::from(level) << (at * LEVEL_BITS))
}

fn level(pattern: Pattern, at: usize) -> u8 {
    debug_assert!(at < COMPARISONS_MAX);
    (pattern >> (at * LEVEL_BITS)) as u8 & 7
}

/// How often each pattern stands among the candidates; of very many candidates a fixed part is counted.
fn candidates(table: &Table, plan: &[Comparison], blocks: &Blocks, workers: &dyn Workers) -> Counts {
    let units: Vec<Unit> = blocks.units();
    let every = (blocks.pairs() / LEARN_FROM).ceil().max(1.0) as u64;
    let counted = map(workers, units.len(), |at| {
        let mut counts = Counts::new();
        blocks.visit(table, units[at], |left, right| {
            if every == 1 || mix(join(left as u64, right as u64)).is_multiple_of(every) {
                *counts.entry(pattern(table, plan, left, right)).or_default() += every as f64;
            }
        });
        counts
    });
    let mut counts = Counts::new();
    for (pattern, count) in counted.into_iter().flatten() {
        *counts.entry(pattern).or_default() += count;
    }
    counts
}

/// What all pairs show.
struct All {
    pairs: f64,
    /// By comparison: pairs of which both records say something.
    stated: Vec<f64>,
    /// By comparison and level: the share among those.
    shares: Vec<Vec<f64>>,
}

impl All {
    fn count(table: &Table, plan: &[Comparison], workers: &dyn Workers) -> Self {
        let sampled = sample(table, plan, workers);
        let drawn: f64 = sampled.values().sum();
        let mut all = Self { pairs: table.pairs(), stated: Vec::new(), shares: Vec::new() };
        for (at, comparison) in plan.iter().enumerate() {
            let mut counts = vec![0.5; usize::from(comparison.measure.top()) + 1];
            counts[0] = 0.0;
            let mut stated = 0.0;
            for (pattern, count) in
                sampled.iter().filter(|(pattern, _)| level(**pattern, at) != MISSING_LEVEL)
            {
                counts[usize::from(level(*pattern, at))] += count;
                stated += count;
            }
            let total: f64 = counts.iter().sum();
            let mut shares: Vec<f64> = counts.iter().map(|count| count / total).collect();
            let known = exact(table, comparison, &mut shares);
            all.stated.push(known.unwrap_or(all.pairs * stated / drawn.max(1.0)));
            all.shares.push(shares);
        }
        all
    }
}

/// A level's share among pairs of two parties. What was expected counts like some pairs more: a file of ten records
/// shows nothing of how rare a coincidence is.
fn smooth(count: f64, stated: f64, expected: f64) -> f64 {
    ((count + EXPECTED_OTHERS * expected) / (stated + EXPECTED_OTHERS)).clamp(LEAST, 1.0)
}

/// Equal values need no sample: they can be counted, and so can the pairs of which both records say something, which
/// are given back. A sample would show next to nothing of a column that few records fill.
fn exact(table: &Table, comparison: &Comparison, shares: &mut [f64]) -> Option<f64> {
    let column = comparison.measure.equality().filter(|_| table.split().is_none())?;
    let (equal, known) = table.columns()[column].dictionary.coincidence();
    if known <= 0.0 || comparison.measure.columns().len() > 1 {
        return None;
    }
    let top = shares.len() - 1;
    let rest = 1.0 - shares[top];
    // What was never seen may still be as common as half a pair.
    shares[top] = equal.max(0.5) / known;
    let scale = (1.0 - shares[top]) / rest.max(LEAST);
    shares[..top].iter_mut().for_each(|share| *share *= scale);
    Some(known)
}

/// Random pairs, or all where there are not more.
fn sample(table: &Table, plan: &[Comparison], workers: &dyn Workers) -> Counts {
    const PARTS: usize = 16;
    let rows = table.rows() as u64;
    let counted = map(workers, PARTS, |part| {
        let mut counts = Counts::new();
        let mut add = |left: usize, right: usize| {
            if table.may_pair(left, right) {
                *counts.entry(pattern(table, plan, left, right)).or_default() += 1.0;
            }
        };
        if table.pairs() <= SAMPLE as f64 {
            let lefts = (part..table.rows()).step_by(PARTS);
            lefts.for_each(|left| (left + 1..table.rows()).for_each(|right| add(left, right)));
        } else {
            let mut chance = Sequence::new(part as u64);
            for _ in 0..SAMPLE / PARTS {
                let (lefts, from) = table.split().map_or((rows, 0), |split| (split as u64, split as u64));
                let (left, right) = (chance.below(lefts), from + chance.below(rows - from));
                add(left as usize, right as usize);
            }
        }
        counts
    });
    let mut counts = Counts::new();
    for (pattern, count) in counted.into_iter().flatten() {
        *counts.entry(pattern).or_default() += count;
    }
    counts
}

/// Expected pairs of one party: in all, and by comparison and level.
struct Expected {
    pairs: f64,
    levels: Vec<Vec<f64>>,
}

fn expect(model: &Model, counts: &Counts) -> Expected {
    let levels = model.chances.iter().map(|chances| vec![0.0; chances.same.len()]).collect();
    let mut expected = Expected { pairs: 0.0, levels };
    for (pattern, count) in counts {
        let weights =
            model.chances.iter().enumerate().map(|(at, chances)| chances.weight(level(*pattern, at)));
        let odds = (model.prior_weight() + weights.sum::<f64>()).exp2();
        let share = count * if odds.is_finite() { odds / (1.0 + odds) } else { 1.0 };
        expected.pairs += share;
        for (at, levels) in expected.levels.iter_mut().enumerate() {
            levels[usize::from(level(*pattern, at))] += share;
        }
    }
    expected
}

fn maximise(expected: &Expected, all: &All, plan: &[Comparison]) -> Model {
    let mut chances = Vec::new();
    for (at, comparison) in plan.iter().enumerate() {
        let levels = &expected.levels[at];
        let stated: f64 = levels.iter().skip(1).sum();
        let before = Chances::expected(comparison);
        let same = levels.iter().zip(&before.same).enumerate().map(|(level, (count, before))| {
            if level == 0 { 0.0 } else { (count + EXPECTED_PAIRS * before) / (stated + EXPECTED_PAIRS) }
        });
        let shown = |level: usize| all.shares[at][level] * all.stated[at];
        let other = (0..levels.len()).map(|level| {
            let rest = (shown(level) - levels[level]).max(shown(level) * REMAINDER).max(0.5);
            let others = (all.stated[at] - stated).max(1.0);
            if level == 0 { 0.0 } else { smooth(rest, others, before.other[level]) }
        });
        chances.push(Chances { same: same.collect(), other: other.collect() });
    }
    let prior = (expected.pairs / all.pairs).clamp(LEAST * LEAST, 0.5);
    Model { prior, chances }
}

fn difference(one: &Model, other: &Model) -> f64 {
    let chances = one.chances.iter().zip(&other.chances);
    let moved = chances.flat_map(|(one, other)| one.same.iter().zip(&other.same));
    moved.map(|(one, other)| (one - other).abs()).fold(0.0, f64::max)
}
