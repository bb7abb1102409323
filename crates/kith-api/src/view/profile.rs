//! The living profile: values that say where they come from and how fresh they are.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::MoneyView;

/// A touchpoint that stands behind a value.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceView {
    /// Source system.
    pub source: String,
    /// Identifier in the source.
    pub id: String,
    /// Type, for example `io.kith.order.placed`.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it happened.
    pub time: String,
}

/// One value with its provenance (D§4.1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MetricView {
    /// The value: number, text, date or money; null when nothing is known.
    pub value: Value,
    /// Title for people.
    pub title: String,
    /// Unit: `orders`, `fraction`, `days`, `hours`, `money`, `points` …
    pub unit: String,
    /// Days of the window that ends with `day`; null when there is none.
    pub window: Option<u32>,
    /// Observations behind it.
    pub sample_size: u64,
    /// Fewer observations than the definition asks for.
    pub insufficient: bool,
    /// 0 to 1.
    pub confidence: f64,
    /// `fresh`, `stale`, `expired` or `unknown`.
    pub staleness: String,
    /// When the latest fact behind it happened.
    pub observed_at: Option<String>,
    /// When it was computed.
    pub computed_at: String,
    /// Formula and its version, for example `order_trend@1`.
    pub formula: String,
    /// `computed`, `imported`, `asserted` or `predicted`.
    pub method: String,
    /// Source systems of the evidence shown.
    pub sources: Vec<String>,
    /// The latest touchpoints behind it, 20 at most.
    pub evidence: Vec<EvidenceView>,
    /// How many touchpoints stand behind it in all.
    pub evidence_count: u64,
    /// Weekly values, oldest first, where a series is kept; null for a week without one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<Option<f64>>")]
    pub series: Vec<f64>,
}

/// What moves a score, in points.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DriverView {
    /// What it is, in words with its figure: `On-time in full 91.2 %, 98 % is full marks`.
    pub label: String,
    /// Component, for example `service_quality`.
    pub component: String,
    /// Points it adds to or takes from 50.
    pub contribution: f64,
    /// The metrics that it was made of, the first of them the most telling.
    #[serde(default)]
    pub metrics: Vec<String>,
    /// Age of the latest fact behind it.
    pub observed_at: Option<String>,
    /// Touchpoints behind it.
    pub evidence: Vec<EvidenceView>,
}

/// A score whose drivers add up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreView {
    /// 0 to 100; null when nothing is known.
    pub value: Option<f64>,
    /// Of health `healthy`, `watch`, `at_risk`, `critical`; of churn `low`, `medium`, `high`, `critical`.
    pub band: Option<String>,
    /// Where the drivers start: 50 for health, the risk of a customer of whom nothing is known for churn.
    pub base: f64,
    /// Share of the weights for which something is known, 0 to 1.
    pub coverage: f64,
    /// Coverage is below one half.
    pub provisional: bool,
    /// base + Σ contributions = value before it is held within 0 to 100.
    pub drivers: Vec<DriverView>,
    /// Formula and version.
    pub formula: String,
}

/// Revenue on one lane.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LaneRevenue {
    /// Lane key, for example `US.60607-US.752-TL-V`.
    pub lane: String,
    /// Window in days.
    pub window: u32,
    /// Net revenue in the organisation's currency.
    pub revenue: MoneyView,
}

/// The profile of one account.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProfileView {
    /// When this was read.
    pub as_of: String,
    /// The business day that every window ends with.
    pub day: String,
    /// The touchpoint position up to which it is folded.
    pub position: u64,
    /// Entity, when only its money was asked for.
    pub entity: Option<String>,
    /// By metric id.
    pub metrics: BTreeMap<String, MetricView>,
    /// By score name: `health`.
    pub scores: BTreeMap<String, ScoreView>,
    /// Revenue by lane, largest first.
    pub lanes: Vec<LaneRevenue>,
    /// Over which accounts it was made, where it was asked for with all that belong to the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollup: Option<RollupScope>,
}

/// Over which accounts a profile was made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RollupScope {
    /// How many accounts it is about: the account and those below it that the caller may see.
    pub accounts: u64,
    /// How many are left out, because the caller may not see them.
    pub left_out: u64,
    /// How the values were made.
    pub method: String,
}
