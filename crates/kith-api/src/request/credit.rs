//! Requests for credit.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::view::MoneyView;

/// What would be decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct CreditCheck {
    /// `acc_…`, an account number, or a reference such as `external:erp:4711`.
    pub account: String,
    /// The legal entity that sells; the one that owns the account when absent.
    #[serde(default)]
    pub entity: Option<String>,
    /// How much.
    pub amount: MoneyView,
    /// Whether the amount is paid and cleared.
    #[serde(default)]
    pub prepaid: bool,
}

/// What is to be reserved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct ReservationMake {
    /// `acc_…`, an account number, or a reference such as `external:erp:4711`.
    pub account: String,
    /// The legal entity that sells; the one that owns the account when absent.
    #[serde(default)]
    pub entity: Option<String>,
    /// How much.
    pub amount: MoneyView,
    /// How long it holds, in seconds: 259200 (72 hours) when absent, 2592000 (30 days) at most; 0 for no end, only with a signed contract with the entity.
    #[serde(default)]
    pub timeout_s: Option<u32>,
    /// The client's own id: the same again gives the same reservation.
    #[serde(default)]
    pub id: Option<String>,
    /// The order that it is for: `order.placed` with this number takes its place.
    #[serde(default)]
    pub order_no: Option<String>,
    /// Whether the amount is paid and cleared: then no credit is held.
    #[serde(default)]
    pub prepaid: bool,
}

/// How a reservation is committed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct ReservationCommit {
    /// How much of it; all when absent, and the rest is free again.
    #[serde(default)]
    pub amount: Option<MoneyView>,
    /// The order, where the reservation did not name one.
    #[serde(default)]
    pub order_no: Option<String>,
}

/// What is to be held from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct ReservationAmend {
    /// How much.
    pub amount: MoneyView,
}

/// Who feeds the exposure of a legal entity.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct CreditSourcesSave {
    /// The `source` of the CloudEvents that tell of its orders, invoices and payments; none where it is fed by hand.
    pub sources: Vec<String>,
    /// Whether extracts of another system are put into its folder and compared.
    pub extracts: bool,
    /// Why.
    pub reason: Option<String>,
}
