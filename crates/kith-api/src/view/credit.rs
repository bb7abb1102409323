//! Credit: where a customer stands, what was decided, what is reserved.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::MoneyView;

/// One row of the decision table that holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreditReasonView {
    /// Stable code, for example `over_limit`.
    pub code: String,
    /// `info`, `warning`, `hold` or `reject`.
    pub severity: String,
    /// A sentence.
    pub text: String,
    /// The figures that it rests on; money as decimal amounts of the entity's currency.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

/// A decision. It never changes; asking again makes another one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreditDecisionView {
    /// `approve`, `approve_with_warning`, `hold` or `reject`.
    pub outcome: String,
    /// The limit in the entity's currency; null when none is set.
    pub limit: Option<MoneyView>,
    /// What counted against it before; null when an exchange rate is missing.
    pub exposure: Option<MoneyView>,
    /// What was left before.
    pub available_before: Option<MoneyView>,
    /// What is left if it goes.
    pub available_after: Option<MoneyView>,
    /// Exposure with it as a share of the limit.
    pub utilisation_after: Option<f64>,
    /// Every row of the table that holds; the first decided.
    pub reasons: Vec<CreditReasonView>,
    /// The moment up to which the data are known.
    pub data_as_of: String,
    /// Version of the policy.
    pub policy_version: u64,
    /// Position of the touchpoint log that it stands on.
    pub position: u64,
}

/// A reservation, or the decision against one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReservationView {
    /// The client's id, or `rsv_…`.
    pub id: String,
    /// `acc_…`.
    pub account: String,
    /// The account's name, where many accounts are shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_name: Option<String>,
    /// The legal entity.
    pub entity: String,
    /// What it is about, as asked, amended or committed.
    pub amount: Option<MoneyView>,
    /// The order that it is for.
    pub order_no: Option<String>,
    /// `pending`, `committed`, `voided`, `expired`; `refused` where nothing was reserved.
    pub state: String,
    /// Whether it holds credit, unless its order has arrived meanwhile.
    pub holds: bool,
    /// When it was decided.
    pub decided_at: String,
    /// When it expires; null for never.
    pub expires_at: Option<String>,
    /// When it was committed, voided or noted as expired.
    pub resolved_at: Option<String>,
    /// What was decided, and why.
    pub decision: Option<CreditDecisionView>,
    /// What was decided on the latest request for more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amend_decision: Option<CreditDecisionView>,
}

/// What makes up exposure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BucketsView {
    /// Unpaid rest of invoices.
    pub open_ar: MoneyView,
    /// Delivered and not invoiced.
    pub unbilled: MoneyView,
    /// Ordered or committed and not delivered.
    pub open_orders: MoneyView,
    /// Reserved.
    pub pending: MoneyView,
    /// Payments and credit notes without an invoice to pay; reduces exposure.
    pub unapplied: MoneyView,
}

/// The limit over all entities and descendants, and what counts against it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupCreditView {
    /// The limit.
    pub limit: MoneyView,
    /// What counts against it; null when an exchange rate is missing.
    pub exposure: Option<MoneyView>,
}

/// Where an account stands with a legal entity.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreditView {
    /// The legal entity.
    pub entity: String,
    /// Its currency.
    pub currency: String,
    /// The limit; null when none is set.
    pub limit: Option<MoneyView>,
    /// What counts against it: the sum of the buckets; null when an exchange rate is missing.
    pub exposure: Option<MoneyView>,
    /// Currencies of its limit or of what is open that have no exchange rate today: exposure cannot be said, and orders are held.
    #[serde(default)]
    pub unrated: Vec<String>,
    /// What exposure comes to at least without them; null where it is known, or not even that can be said.
    #[serde(default)]
    pub exposure_at_least: Option<MoneyView>,
    /// Limit less exposure.
    pub available: Option<MoneyView>,
    /// Exposure as a share of the limit.
    pub utilisation: Option<f64>,
    /// What makes up exposure.
    pub buckets: Option<BucketsView>,
    /// What of the receivables is past due.
    pub overdue: Option<MoneyView>,
    /// Days that the oldest of it is past due.
    pub overdue_days: u16,
    /// The limit of the group, if there is one.
    pub group: Option<GroupCreditView>,
    /// The entities that share this limit as one pool; only this one where it has a limit of its own.
    pub shared_by: Vec<String>,
    /// Kinds of holds that stand in the way.
    pub holds: Vec<String>,
    /// Whether the customer is watched.
    pub watch: bool,
    /// Position of the touchpoint log that this stands on.
    pub position: u64,
    /// As of when exposure is known: now, or when its sources were last heard.
    pub as_of: String,
    /// Hours begun since its sources were last heard; null where it is fed by hand, or one was never heard.
    pub age_hours: Option<i64>,
}

/// An account with where it stands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreditRow {
    /// `acc_…`.
    pub account: String,
    /// Its number.
    pub account_number: String,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub standing: CreditView,
}

