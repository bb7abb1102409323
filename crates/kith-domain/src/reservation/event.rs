//! What happened to a reservation. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Draft;
use crate::credit::Decision;
use crate::value::Money;

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was decided on; what goes is held from here on.
    Decided {
        /// What was asked.
        draft: Draft,
        /// What came of it.
        decision: Box<Decision>,
        /// When.
        at: Timestamp,
        /// When it expires; never, when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_at: Option<Timestamp>,
    },
    /// The order is confirmed.
    Committed {
        /// How much of it.
        amount: Money,
        /// The order, if it was named only now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order_no: Option<String>,
        /// When.
        at: Timestamp,
    },
    /// The order is off.
    Voided {
        /// When.
        at: Timestamp,
    },
    /// Nobody resolved it in time.
    Expired {
        /// When that was noticed.
        at: Timestamp,
    },
    /// It holds another amount.
    Amended {
        /// What is held from now on.
        amount: Money,
        /// What came of the request for more; nothing where it is less.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decision: Option<Box<Decision>>,
        /// When.
        at: Timestamp,
    },
    /// More was asked for, and did not go: it holds what it held.
    AmendRefused {
        /// What was asked for.
        amount: Money,
        /// What came of it.
        decision: Box<Decision>,
        /// When.
        at: Timestamp,
    },
}
