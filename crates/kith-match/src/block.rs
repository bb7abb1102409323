//! Blocking: which pairs are worth a comparison. Records meet if they share a key of at least one rule.

mod part;
mod rule;

#[cfg(test)]
mod tests;

use crate::dictionary::{join, pairs_of};
use crate::table::Table;
use crate::workers::{Workers, map};
pub use part::{Cut, Part};
pub use rule::Rule;

/// A block with more records than this is left out: it says nothing about who is who.
pub const BLOCK_MAX: usize = 2_000;
/// Candidate pairs that a plan may cost: so many, or so many for each record.
const PAIRS_MIN: f64 = 1.5e6;
const PAIRS_PER_RECORD: f64 = 14.0;
/// Units into which a rule's blocks are cut.
const UNITS: usize = 32;

/// The rules, with every record's key under each.
#[derive(Debug)]
pub struct Blocks {
    rules: Vec<Rule>,
    /// Key of row `r` under rule `k` at `r * rules + k`; 0 where the rule does not put it into a block.
    keys: Vec<u32>,
    /// For each rule the rows of its blocks, block by block.
    orders: Vec<Vec<u32>>,
    dropped: usize,
    pairs: f64,
}

/// A stretch of one rule's blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    rule: usize,
    from: usize,
    to: usize,
}

impl Blocks {
    /// Chooses rules for the table and puts every record into its blocks.
    #[must_use]
    pub fn of(table: &Table, workers: &dyn Workers) -> Self {
        let budget = PAIRS_MIN.max(PAIRS_PER_RECORD * table.rows() as f64);
        let rules =
            if table.pairs() <= budget { vec![Rule::all()] } else { rule::choose(table, budget, workers) };
        Self::by(table, rules, workers)
    }

    /// Puts every record into the blocks of the rules.
    #[must_use]
    pub fn by(table: &Table, rules: Vec<Rule>, workers: &dyn Workers) -> Self {
        let block_max = if rules.iter().any(Rule::is_all) { table.rows() } else { BLOCK_MAX };
        let sorted = map(workers, rules.len(), |at| sort(table, &rules[at], block_max));
        let mut keys = vec![0_u32; table.rows() * rules.len()];
        let (mut orders, mut dropped, mut pairs) = (Vec::new(), 0, 0.0);
        for (at, blocks) in sorted.into_iter().enumerate() {
            for (row, key) in &blocks.rows {
                keys[*row as usize * rules.len() + at] = *key;
            }
            orders.push(blocks.rows.into_iter().map(|(row, _)| row).collect());
            dropped += blocks.dropped;
            pairs += blocks.pairs;
        }
        Self { rules, keys, orders, dropped, pairs }
    }

    /// The rules.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Blocks that were too large to be compared.
    #[must_use]
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    /// Pairs in all blocks; those that meet under several rules count several times.
    #[must_use]
    pub fn pairs(&self) -> f64 {
        self.pairs
    }

    /// Stretches of work of about the same size.
    #[must_use]
    pub fn units(&self) -> Vec<Unit> {
        (0..self.rules.len()).flat_map(|rule| self.units_of(rule)).collect()
    }

    fn units_of(&self, rule: usize) -> Vec<Unit> {
        let order = &self.orders[rule];
        if self.rules[rule].is_all() {
            // One block: the unit is the range of the pair's first record.
            let step = order.len().div_ceil(UNITS).max(1);
            let begins = (0..order.len()).step_by(step);
            return begins.map(|from| Unit { rule, from, to: (from + step).min(order.len()) }).collect();
        }
        let step = order.len().div_ceil(UNITS).max(1);
        let (mut units, mut from, mut at) = (Vec::new(), 0, 0);
        while at < order.len() {
            at += self.block_at(rule, at).len();
            if at - from >= step || at == order.len() {
                units.push(Unit { rule, from, to: at });
                from = at;
            }
        }
        units
    }

    fn key(&self, rule: usize, row: u32) -> u32 {
        self.keys[row as usize * self.rules.len() + rule]
    }

    /// The block that begins at that place of the rule's order.
    fn block_at(&self, rule: usize, at: usize) -> &[u32] {
        let rest = &self.orders[rule][at..];
        let key = self.key(rule, rest[0]);
        let length = rest.iter().take_while(|row| self.key(rule, **row) == key).count();
        &rest[..length]
    }

    /// Calls `visit` for every pair of the unit that no earlier rule brings together.
    pub fn visit(&self, table: &Table, unit: Unit, mut visit: impl FnMut(usize, usize)) {
        let mut pair = |one: u32, other: u32| {
            let (left, right) = (one.min(other) as usize, one.max(other) as usize);
            if table.may_pair(left, right) && !self.met_before(unit.rule, left, right) {
                visit(left, right);
            }
        };
        if self.rules[unit.rule].is_all() {
            let order = &self.orders[unit.rule];
            for at in unit.from..unit.to {
                order[at + 1..].iter().for_each(|other| pair(order[at], *other));
            }
            return;
        }
        let mut at = unit.from;
        while at < unit.to {
            let block = self.block_at(unit.rule, at);
            for (place, one) in block.iter().enumerate() {
                block[place + 1..].iter().for_each(|other| pair(*one, *other));
            }
            at += block.len();
        }
    }

    fn met_before(&self, rule: usize, left: usize, right: usize) -> bool {
        let keys = |row: usize| &self.keys[row * self.rules.len()..][..rule];
        keys(left).iter().zip(keys(right)).any(|(left, right)| left == right && *left != 0)
    }
}

/// The rows of a rule's blocks, block by block, with their keys.
struct Sorted {
    rows: Vec<(u32, u32)>,
    dropped: usize,
    pairs: f64,
}

fn sort(table: &Table, rule: &Rule, block_max: usize) -> Sorted {
    let keys = rule.keys(table);
    let mut rows: Vec<u64> = (0..table.rows())
        .filter_map(|row| {
            let key = keys.of(row);
            // The upper half of a joined hash; 0 means that the rule leaves the row out.
            (key != 0).then_some(((key >> 32) | 1) << 32 | row as u64)
        })
        .collect();
    rows.sort_unstable();
    let mut sorted = Sorted { rows: Vec::new(), dropped: 0, pairs: 0.0 };
    for block in rows.chunk_by(|one, other| one >> 32 == other >> 32) {
        let pairs = block_pairs(table, block);
        if block.len() > block_max {
            sorted.dropped += 1;
        } else if pairs > 0.0 {
            sorted.pairs += pairs;
            sorted.rows.extend(block.iter().map(|packed| (*packed as u32, (packed >> 32) as u32)));
        }
    }
    sorted
}

fn block_pairs(table: &Table, block: &[u64]) -> f64 {
    let all = block.len() as f64;
    match table.split() {
        None => pairs_of(all),
        Some(split) => {
            let first = block.iter().filter(|packed| (**packed as u32 as usize) < split).count() as f64;
            first * (all - first)
        }
    }
}

/// Keys of rows under a rule of one part or two.
struct Keys<'a> {
    parts: Vec<(&'a [u32], Vec<u64>)>,
}

impl Keys<'_> {
    fn of(&self, row: usize) -> u64 {
        let mut joined = 1;
        for (values, keys) in &self.parts {
            let key = keys[values[row] as usize];
            if key == 0 {
                return 0;
            }
            joined = join(joined, key);
        }
        joined
    }
}
