//! Orders at the door as everybody outside sees them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CreditDecisionView, MoneyView};

/// Why an order goes, waits or does not go.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrderReasonView {
    /// Stable code, for example `over_limit` or `price_differs`.
    pub code: String,
    /// `info`, `warning`, `hold` or `reject`.
    pub severity: String,
    /// A sentence.
    pub text: String,
    /// JSON Pointer into the order; empty where it is about the whole.
    #[serde(default)]
    pub pointer: String,
    /// What would clear it.
    #[serde(default)]
    pub clears: String,
    /// The figures that it rests on.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

/// A line with its price.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrderLineView {
    /// Its number.
    pub line_no: String,
    /// The item.
    pub item: String,
    /// How many, decimal text.
    pub qty: String,
    /// Unit of measure.
    pub uom: String,
    /// The price as the customer sees it, decimal text.
    pub given_price: Option<String>,
    /// Our price of one unit; null when nothing prices it.
    pub unit_price: Option<MoneyView>,
    /// What the line comes to.
    pub total: Option<MoneyView>,
    /// Whether the given price was taken for want of ours.
    pub as_given: bool,
    /// The price with its rule and the rows that did not win, as `POST /api/v1/price` gives it.
    pub price: serde_json::Value,
}

/// Another account that may be the customer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrderCandidateView {
    /// `acc_…`.
    pub account: String,
    /// Its name.
    pub name: Option<String>,
    /// How sure, 0 to 1.
    pub confidence: f64,
}

/// How the customer was found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrderMatchView {
    /// `reference`, `name`, `person` or `none`.
    pub method: String,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// Who it may be, where it is not known.
    pub candidates: Vec<OrderCandidateView>,
}

/// A held order in the queue.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrderHeldView {
    /// Tier weight × value × urgency: greater ones go first.
    pub priority: i64,
    /// Since when.
    pub since: String,
    /// When it is to be decided: two business hours later.
    pub due_at: String,
    /// Whether that is over.
    pub is_overdue: bool,
    /// The role that may release so much, and those above; null where the amount is not known.
    pub released_by: Option<String>,
}

/// The word of a person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrderReleaseView {
    /// `usr_…`.
    pub by: String,
    /// Their name.
    pub by_name: Option<String>,
    /// When.
    pub at: String,
    /// Until when it may still go on that word.
    pub expires_at: String,
    /// Why.
    pub reason: Option<String>,
    /// Whether it overrode what speaks against the order.
    pub overridden: bool,
}

/// An order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrderView {
    /// `ord_…`.
    pub id: String,
    /// Our number.
    pub order_no: String,
    /// `received`, `validated`, `credit_check`, `held`, `confirmed`, `cancelled`, `rejected`; of one that goes what
    /// touchpoints say: `planned`, `dispatched`, `in_transit`, `delivered`, `invoiced`, `closed`.
    pub state: String,
    /// `accept`, `hold` or `reject`; null before anything was decided and once the order is cancelled.
    pub outcome: Option<String>,
    /// Every reason, those that decide first.
    pub reasons: Vec<OrderReasonView>,
    /// What credit said; null where it could not be asked.
    pub decision: Option<CreditDecisionView>,
    /// The lines with price and trace; empty in lists.
    pub lines: Vec<OrderLineView>,
    /// The sum; null when a line has no price.
    pub total: Option<MoneyView>,
    /// The reservation that held its credit.
    pub reservation_id: Option<String>,
    /// When that expires, or a release does.
    pub expires_at: Option<String>,
    /// `acc_…`; null where it is not known whose it is.
    pub account: Option<String>,
    /// Name of the account.
    pub account_name: Option<String>,
    /// How the account was found.
    #[serde(rename = "match")]
    pub matched: OrderMatchView,
    /// The legal entity that sells.
    pub entity: Option<String>,
    /// The customer's number.
    pub customer_order_no: Option<String>,
    /// Which revision of it.
    pub revision: u32,
    /// `goods`, `freight`, `service`.
    pub order_type: String,
    /// The channel it came through.
    pub channel: String,
    /// SHA-256 of the raw document.
    pub sha256: String,
    /// When it shall be picked up.
    pub requested_pickup: Option<String>,
    /// When it shall be there.
    pub requested_delivery: Option<String>,
    /// What the detectors of unusual spending said.
    pub signals: Vec<String>,
    /// Of a held order: its place in the queue.
    pub held: Option<OrderHeldView>,
    /// Who let it go.
    pub release: Option<OrderReleaseView>,
    /// Why it was called off.
    pub cancel_reason: Option<String>,
    /// Who brought it.
    pub placed_by: Option<String>,
    /// When it came.
    pub received_at: String,
    /// When it changed last.
    pub changed_at: String,
    /// Whether this very order was here before: then nothing was done now.
    #[serde(default)]
    pub duplicate: bool,
    /// The order as it was given, for those who may read personal data; null in lists.
    pub order: Option<serde_json::Value>,
}

/// How grave something is, everywhere or for some.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct OrderRuleView {
    /// What is looked at: `matched_by_name`, `customer_order_no`, `lines`, `price`, `price_differs`, `total_differs`,
    /// `ship_to`, `route`, `date_over`, `ordered_by`, `hazmat`.
    pub check: String,
    /// Only for this channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// Only for customers of this tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// Only for this account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// `off`, `warning`, `hold` or `reject`.
    pub severity: String,
}

/// Up to which amount a role may release a held order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct OrderAuthorityView {
    /// The role.
    pub role: String,
    /// Whole units of the organisation's currency; without a bound when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<u32>,
}

/// Which rules an order must keep.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct OrderRulesView {
    /// Rows; the most exact one counts, of equal ones the last.
    pub rows: Vec<OrderRuleView>,
    /// How far a given price or total may be from ours, in hundredths of a percent.
    pub price_tolerance_basis_points: u32,
    /// Who may release a held order, the smallest authority first.
    pub release: Vec<OrderAuthorityView>,
}

/// One order of the queue, after it was looked at again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QueueItem {
    /// `ord_…`.
    pub id: String,
    /// Our number.
    pub order_no: String,
    /// `acc_…` of whose it is.
    pub account: Option<String>,
    /// That account's name.
    pub account_name: Option<String>,
    /// The sum.
    pub total: Option<MoneyView>,
    /// How early it was looked at: tier × value × urgency.
    pub priority: Option<i64>,
    /// `released`, `held`, `behind` (not looked at: the room was used up before it) or `refused`.
    pub outcome: String,
    /// What holds it is that there is no room: what stands behind it waits.
    pub no_room: bool,
    /// Why it does not go, in one word.
    pub code: Option<String>,
    /// Why it does not go.
    pub text: Option<String>,
}

/// What became of the queue.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QueueView {
    /// In the order in which they were looked at.
    pub items: Vec<QueueItem>,
    /// How many go now.
    pub released: u64,
    /// How many wait on.
    pub left: u64,
}
