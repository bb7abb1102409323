//! What may be asked of a reservation.

use serde::{Deserialize, Serialize};

use crate::value::{AccountId, EntityCode, Money};

/// How long a reservation holds when nobody says: 72 hours.
pub const TIMEOUT_DEFAULT_S: u32 = 259_200;
/// The longest that one may hold, but for those without an end: 30 days.
pub const TIMEOUT_MAX_S: u32 = 2_592_000;

/// What is reserved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its id: the client's own, or one of ours.
    pub id: String,
    /// For which account.
    pub account: AccountId,
    /// With which legal entity.
    pub entity: EntityCode,
    /// How much.
    pub amount: Money,
    /// The order that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_no: Option<String>,
    /// How long it holds, in seconds; 0 has no end.
    pub timeout_s: u32,
    /// Digest of the caller's idempotency key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_key: Option<String>,
    /// Whether the amount is paid and cleared: then no credit is needed, and none is held.
    #[serde(default)]
    pub prepaid: bool,
}

/// Whether a text may be the id of a reservation: 1 to 64 letters, digits and `_ - . :`.
#[must_use]
pub fn valid_id(id: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte);
    (1..=64).contains(&id.len()) && id.bytes().all(known)
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Reserve; the facts bring the decision.
    Reserve(Draft),
    /// The order is confirmed: what was held becomes an open order.
    Commit {
        /// How much of it; all, when absent. The rest is free again.
        amount: Option<Money>,
        /// The order, where the reservation did not name it.
        order_no: Option<String>,
    },
    /// The order is off: all is free again.
    Void,
    /// Nobody resolved it in time.
    Expire,
    /// The order's value changed. More is decided like a reservation of its own; the facts bring the decision.
    Amend {
        /// What is held from now on.
        amount: Money,
    },
}