/// The credit desk.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreditDeskView {
    /// Rows beyond their limit.
    pub over: u64,
    /// Rows from 90 % of their limit up.
    pub close: u64,
    /// Rows with a hold.
    pub held: u64,
    /// Reservations that nobody resolved yet, of all accounts.
    pub pending: u64,
    /// The accounts that use most of what they may, fifty at most.
    pub rows: Vec<CreditRow>,
    /// The latest requests that were held or rejected.
    pub against: Vec<ReservationView>,
}

/// Where an extract of another system and the book differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BreakView {
    /// Row of the extract; 0 where it has none of the account.
    pub row: u64,
    /// Whether the extract, which says that it is whole, has no row of the account.
    #[serde(default)]
    pub absent: bool,
    /// `acc_…`.
    pub account: String,
    /// Its name.
    pub name: String,
    /// The legal entity.
    pub entity: String,
    /// `open_ar`, `unbilled`, `open_orders` or `unapplied`.
    pub bucket: String,
    /// What the book says.
    pub ours: MoneyView,
    /// What the extract says.
    pub theirs: MoneyView,
    /// Ours less theirs.
    pub difference: MoneyView,
    /// Why, probably: `timing`, `missing_event`, `duplicate`, `fx` or `unknown`.
    pub cause: String,
    /// Whether it is gone: the missing events were found here and replayed.
    #[serde(default)]
    pub healed: bool,
}

/// An extract that was taken from a folder, compared and filed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReconciliationFiled {
    /// `rec_…`.
    pub id: String,
    /// When.
    pub at: String,
    /// The legal entity whose folder it lay in.
    pub entity: String,
    /// Name of the file.
    pub file: String,
    /// Rows of the extract.
    pub rows: u64,
    /// Rows that were compared.
    pub compared: u64,
    /// Rows in which all that is said agrees, after healing.
    pub agree: u64,
    /// Differences that are left for a person.
    pub open: u64,
    /// Differences that are gone, since the missing events were found here and replayed.
    pub healed: u64,
    /// Whether the extract says that it has every account of the entity with anything open.
    #[serde(default)]
    pub whole: bool,
    /// All of them.
    pub breaks: Vec<BreakView>,
    /// Rows that could not be compared.
    pub faults: Vec<ReconciliationFault>,
}

/// A row of an extract that could not be compared.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReconciliationFault {
    /// Row of the extract; 0 where it has none of the account.
    pub row: u64,
    /// Column.
    pub column: String,
    /// Stable code.
    pub code: String,
    /// A sentence.
    pub message: String,
}

/// An extract of another system compared with the book.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReconciliationView {
    /// When.
    pub at: String,
    /// Rows of the extract.
    pub rows: u64,
    /// Rows that were compared.
    pub compared: u64,
    /// Rows in which all that is said agrees: within 1.00 or a thousandth.
    pub agree: u64,
    /// The legal entities of which the extract says that it has every account with anything open.
    #[serde(default)]
    pub whole: Vec<String>,
    /// Where it does not.
    pub breaks: Vec<BreakView>,
    /// Rows that could not be compared.
    pub faults: Vec<ReconciliationFault>,
}

/// The company's choices in credit decisions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct CreditRulesView {
    /// How far above a limit customers of class A and B may go, in hundredths of a percent.
    pub tolerance_basis_points: u32,
    /// But by no more than this, in whole units of the entity's currency.
    pub tolerance_max: u32,
    /// Up to what amount an order passes although its data are too old.
    pub offline_floor: u32,
    /// Which sources of touchpoints feed the exposure of an entity, by its code.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, Vec<String>>,
    /// Entities whose exposure is compared with extracts of another system.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extracts: Vec<String>,
}

/// A source of touchpoints that feeds exposure.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreditSourceView {
    /// The `source` of its CloudEvents.
    pub source: String,
    /// When it was last heard, to the minute; null where it never was.
    pub heard_at: Option<String>,
    /// Hours begun since then.
    pub age_hours: Option<i64>,
}

/// Who feeds the exposure of a legal entity, and how old that is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreditSourcesView {
    /// The legal entity.
    pub entity: String,
    /// Sources of touchpoints; none where it is fed by hand.
    pub sources: Vec<CreditSourceView>,
    /// Whether extracts of another system are compared with the book.
    pub extracts: bool,
    /// The folder that they are put into.
    pub folder: Option<String>,
    /// When an extract was last compared.
    pub reconciled_at: Option<String>,
    /// As of when exposure is known: the source that is silent for longest, or a later extract.
    pub data_as_of: Option<String>,
    /// Hours begun since then.
    pub age_hours: Option<i64>,
    /// `fed_by_hand`, `fresh`, `stale` (over 24 hours: a warning), `too_old` (over 72 hours: held) or `never_heard` (held).
    pub state: String,
}
