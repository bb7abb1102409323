//! Requests about credit risk.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::view::MoneyView;

/// `PUT /api/v1/accounts/{id}/bureau`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct BureauRecord {
    /// Which bureau.
    pub bureau: String,
    /// `percentile` (0–100), `paydex` (1–100), `failure_class` (1–5) or `default_probability` (0–1).
    pub scale: String,
    /// The value on that scale.
    pub value: f64,
    /// ISO date of the report.
    pub reported_on: String,
    /// The limit that it recommends.
    #[serde(default)]
    pub recommended_limit: Option<MoneyView>,
    /// What an insurer covers.
    #[serde(default)]
    pub insured_limit: Option<MoneyView>,
    /// It reports an insolvency.
    #[serde(default)]
    pub insolvent: bool,
}

/// `PUT /api/v1/accounts/{id}/financials`: one balance sheet, in one currency.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct BooksRecord {
    /// ISO date of the balance sheet.
    pub statement_on: String,
    /// Current assets less current liabilities.
    pub working_capital: MoneyView,
    /// Profits kept.
    pub retained_earnings: MoneyView,
    /// Earnings before interest and taxes, of a year.
    pub ebit: MoneyView,
    /// Book value of equity.
    pub equity: MoneyView,
    /// All assets.
    pub total_assets: MoneyView,
    /// All liabilities.
    pub total_liabilities: MoneyView,
    /// Equity less what cannot be touched.
    #[serde(default)]
    pub tangible_net_worth: Option<MoneyView>,
}

/// `POST /api/v1/accounts/{id}/class-override`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct ClassOverrideRequest {
    /// 1 is worse, −1 better, 0 ends it.
    pub notches: i8,
    /// Why.
    pub reason: String,
}
