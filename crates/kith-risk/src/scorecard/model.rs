//! A card: what it is made of, and what it says about a row.

use serde::{Deserialize, Serialize};

use super::bins::{Bin, Split};
use super::logistic::probability;
use super::measure::Measures;
use super::{factor, offset};
use crate::class::RiskClass;
use crate::score::of_probability;

/// Shape of the stored card.
pub(super) const FORMAT: &str = "kith-scorecard@1";
/// Reasons that are told.
const REASONS: usize = 4;

/// One variable of a card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variable {
    /// The column's header.
    pub name: String,
    /// Coefficient of its weight of evidence, for the log-odds of bad.
    pub coefficient: f64,
    /// Information value.
    pub iv: f64,
    /// How values fall into bins.
    pub split: Split,
    /// The bins; the last is what is missing.
    pub bins: Vec<Bin>,
}

/// A scorecard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Shape of this document.
    pub format: String,
    /// The column that told the outcome.
    pub target: String,
    /// The value of it that is bad.
    pub bad: String,
    /// Log-odds of bad where every variable is average.
    pub intercept: f64,
    /// The variables, in the order of the file.
    pub variables: Vec<Variable>,
    /// How well it tells the rows apart that it was learned from.
    pub trained: Measures,
    /// The same by cross-validation: each row judged by a card that never saw it.
    pub validated: Measures,
}

/// Why a row did not get more points.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason<'a> {
    /// The variable.
    pub variable: &'a str,
    /// The bin of its value.
    pub bin: &'a str,
    /// Points that it cost, against the best bin.
    pub points: f64,
}

/// What a card says about a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored<'a> {
    /// Points: 600 are odds of 50 to 1, 20 more double them.
    pub points: f64,
    /// Probability of bad.
    pub probability: f64,
    /// The class of that probability.
    pub class: RiskClass,
    /// What cost the most, the most first.
    pub reasons: Vec<Reason<'a>>,
    /// Variables of which the value was not understood; they count as average.
    pub not_understood: Vec<usize>,
}

/// A document that is no card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub String);

impl Card {
    /// Checks a card that was read.
    ///
    /// # Errors
    /// It has another format, or bins and numbers that cannot be.
    pub fn check(&self) -> Result<(), Unreadable> {
        if self.format != FORMAT {
            return Err(Unreadable(format!("the format is `{}`, not `{FORMAT}`", self.format)));
        }
        for variable in &self.variables {
            let wrong = |what: &str| Err(Unreadable(format!("variable `{}`: {what}", variable.name)));
            let last = variable.bins.len().checked_sub(1);
            let fits = match &variable.split {
                Split::Numbers(edges) => {
                    edges.len() + 2 == variable.bins.len() && edges.is_sorted_by(|one, other| one < other)
                }
                Split::Words(places) => last.is_some_and(|last| places.values().all(|place| *place < last)),
            };
            if !fits {
                return wrong("its split does not fit its bins");
            }
            if variable.bins.iter().any(|bin| !bin.woe.is_finite() || !bin.points.is_finite()) {
                return wrong("a weight is not a number");
            }
        }
        Ok(())
    }

    /// Scores a row; `cell` gives the text of a variable by its place on the card.
    pub fn score<'a>(&'a self, cell: impl Fn(usize) -> &'a str) -> Scored<'a> {
        let share = self.average_points();
        let mut log_odds = self.intercept;
        let mut points = if self.variables.is_empty() { offset() - factor() * self.intercept } else { 0.0 };
        let mut reasons = Vec::new();
        let mut not_understood = Vec::new();
        for (at, variable) in self.variables.iter().enumerate() {
            let place = variable.split.place(cell(at), variable.bins.len());
            let bin = place.and_then(|place| variable.bins.get(place));
            if bin.is_none() {
                not_understood.push(at);
            }
            let got = bin.map_or(share, |bin| bin.points);
            log_odds += variable.coefficient * bin.map_or(0.0, |bin| bin.woe);
            points += got;
            let most = variable.bins.iter().map(|bin| bin.points).fold(got, f64::max);
            if most > got {
                let bin = bin.map_or("(never seen)", |bin| bin.label.as_str());
                reasons.push(Reason { variable: &variable.name, bin, points: most - got });
            }
        }
        reasons.sort_by(|one, other| other.points.total_cmp(&one.points));
        reasons.truncate(REASONS);
        let probability = probability(log_odds);
        let class = class_of(probability);
        Scored { points, probability, class, reasons, not_understood }
    }

    /// Points of a variable whose value is average.
    fn average_points(&self) -> f64 {
        average_points(self.intercept, self.variables.len())
    }
}

/// Each variable's share of offset and intercept.
pub(super) fn average_points(intercept: f64, variables: usize) -> f64 {
    (offset() - factor() * intercept) / variables.max(1) as f64
}

/// The class of a probability of bad.
fn class_of(probability: f64) -> RiskClass {
    RiskClass::of_score(of_probability(probability))
}
