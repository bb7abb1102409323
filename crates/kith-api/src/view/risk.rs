//! Credit risk, and limits that follow behaviour.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{MoneyView, ScorecardReason};

/// One part of a score.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RiskDriverView {
    /// For example `days_beyond_terms`.
    pub id: String,
    /// For people.
    pub label: String,
    /// Points that it gives; all of them add up to the score.
    pub contribution: f64,
    /// Points that it could give.
    pub most: f64,
}

/// What a bureau says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BureauView {
    /// Which bureau.
    pub bureau: String,
    /// `percentile`, `paydex`, `failure_class`, `default_probability`.
    pub scale: String,
    /// The value on that scale.
    pub value: f64,
    /// The same on the scale of 0 to 100.
    pub score: f64,
    /// The day of the report.
    pub reported_on: String,
    /// The limit that it recommends.
    pub recommended_limit: Option<MoneyView>,
    /// What an insurer covers.
    pub insured_limit: Option<MoneyView>,
    /// It reports an insolvency: class F.
    pub insolvent: bool,
}

/// What the books say.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BooksView {
    /// The day of the balance sheet.
    pub statement_on: String,
    /// Every figure by its name.
    pub figures: BTreeMap<String, MoneyView>,
    /// Altman's Z″; null when the books are older than 18 months.
    pub z: Option<f64>,
    /// `safe`, `grey`, `distress`.
    pub zone: Option<String>,
    /// The version for emerging markets.
    pub z_emerging: Option<f64>,
    /// Its zone.
    pub zone_emerging: Option<String>,
}

/// A person's word about the class.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OverrideView {
    /// 1 is worse, −1 better.
    pub notches: i8,
    /// Why, for who may read personal data.
    pub reason: Option<String>,
    /// Who asked for it.
    pub by: Option<String>,
    /// Since when.
    pub set_at: String,
    /// Until when.
    pub expires_at: String,
    /// It is over.
    pub expired: bool,
}

/// The scorecard that scored an account, and what it says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScorecardUsed {
    /// Its version.
    pub version: u64,
    /// Points: 600 are odds of 50 to 1, 20 more double them.
    pub points: f64,
    /// Probability of bad.
    pub probability: f64,
    /// What cost the most points, the most first.
    pub reasons: Vec<ScorecardReason>,
}

/// The credit risk of an account.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RiskView {
    /// `acc_…`.
    pub account: String,
    /// 0 to 100, high is good.
    pub score: f64,
    /// `A` to `F`, after what a person says.
    pub class: String,
    /// `A` to `F`, by the score alone.
    pub class_of_score: String,
    /// Score of its own behaviour, 0 to 100.
    pub internal: Option<f64>,
    /// Score of bureau and books, 0 to 100.
    pub external: Option<f64>,
    /// Share of its own behaviour in the score: months of paid history ÷ (months + 12).
    pub credibility: f64,
    /// The parts; they add up to the score.
    pub drivers: Vec<RiskDriverView>,
    /// What the parts were made of.
    pub inputs: Map<String, Value>,
    /// A bureau's word.
    pub bureau: Option<BureauView>,
    /// Its books.
    pub financials: Option<BooksView>,
    /// A person's word.
    pub class_override: Option<OverrideView>,
    /// Formula and version.
    pub formula: String,
    /// The scorecard that scored its behaviour; null is the expert card.
    pub scorecard: Option<ScorecardUsed>,
    /// When it was computed.
    pub as_of: String,
}

/// One step on the way to a limit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ContributionView {
    /// For example `days_beyond_terms`.
    pub id: String,
    /// For people.
    pub label: String,
    /// What it adds or takes; all of them add up to the proposed limit.
    pub amount: MoneyView,
}

/// Something that held the limit back, or a warning.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RailView {
    /// For example `raise_too_fast`.
    pub code: String,
    /// For people.
    pub text: String,
}

/// What another value of one input would give.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CounterfactualView {
    /// For example `days_beyond_terms`.
    pub input: String,
    /// What it is.
    pub from: String,
    /// What it would be.
    pub to: String,
    /// The limit that it would give, before guard rails.
    pub limit: MoneyView,
}

/// The limit that an account's behaviour is worth.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LimitProposalView {
    /// `acc_…`.
    pub account: String,
    /// The legal entity whose limit it is; null for the whole company's.
    pub entity: Option<String>,
    /// The currency of all amounts.
    pub currency: String,
    /// `keep`, `set`, `raise`, `cut`.
    pub outcome: String,
    /// The limit in force.
    pub current: Option<MoneyView>,
    /// The limit proposed.
    pub proposed: MoneyView,
    /// Where behaviour points, before guard rails.
    pub target: MoneyView,
    /// The same before caps and steps.
    pub raw: MoneyView,
    /// What the customer needs for its business.
    pub need: MoneyView,
    /// Class of risk.
    pub class: String,
    /// What it is made of.
    pub inputs: Map<String, Value>,
    /// The steps in order; they add up to the proposed limit.
    pub contributions: Vec<ContributionView>,
    /// What held it back.
    pub guard_rails: Vec<RailView>,
    /// What would give more, the most first.
    pub counterfactuals: Vec<CounterfactualView>,
    /// Formula and version.
    pub formula: String,
    /// When it was computed.
    pub as_of: String,
}

/// Why a change sets another limit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LimitGroundView {
    /// What it is made of.
    pub inputs: BTreeMap<String, String>,
    /// The steps in order; they add up to the limit.
    pub contributions: Vec<ContributionView>,
    /// What held it back.
    pub guard_rails: Vec<RailView>,
    /// What would give more.
    pub counterfactuals: Vec<CounterfactualView>,
    /// Formula and version.
    pub formula: String,
}
