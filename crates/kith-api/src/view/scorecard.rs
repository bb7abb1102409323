//! Scorecards: versions that were trained, and what they say of rows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How well a card tells rows apart.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScorecardMeasures {
    /// Rows.
    pub rows: u64,
    /// Bad ones.
    pub bad: u64,
    /// Area under the curve: 0.5 is chance, 1 is perfect.
    pub auc: f64,
    /// Twice that less one.
    pub gini: f64,
    /// Widest gap between the good and the bad.
    pub ks: f64,
    /// Mean squared error of the probabilities.
    pub brier: f64,
}

/// Where rows came from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScorecardOrigin {
    /// `file` or `history`.
    pub kind: String,
    /// The file's name.
    pub name: Option<String>,
    /// The day on which accounts were looked at.
    pub observed_on: Option<String>,
    /// The days after it in which they turned out.
    pub outcome_days: Option<u16>,
}

/// A bin of a column.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScorecardBinView {
    /// A range, some words, or that it is missing.
    pub label: String,
    /// Rows that turned out well.
    pub good: u64,
    /// Rows that did not.
    pub bad: u64,
    /// Weight of evidence: positive is better than average.
    pub woe: f64,
    /// Points.
    pub points: f64,
}

/// A column that a card looks at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScorecardVariable {
    /// Its header.
    pub column: String,
    /// `numbers` or `words`.
    pub kind: String,
    /// Coefficient of its weight of evidence, for the log-odds of bad.
    pub coefficient: f64,
    /// Information value.
    pub iv: f64,
    /// Its bins; empty in a list.
    pub bins: Vec<ScorecardBinView>,
}

/// A column that is not on the card.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScorecardLeftOut {
    /// Its header.
    pub column: String,
    /// `identifier`, `constant`, `useless`, `redundant`.
    pub cause: String,
    /// Information value, where there is one.
    pub iv: Option<f64>,
}

/// One version of the company's scorecard.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScorecardView {
    /// Its version.
    pub version: u64,
    /// Whether it scores the accounts.
    pub in_force: bool,
    /// Where its rows came from.
    pub origin: ScorecardOrigin,
    /// SHA-256 of the rows.
    pub data_sha256: String,
    /// The column that told the outcome.
    pub target: String,
    /// Its value that is bad.
    pub bad: String,
    /// By cross-validation: each row judged by a card that never saw it.
    pub validated: ScorecardMeasures,
    /// On the rows that it was learned from.
    pub trained: ScorecardMeasures,
    /// Fewer than 200 bad rows: it is not sure of itself.
    pub few_bad: bool,
    /// Log-odds of bad where every column is average.
    pub intercept: f64,
    /// What it looks at.
    pub variables: Vec<ScorecardVariable>,
    /// What was left out, told by the training alone.
    pub left_out: Vec<ScorecardLeftOut>,
    /// Columns that accounts do not have: it scores files, and never accounts.
    pub unknown_columns: Vec<String>,
    /// Who trained it.
    pub trained_by: Option<String>,
    /// When.
    pub trained_at: Option<String>,
}

/// Why a row did not get more points.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScorecardReason {
    /// The column.
    pub column: String,
    /// The bin of its value.
    pub bin: String,
    /// Points that it cost, against the best bin.
    pub points: f64,
}

/// What a card says of a row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScorecardRow {
    /// Its line.
    pub line: u64,
    /// Points: 600 are odds of 50 to 1, 20 more double them.
    pub points: f64,
    /// Probability of bad.
    pub probability: f64,
    /// The class of that probability.
    pub class: String,
    /// What cost the most points, the most first.
    pub reasons: Vec<ScorecardReason>,
    /// Columns with a word that was never seen: they count as average.
    pub not_understood: Vec<String>,
}

/// What a card says of the rows of a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScorecardScores {
    /// Its version.
    pub version: u64,
    /// Row by row.
    pub rows: Vec<ScorecardRow>,
}
