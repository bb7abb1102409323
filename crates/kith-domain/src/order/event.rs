//! What happened to an order. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Amendment, Finding, Match, PricedLine, Received};
use crate::credit::Decision;
use crate::value::{AccountId, EntityCode, Money, Personal, UserId};

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It came in.
    Received {
        /// The order.
        order: Box<Received>,
        /// When.
        at: Timestamp,
    },
    /// It was matched, held against the rules, and priced.
    Validated {
        /// Whose it is.
        matched: Match,
        /// The legal entity that sells.
        entity: Option<EntityCode>,
        /// What was found.
        findings: Vec<Finding>,
        /// The lines with their prices.
        lines: Vec<PricedLine>,
        /// The sum.
        total: Option<Money>,
        /// When.
        at: Timestamp,
    },
    /// Credit was asked.
    CreditChecked {
        /// What it said.
        decision: Option<Box<Decision>>,
        /// The reservation that was made.
        reservation: Option<String>,
        /// When that expires.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reserved_until: Option<Timestamp>,
        /// What the detectors of unusual spending said.
        signals: Vec<String>,
        /// When.
        at: Timestamp,
    },
    /// It waits for a person.
    Held {
        /// When.
        at: Timestamp,
    },
    /// Somebody let it go.
    Released {
        /// Who.
        by: UserId,
        /// The account that it belongs to, where none was found.
        account: Option<AccountId>,
        /// Why.
        reason: Option<Personal<String>>,
        /// When.
        at: Timestamp,
        /// Until when it may still go on that word.
        expires_at: Timestamp,
    },
    /// It goes.
    Confirmed {
        /// Whether a release overrode what speaks against it.
        overridden: bool,
        /// When.
        at: Timestamp,
    },
    /// It does not go.
    Rejected {
        /// When.
        at: Timestamp,
    },
    /// Something else is ordered now.
    Amended {
        /// What, and what was found out.
        amendment: Box<Amendment>,
        /// When.
        at: Timestamp,
    },
    /// It was called off.
    Cancelled {
        /// Why.
        reason: Option<Personal<String>>,
        /// When.
        at: Timestamp,
    },
    /// Its touchpoints stand in the log.
    Recorded {
        /// How often it had changed by then.
        change: u32,
        /// When.
        at: Timestamp,
    },
}
