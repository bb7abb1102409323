//! Alerts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A statistic, and from where on it is grave.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignView {
    /// `amount`, `daily_spend`, `frequency`, `velocity`, `new_ship_to`, `bust_out`, `mix`; null for a limit.
    pub detector: Option<String>,
    /// `low`, `medium`, `high`: how grave it is alone.
    pub severity: String,
    /// What was measured. Of a chance: its negative decimal logarithm.
    pub statistic: f64,
    /// Above this it is medium.
    pub medium: f64,
    /// Above this it is high.
    pub high: f64,
    /// All of it in a sentence.
    pub text: String,
}

/// A touchpoint behind an alert.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AlertTouchpoint {
    /// Its place in the log.
    pub position: u64,
    /// `io.kith.order.placed` and others.
    pub r#type: String,
    /// Where it came from.
    pub source: String,
    /// Its id there.
    pub id: String,
    /// When it happened.
    pub occurred_at: String,
    /// What it says, without what is personal.
    pub data: Value,
}

/// Something about an account that is not as it should be.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AlertView {
    /// `alr_…`.
    pub id: String,
    /// `acc_…`.
    pub account: String,
    /// `C-…`.
    pub account_number: String,
    /// Its name.
    pub account_name: String,
    /// The entity that owns it.
    pub entity: String,
    /// `over_limit`, `unusual_spending`, `new_ship_to`, `bust_out`, `exposure_unknown`.
    pub kind: String,
    /// `low`, `medium`, `high`.
    pub severity: String,
    /// The chance that it means something, for ranking: 0 to 1.
    pub score: f64,
    /// The signs, the gravest first.
    pub explanation: Vec<SignView>,
    /// The touchpoints behind it.
    pub evidence: Vec<AlertTouchpoint>,
    /// `open`, `acknowledged`, `closed`.
    pub state: String,
    /// Its cause ended before anybody settled it.
    pub cleared: bool,
    /// When it was raised.
    pub raised_at: String,
    /// Who looks at it.
    pub acknowledged_by: Option<String>,
    /// Since when.
    pub acknowledged_at: Option<String>,
    /// Who closed it.
    pub closed_by: Option<String>,
    /// When it ended.
    pub closed_at: Option<String>,
    /// `confirmed_fraud`, `legitimate`, `customer_error`.
    pub outcome: Option<String>,
    /// In words.
    pub comment: Option<String>,
}

/// The thresholds of a detector, and what outcomes say of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThresholdView {
    /// Which detector.
    pub detector: String,
    /// Above this it is medium.
    pub medium: f64,
    /// Above this it is high.
    pub high: f64,
    /// How much farther that is than the standard threshold: 1 to 3.
    pub factor: f64,
    /// Alerts that somebody closed with an outcome.
    pub outcomes: usize,
    /// Those that were fraud or a mistake.
    pub worth: usize,
    /// Their share; null before the first.
    pub precision: Option<f64>,
    /// The share below which the threshold moves away, from 20 outcomes on.
    pub precision_least: f64,
}
