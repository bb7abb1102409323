//! Scores: the weight of a pair is the prior's and that of every comparison, its probability follows.

use crate::comparison::Comparison;
use crate::dictionary::MISSING;
use crate::kind::Kind;
use crate::model::Model;
use crate::similarity::edits_within;
use crate::table::{Facet, Table};

/// A scored pair of rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The row that comes first.
    pub left: u32,
    /// The other.
    pub right: u32,
    /// Log of the odds to the base 2 that both are one party.
    pub weight: f32,
}

impl Pair {
    /// The chance that both are one party.
    #[must_use]
    pub fn probability(&self) -> f64 {
        probability(f64::from(self.weight))
    }
}

/// The chance that a weight means.
#[must_use]
pub fn probability(weight: f64) -> f64 {
    1.0 / (1.0 + (-weight).exp2())
}

/// The weight that means a chance.
#[must_use]
pub fn weight(probability: f64) -> f64 {
    (probability / (1.0 - probability)).log2()
}

/// A model made ready for many pairs.
#[derive(Debug)]
pub struct Scorer<'a> {
    table: &'a Table,
    plan: &'a [Comparison],
    model: &'a Model,
    /// What the comparisons from here on can add at most.
    hopes: Vec<f64>,
    hard_keys: Vec<usize>,
    country: Option<usize>,
}

impl<'a> Scorer<'a> {
    /// Makes the model ready.
    #[must_use]
    pub fn new(table: &'a Table, plan: &'a [Comparison], model: &'a Model) -> Self {
        let mut hopes = vec![0.0; plan.len() + 1];
        for (at, comparison) in plan.iter().enumerate().rev() {
            hopes[at] = hopes[at + 1] + model.weight_max(table, (at, comparison));
        }
        let of_kind = |kind: Kind| {
            let columns = table.columns().iter().enumerate();
            columns.filter(move |(_, column)| column.facet == Facet::Whole(kind)).map(|(at, _)| at)
        };
        let (hard_keys, country) = (of_kind(Kind::HardKey).collect(), of_kind(Kind::Country).next());
        Self { table, plan, model, hopes, hard_keys, country }
    }

    /// The pair's weight, none if it cannot reach `least` or hard keys contradict each other.
    #[must_use]
    pub fn weight(&self, left: usize, right: usize, least: f64) -> Option<f64> {
        if self.contradict(left, right) {
            return None;
        }
        let mut weight = self.model.prior_weight();
        for (at, comparison) in self.plan.iter().enumerate() {
            if weight + self.hopes[at] < least {
                return None;
            }
            let level = comparison.level(self.table, left, right);
            weight += self.model.weight(self.table, (at, comparison), level, left);
        }
        (weight >= least).then_some(weight)
    }

    /// Whether two keys that are given once for life, of one form and in one country, differ by more than a slip.
    #[must_use]
    pub fn contradict(&self, left: usize, right: usize) -> bool {
        self.hard_keys.iter().any(|key| {
            let column = &self.table.columns()[*key];
            let (one, other) = (column.values[left], column.values[right]);
            one != other
                && one != MISSING
                && other != MISSING
                && self.one_country(left, right)
                && contradictory(column.dictionary.text(one), column.dictionary.text(other))
        })
    }

    fn one_country(&self, left: usize, right: usize) -> bool {
        let Some(column) = self.country.map(|at| &self.table.columns()[at]) else { return true };
        column.is_missing(left) || column.is_missing(right) || column.values[left] == column.values[right]
    }
}

fn contradictory(one: &str, other: &str) -> bool {
    let prefix = |text: &str| text.bytes().take_while(u8::is_ascii_alphabetic).take(2).collect::<Vec<_>>();
    one.len() == other.len() && prefix(one) == prefix(other) && edits_within(one, other, 1).is_none()
}
