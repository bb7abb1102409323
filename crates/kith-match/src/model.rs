//! What agreement is worth: how likely each level is among records of one party, and among records of two.

mod expected;

#[cfg(test)]
mod tests;

use crate::comparison::{Comparison, MISSING_LEVEL};
use crate::table::Table;

/// How common a value that names one party may be before its frequency speaks against it: a party may well
/// stand in a file this many times.
const SHARED_MAX: u32 = 8;
const USUAL_RECORDS: f64 = 200.0;
/// A level that was never seen is still not impossible.
pub(crate) const LEAST: f64 = 1e-9;

/// The chances of the levels of one comparison, by level; the first stands for a missing value and counts nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Chances {
    /// Among two records of one party.
    pub same: Vec<f64>,
    /// Among two records of two parties.
    pub other: Vec<f64>,
}

impl Chances {
    /// What the level says for one party, in bits.
    #[must_use]
    pub fn weight(&self, level: u8) -> f64 {
        if level == MISSING_LEVEL {
            return 0.0;
        }
        let at = usize::from(level);
        (self.same[at].max(LEAST) / self.other[at].max(LEAST)).log2()
    }
}

/// A learned or given model.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The share of one party's pairs among all pairs.
    pub prior: f64,
    /// One for each comparison of the plan.
    pub chances: Vec<Chances>,
}

impl Model {
    /// The weight before anything is compared, in bits.
    #[must_use]
    pub fn prior_weight(&self) -> f64 {
        (self.prior / (1.0 - self.prior)).log2()
    }

    /// What the level is worth for these values: for equal values by how common the very value is.
    #[must_use]
    pub fn weight(
        &self,
        table: &Table,
        (at, comparison): (usize, &Comparison),
        level: u8,
        row: usize,
    ) -> f64 {
        let chances = &self.chances[at];
        let at = usize::from(level);
        match frequency(table, comparison, level, row, chances.other[at]) {
            None => chances.weight(level),
            Some(frequency) => (chances.same[at].max(LEAST) / frequency.max(LEAST)).log2(),
        }
    }

    /// The most that a comparison can be worth.
    #[must_use]
    pub fn weight_max(&self, table: &Table, (at, comparison): (usize, &Comparison)) -> f64 {
        let levels = 1..=comparison.measure.top();
        let rarest = |level: u8| {
            let chances = &self.chances[at];
            let [first, second] = comparison.measure.frequency(level);
            let column = first.or(second).filter(|_| !comparison.measure.names_one(level));
            let rare =
                column.map(|column| shared(1.0, known(table, column), chances.other[usize::from(level)]));
            let rare =
                rare.map(|rare| (chances.same[usize::from(level)].max(LEAST) / rare.max(LEAST)).log2());
            rare.map_or(chances.weight(level), |rare| rare.max(chances.weight(level)))
        };
        levels.map(rarest).fold(0.0, f64::max)
    }
}

/// The chance that two parties share the very value, if the level is about a value; `usual` is the chance that they
/// share any.
fn frequency(table: &Table, comparison: &Comparison, level: u8, row: usize, usual: f64) -> Option<f64> {
    let says = |column: &usize| !table.columns()[*column].is_missing(row);
    let column = comparison.measure.frequency(level).into_iter().flatten().find(says)?;
    let values = &table.columns()[column];
    let count = values.dictionary.count(values.values[row]);
    let known = known(table, column);
    if comparison.measure.names_one(level) {
        let others = count.checked_sub(SHARED_MAX + 1)? + 1;
        return Some((f64::from(others) / known).max(usual));
    }
    Some(shared(f64::from(count.saturating_sub(1).max(1)), known, usual))
}

/// The share of the other records with the value. In a small file a share says little: the usual chance counts like
/// so many records more.
fn shared(others: f64, known: f64, usual: f64) -> f64 {
    (others + USUAL_RECORDS * usual) / (known + USUAL_RECORDS)
}

fn known(table: &Table, column: usize) -> f64 {
    let missing = table.columns()[column].dictionary.count(0);
    (table.rows() as f64 - f64::from(missing)).max(1.0)
}
