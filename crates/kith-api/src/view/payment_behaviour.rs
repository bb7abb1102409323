//! How a customer, or all of them, pay: what the field measures it by.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::MoneyView;

/// Open invoices by the days that they are past due.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgingView {
    /// Not past due.
    pub current: MoneyView,
    /// 1 to 30 days past due.
    pub days_1_30: MoneyView,
    /// 31 to 60 days.
    pub days_31_60: MoneyView,
    /// 61 to 90 days.
    pub days_61_90: MoneyView,
    /// 91 to 120 days.
    pub days_91_120: MoneyView,
    /// More than 120 days.
    pub days_over_120: MoneyView,
    /// All that is open.
    pub total: MoneyView,
    /// What of it is disputed.
    pub disputed: MoneyView,
}

/// The period of the collection effectiveness, and what it is made of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CollectionView {
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// Receivables before it began.
    pub receivables_begin: MoneyView,
    /// Credit sales in it, net of credit notes.
    pub sales: MoneyView,
    /// Receivables when it ended.
    pub receivables_end: MoneyView,
    /// What of these was not past due.
    pub receivables_end_current: MoneyView,
}

/// Payment behaviour: of invoices of a year, weighted by amount unless it is a share of invoices. A measure without anything
/// to be measured by is null, and `insufficient` says why.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PaymentBehaviourView {
    /// `acc_…`; null for a portfolio.
    pub account: Option<String>,
    /// The legal entity; null for all together, in the organisation's currency.
    pub entity: Option<String>,
    /// The currency of its amounts.
    pub currency: String,
    /// The day as of which it is told.
    pub as_of: String,
    /// Accounts that have invoices.
    pub accounts: u64,
    /// Accounts that are left out because an exchange rate is missing.
    pub unrated: u64,
    /// Invoices of a year that are paid or past due.
    pub judged: u64,
    /// Average days from invoice to payment; what is past due counts as if it were paid today.
    pub days_to_pay: Option<f64>,
    /// Days from invoice to due day.
    pub weighted_terms_days: Option<f64>,
    /// Days beyond terms; early payment counts as prompt.
    pub days_beyond_terms: Option<f64>,
    /// The same with early payment as negative.
    pub days_beyond_terms_signed: Option<f64>,
    /// Share of invoices paid within three days of their due day.
    pub on_time: Option<f64>,
    /// The same as a share of the amount.
    pub on_time_amount: Option<f64>,
    /// Days beyond terms as an index from 1 to 100: 80 is prompt, 50 is 30 days late.
    pub pay_index: Option<u8>,
    /// Open invoices by age; null when an exchange rate is missing.
    pub aging: Option<AgingView>,
    /// Credit sales of 90 days, net of credit notes.
    pub sales_90d: Option<MoneyView>,
    /// Days sales outstanding: receivables over the sales of 90 days.
    pub dso: Option<f64>,
    /// The same by counting back over the sales of calendar months.
    pub dso_countback: Option<f64>,
    /// The DSO if nothing were past due.
    pub dso_best_possible: Option<f64>,
    /// Average days delinquent: DSO less the best possible DSO.
    pub average_days_delinquent: Option<f64>,
    /// What was collected in 30 days of what could be, in per cent: 80 and more is good, less than 50 poor.
    pub collection_effectiveness: Option<f64>,
    /// What the collection effectiveness is made of; null when an exchange rate is missing.
    pub collection: Option<CollectionView>,
    /// Share of what was invoiced in a year that is or was disputed.
    pub dispute_rate: Option<f64>,
    /// Promises to pay that were kept in 180 days.
    pub promises_kept: u32,
    /// Promises to pay that were broken in 180 days.
    pub promises_broken: u32,
    /// Share of them that was broken.
    pub broken_promises: Option<f64>,
    /// Payments that came back in a year.
    pub returned_payments: u32,
    /// The highest exposure at the end of a day of the last year, by documents, at today's exchange rates; null for a portfolio.
    pub high_credit: Option<MoneyView>,
    /// The day of it.
    pub high_credit_on: Option<String>,
    /// Exposure as a share of the limit of the day, on average over 90 days; null for a portfolio.
    pub utilisation_average: Option<f64>,
    /// The highest of these shares.
    pub utilisation_peak: Option<f64>,
    /// Why a measure is null, by its name: `nothing_due`, `no_invoices`, `no_sales`, `sales_too_short`, `nothing_to_collect`,
    /// `no_promises`, `no_limit`, `limits_by_entity`, `rate_missing`.
    pub insufficient: BTreeMap<String, String>,
}
