//! The limit that a customer's behaviour is worth (D§3.6): need by class and behaviour, capped, guarded, explained.
//!
//! Amounts are integers of minor units from end to end. Ratios come in as numbers and are made millionths at the door.

mod chain;
mod explain;
mod guard;
mod policy;

use serde::{Deserialize, Serialize};

pub use policy::LimitPolicy;

use crate::class::RiskClass;

#[cfg(test)]
mod tests;

/// Formula and version.
pub const FORMULA: &str = "dynamic_limit@1";

/// All that a limit is made of, in one entity's currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LimitInputs {
    /// The limit in force; `None` where none was ever set.
    pub current_minor: Option<i64>,
    /// Credit sales of the last 90 days.
    pub sales_90d_minor: i64,
    /// Credit sales of the same 90 days a year ago, where the business is seasonal.
    pub sales_90d_last_year_minor: Option<i64>,
    /// Amount-weighted days from invoice to due day.
    pub terms_days: f64,
    /// Order trend a week, as a fraction: 0.005 is half a per cent.
    pub trend_per_week: f64,
    /// Class of risk, override included.
    pub class: RiskClass,
    /// Insolvent: cuts know no guard rail.
    pub is_insolvent: bool,
    /// Amount-weighted days beyond terms.
    pub days_beyond_terms: f64,
    /// Promises to pay that were broken in 180 days.
    pub broken_promises_180d: u32,
    /// Payments that came back in 365 days.
    pub returned_payments_365d: u32,
    /// Share of the amount that was paid on time.
    pub on_time_amount: f64,
    /// Days since the first invoice.
    pub history_days: u32,
    /// Invoices paid so far.
    pub paid_invoices: u32,
    /// What caps it.
    pub caps: Caps,
    /// What keeps it from jumping.
    pub guard: Guard,
}

/// What caps a limit, where known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caps {
    /// Tangible net worth, of books not older than 18 months.
    pub tangible_net_worth_minor: Option<i64>,
    /// Working capital, of books not older than 18 months.
    pub working_capital_minor: Option<i64>,
    /// What an insurer covers.
    pub insured_minor: Option<i64>,
    /// Whether only what is insured may be lent.
    pub needs_insurance: bool,
    /// What is left of the group's limit.
    pub group_remaining_minor: Option<i64>,
    /// What an insurer or a bureau recommends for a customer without history.
    pub recommended_minor: Option<i64>,
}

/// What keeps a limit from jumping.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Guard {
    /// Days since it was last raised.
    pub days_since_raise: Option<u32>,
    /// The highest limit in force in the last seven days.
    pub highest_7d_minor: Option<i64>,
    /// Still on probation.
    pub in_probation: bool,
    /// On watch.
    pub on_watch: bool,
    /// Share of the open balance that is disputed.
    pub disputed_share: f64,
    /// What is owed or promised today.
    pub exposure_minor: i64,
}

/// What should happen to the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It stays as it is.
    Keep,
    /// A first limit.
    Set,
    /// More.
    Raise,
    /// Less.
    Cut,
}

impl Outcome {
    /// The outcome's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Set => "set",
            Self::Raise => "raise",
            Self::Cut => "cut",
        }
    }
}

/// One step on the way from the need to the limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// For example `days_beyond_terms`.
    pub id: String,
    /// For people.
    pub label: String,
    /// What the step adds or takes; all of them add up to the proposed limit.
    pub minor: i64,
}

/// A guard rail that held something back, or a warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rail {
    /// For example `raise_too_fast`.
    pub code: String,
    /// For people.
    pub text: String,
}

/// What another value of one input would give.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Counterfactual {
    /// For example `days_beyond_terms`.
    pub input: String,
    /// What it is.
    pub from: String,
    /// What it would be.
    pub to: String,
    /// The limit before guard rails that it would give.
    pub limit_minor: i64,
}

/// A limit and how it came about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// What should happen.
    pub outcome: Outcome,
    /// The limit proposed; today's where it stays.
    pub proposed_minor: i64,
    /// Where behaviour points, before guard rails.
    pub target_minor: i64,
    /// The same before caps and steps.
    pub raw_minor: i64,
    /// What the customer needs for its business.
    pub need_minor: i64,
    /// The steps, in order.
    pub contributions: Vec<Contribution>,
    /// What held it back.
    pub rails: Vec<Rail>,
    /// What would give more, the most first.
    pub counterfactuals: Vec<Counterfactual>,
    /// Formula and version.
    pub formula: String,
}

/// Makes the proposal.
#[must_use]
pub fn propose(inputs: &LimitInputs, policy: &LimitPolicy) -> Proposal {
    let chain = chain::Chain::of(inputs, policy);
    let guarded = guard::guard(inputs, policy, chain.target_minor());
    let mut contributions = chain.contributions;
    let target_minor = contributions.iter().map(|step| step.minor).sum();
    if guarded.minor != target_minor {
        contributions.push(chain::step("guard_rails", "Guard rails", guarded.minor - target_minor));
    }
    Proposal {
        outcome: guarded.outcome,
        proposed_minor: guarded.minor,
        target_minor,
        raw_minor: chain.raw_minor,
        need_minor: chain.need_minor,
        contributions,
        rails: guarded.rails,
        counterfactuals: explain::counterfactuals(inputs, policy, target_minor),
        formula: FORMULA.to_owned(),
    }
}
