//! Who looks after which accounts, what is due, and how good the data are.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{ChangeView, MoneyView};

/// How good an account's data are: completeness × validity × freshness.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualityView {
    /// `acc_…`.
    pub account: String,
    /// The product of the three, 0 to 1.
    pub score: f64,
    /// What is aimed at.
    pub target: f64,
    /// Weighted share of the fields that are filled, 0 to 1; a required field weighs three times a recommended one.
    pub completeness: f64,
    /// Share of the filled values that hold, 0 to 1.
    pub validity: f64,
    /// 1 for 180 days after the data were confirmed, 0.5 after 365, 0 after 730.
    pub freshness: f64,
    /// Required fields that are missing.
    pub missing_required: Vec<String>,
    /// Recommended fields that are missing.
    pub missing_recommended: Vec<String>,
    /// Fields whose values do not hold.
    pub invalid: Vec<String>,
    /// The last review, or a later change.
    pub confirmed_on: Option<String>,
}

/// What a user or a team looks after.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PortfolioView {
    /// `usr_…` of the account manager.
    pub user: Option<String>,
    /// Code of the team.
    pub team: Option<String>,
    /// Name.
    pub name: String,
    /// How many accounts.
    pub accounts: u64,
    /// Revenue of 365 days, all of them.
    pub revenue: Option<MoneyView>,
    /// Accounts whose review is overdue.
    pub reviews_overdue: u64,
    /// Accounts whose review is overdue or falls due within 30 days.
    pub reviews_due: u64,
    /// Changes that wait on these accounts.
    pub open_changes: u64,
    /// Accounts whose data are below the target.
    pub data_below_target: u64,
    /// Of a team: who of it answers for how many of these accounts.
    pub managers: Vec<ManagerView>,
    /// A page of the accounts, by name.
    pub items: Vec<Map<String, Value>>,
    /// For the next page.
    pub next_cursor: Option<String>,
}

/// Who answers for how many accounts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ManagerView {
    /// `usr_…`.
    pub user: String,
    /// Name.
    pub name: Option<String>,
    /// Whether they lead the team.
    pub lead: bool,
    /// How many accounts.
    pub accounts: u64,
}

/// What came of handing an account over.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TransferView {
    /// `acc_…`.
    pub account: String,
    /// Name of the account.
    pub name: Option<String>,
    /// `waiting`, `done` or `refused`.
    pub state: String,
    /// `usr_…` who answered for it.
    pub from: Option<String>,
    /// `usr_…` who shall.
    pub to: String,
    /// The change that waits for its steps.
    pub change: Option<ChangeView>,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// What stays with the account and so goes with it.
    pub carried: CarriedView,
}

/// What goes with an account that is handed over.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CarriedView {
    /// `chg_…` of the changes that wait.
    pub open_changes: Vec<String>,
    /// Contact persons.
    pub contacts: usize,
    /// Agreements.
    pub agreements: usize,
    /// Notes.
    pub notes: usize,
    /// Versions of its history.
    pub versions: u64,
    /// Day of the next review.
    pub next_review_on: Option<String>,
}

/// What came of handing a portfolio over.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PortfolioTransferView {
    /// One for each account.
    pub items: Vec<TransferView>,
    /// How many wait or are done.
    pub accepted: usize,
    /// How many were refused.
    pub refused: usize,
    /// How many are left: ask again with another key.
    pub remaining: u64,
}
