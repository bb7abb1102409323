//! What may be asked of an order.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Content, Finding, Match, PricedLine};
use crate::access::Role;
use crate::credit::Decision;
use crate::value::{AccountId, EntityCode, Money, Personal, UserId};

/// An order as it came in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Received {
    /// Our number.
    pub order_no: String,
    /// Who sent it: together with the customer's number and revision it tells a repetition.
    pub sender_key: Option<String>,
    /// Who sent it and the customer's number: what its revisions have in common.
    pub number_key: Option<String>,
    /// What is ordered.
    pub content: Content,
    /// Who brought it; nobody for Kith itself.
    pub placed_by: Option<UserId>,
}

/// All that was found out about an order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// Whose it is.
    pub matched: Match,
    /// The legal entity that sells.
    pub entity: Option<EntityCode>,
    /// What the rules found.
    pub findings: Vec<Finding>,
    /// The lines with their prices.
    pub lines: Vec<PricedLine>,
    /// The sum.
    pub total: Option<Money>,
    /// What credit says; nothing where it could not be asked.
    pub decision: Option<Box<Decision>>,
    /// The reservation that was made.
    pub reservation: Option<String>,
    /// When that expires.
    #[serde(default)]
    pub reserved_until: Option<Timestamp>,
    /// What the detectors of unusual spending said, the gravest first.
    #[serde(default)]
    pub signals: Vec<String>,
}

/// Another content of an order that stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amendment {
    /// What is ordered now.
    pub content: Content,
    /// What was found out about it; the decision is about the difference.
    pub assessment: Assessment,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Take it in.
    Receive(Box<Received>),
    /// Decide on it by what was found out.
    Assess(Box<Assessment>),
    /// Look at a held one again, on the exposure of now: it goes where nothing speaks against it any more.
    Recheck(Box<Assessment>),
    /// Let this one go although it is held.
    Release {
        /// The account that it belongs to, where none was found.
        account: Option<AccountId>,
        /// Who must agree to so much.
        required: Option<Role>,
        /// Why.
        reason: Option<Personal<String>>,
    },
    /// Change what is ordered.
    Amend(Box<Amendment>),
    /// Call it off.
    Cancel {
        /// Why.
        reason: Option<Personal<String>>,
    },
    /// Its touchpoints stand in the log.
    Record {
        /// How often it had changed by then.
        change: u32,
    },
}
