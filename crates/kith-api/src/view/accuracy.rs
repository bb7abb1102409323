//! How right limits and credit decisions were, as the faces show it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::MoneyView;

/// A share with what it is made of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShareView {
    /// Cases that were right.
    pub numerator: u64,
    /// All cases.
    pub denominator: u64,
    /// Numerator by denominator; null of no cases.
    pub value: Option<f64>,
    /// Lower end of the Wilson 95 % interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// What it should be at least; null where it is only reported.
    pub target: Option<f64>,
}

/// Days on which a limit in force was not the one that should have been.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WrongLimitView {
    /// `acc_…`.
    pub account: String,
    /// Its name.
    pub name: String,
    /// The legal entity.
    pub entity: String,
    /// First such day.
    pub from: String,
    /// Last such day.
    pub to: String,
    /// How many days.
    pub days: u64,
    /// The limit in force on the last of them.
    pub enforced: Option<MoneyView>,
    /// The one that decisions, policy and events imply.
    pub implied: Option<MoneyView>,
}

/// Limits day by day.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LimitAccuracyView {
    /// Limit-days that were right, of all.
    pub measure: ShareView,
    /// First day.
    pub from: String,
    /// Last day, as it stands so far.
    pub to: String,
    /// The longest wrong ones, twenty at most.
    pub wrong: Vec<WrongLimitView>,
}

/// Decisions of one outcome by what they would be with all that is known today.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConfusionRow {
    /// The outcome that was decided.
    pub decided: String,
    /// Would be approved.
    pub approve: u64,
    /// Would be approved with a warning.
    pub approve_with_warning: u64,
    /// Would be held.
    pub hold: u64,
    /// Would be rejected.
    pub reject: u64,
}

/// Decisions that went the other way than they would today.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FalseView {
    /// How many.
    pub count: u64,
    /// What they came to, in the organisation's currency; what has no rate is left out.
    pub value: Option<MoneyView>,
}

/// A decision that would be another one today.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OtherDecisionView {
    /// The reservation.
    pub id: String,
    /// `acc_…`.
    pub account: String,
    /// The legal entity.
    pub entity: String,
    /// What was asked.
    pub amount: Option<MoneyView>,
    /// When it was decided.
    pub decided_at: String,
    /// What was decided.
    pub decided: String,
    /// What would be.
    pub replayed: String,
    /// Codes of the reasons that would be told.
    pub reasons: Vec<String>,
}

/// Decisions replayed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionAccuracyView {
    /// Decisions that would be the same, of all that were replayed.
    pub measure: ShareView,
    /// Decisions of the time; more than were replayed where there were more than 20,000.
    pub decisions: u64,
    /// Four by four.
    pub confusion: Vec<ConfusionRow>,
    /// Approved, and would be held or rejected.
    pub false_approve: FalseView,
    /// Held or rejected, and would be approved.
    pub false_hold: FalseView,
    /// The latest that would be others, twenty at most.
    pub others: Vec<OtherDecisionView>,
}

/// Whether limits fitted, looked at when it is known.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AdequacyView {
    /// Limits that were neither too tight nor too loose, of all that were active.
    pub measure: ShareView,
    /// First day of what was looked at.
    pub from: String,
    /// Last day, 120 days ago.
    pub to: String,
    /// Limits that held an order which was paid within 15 days of its due day.
    pub too_tight: u64,
    /// Limits above the need under which an invoice went 90 days past due.
    pub too_loose: u64,
}

/// The three measures of how right credit was.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreditAccuracyView {
    /// When it was computed.
    pub as_of: String,
    /// The headline: limits day by day.
    pub limits: LimitAccuracyView,
    /// Decisions replayed with all that is known today.
    pub decisions: DecisionAccuracyView,
    /// Whether limits fitted; only reported.
    pub adequacy: AdequacyView,
    /// Formula and version.
    pub formula: String,
}
