//! The start page: how the promises are kept, what needs the reader now, what happens, where money is at risk.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::MoneyView;

/// A figure against the value that is aimed at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeView {
    /// `onboarding_hours`, `credit_limit_accuracy`, `retention`, `satisfaction`, `data_quality`.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// The value, in the unit.
    pub value: f64,
    /// `hours` or `fraction`.
    pub unit: String,
    /// The value that is aimed at.
    pub target: f64,
    /// Less is better: the value should stay below the target.
    pub less_is_better: bool,
    /// Whether the target is met.
    pub met: bool,
    /// How many it rests on: cases, customers, answers, accounts.
    pub n: u64,
    /// What is counted in `n`.
    pub counted: String,
    /// Days that it looks back; null where it stands on today.
    pub window_days: Option<u32>,
    /// Where it comes from.
    pub source: String,
    /// How it is made.
    pub formula: String,
    /// When the latest fact behind it happened; null where that is not one moment.
    pub observed_at: Option<String>,
    /// The accounts that keep it from the target, as a filter; null where it is not made of accounts.
    pub filter: Option<String>,
}

/// Something that needs the reader.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NeedView {
    /// `change`, `onboarding`, `task`, `alert`, `screening`, `review`, `quarantine`, `order`, `overdue`.
    pub kind: String,
    /// What is to be looked at: `chg_…`, `onb_…`, `tsk_…`, `alr_…`, `hit_…`, `acc_…`, `ord_…`, or `quarantine`.
    pub about: String,
    /// One line: the customer, or what it is.
    pub title: String,
    /// What is to be done, and why.
    pub reason: String,
    /// `acc_…` that it concerns.
    pub account: Option<String>,
    /// Name of that account.
    #[serde(default)]
    pub account_name: Option<String>,
    /// When it is due.
    pub due_at: Option<String>,
    /// That is over.
    pub overdue: bool,
    /// The money concerned.
    pub amount: Option<MoneyView>,
    /// `now`, `today`, `soon` or `later`: what it is ranked by first.
    pub urgency: String,
}

/// A week of revenue.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RevenueWeek {
    /// Last day of the week.
    pub ends_on: String,
    /// Invoiced to customers that are at risk today.
    pub at_risk: MoneyView,
    /// Invoiced to all others.
    pub kept: MoneyView,
}

/// Revenue of customers at risk beside that of all others.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RevenueRiskView {
    /// Revenue of 365 days from customers that are at risk today.
    pub at_risk: MoneyView,
    /// Revenue of 365 days from all others.
    pub kept: MoneyView,
    /// How many customers are at risk.
    pub customers_at_risk: u64,
    /// How many others bought something.
    #[serde(default)]
    pub customers_kept: u64,
    /// The customers at risk, as a filter.
    pub filter: String,
    /// All others, as a filter.
    #[serde(default)]
    pub kept_filter: String,
    /// Weeks, the oldest first.
    pub weeks: Vec<RevenueWeek>,
}

/// An account close to its credit limit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LimitUseView {
    /// `acc_…`.
    pub account: String,
    /// Its name.
    pub name: String,
    /// The legal entity.
    pub entity: String,
    /// Exposure as a share of the limit.
    pub utilisation: f64,
    /// What counts against the limit.
    pub exposure: Option<MoneyView>,
    /// The limit.
    pub limit: Option<MoneyView>,
    /// It is on hold.
    pub held: bool,
}

/// Something that happened.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HappeningView {
    /// Position in the log of touchpoints.
    pub position: u64,
    /// `acc_…`.
    pub account: String,
    /// Its name.
    pub name: String,
    /// `orders`, `shipments`, `money`, `messages`, `quotes`, `surveys`, `portal`, `other`.
    pub group: String,
    /// One line.
    pub title: String,
    /// When it happened.
    pub occurred_at: String,
    /// Needs a look.
    pub alert: bool,
}

/// The start page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HomeView {
    /// `me`, `team` or `all`: whose accounts are meant.
    pub scope: String,
    /// The scopes that the reader can choose.
    pub scopes: Vec<String>,
    /// Accounts in the scope.
    pub accounts: u64,
    /// Figures against their targets; one whose measure or baseline is not there is left out.
    pub outcomes: Vec<OutcomeView>,
    /// What needs the reader now, the most urgent first.
    pub needs: Vec<NeedView>,
    /// How many there are in all; the list shows some.
    pub needs_total: u64,
    /// How many of them are late, due today, or not to be put off.
    #[serde(default)]
    pub needs_pressing: u64,
    /// Revenue at risk and kept; null when nothing was invoiced in a year, or the reader may not see money.
    pub revenue: Option<RevenueRiskView>,
    /// The accounts closest to their credit limit; null for whoever may not see credit.
    pub limits: Option<Vec<LimitUseView>>,
    /// What happened last, the latest first.
    pub happenings: Vec<HappeningView>,
    /// The business day of the values.
    pub day: String,
    /// Touchpoint position of the values.
    pub position: u64,
    /// When.
    pub as_of: String,
}

/// An account that a text may mean.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FoundAccount {
    /// `acc_…`.
    pub id: String,
    /// `C-000123`.
    pub account_number: String,
    /// Name.
    pub name: String,
    /// The legal entity that owns it.
    pub entity: String,
    /// `number`, `id`, `key` (of another system, a tax number, an e-mail address) or `name`.
    pub by: String,
    /// How sure, 0 to 1.
    pub score: f64,
}
