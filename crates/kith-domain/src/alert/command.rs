//! What may be asked of an alert.

use kith_risk::anomaly::{Detector, Severity};
use serde::{Deserialize, Serialize};

use super::AlertOutcome;
use crate::approval::Operation;
use crate::value::{AccountId, AlertId, Personal};

/// What an alert is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// More is owed and on order than the credit limit.
    #[default]
    OverLimit,
    /// An order is not like the customer.
    UnusualSpending,
    /// An order goes where nothing went before.
    NewShipTo,
    /// Much more of the limit is used while payments slow.
    BustOut,
    /// What is owed and on order cannot be held against the limit: an exchange rate is missing.
    ExposureUnknown,
}

impl AlertKind {
    /// All kinds.
    pub const ALL: [Self; 5] =
        [Self::OverLimit, Self::UnusualSpending, Self::NewShipTo, Self::BustOut, Self::ExposureUnknown];

    /// The code on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OverLimit => "over_limit",
            Self::UnusualSpending => "unusual_spending",
            Self::NewShipTo => "new_ship_to",
            Self::BustOut => "bust_out",
            Self::ExposureUnknown => "exposure_unknown",
        }
    }

    /// Whether it is about one order, and not about the account as it stands.
    #[must_use]
    pub const fn is_of_order(self) -> bool {
        matches!(self, Self::UnusualSpending | Self::NewShipTo)
    }
}

/// One sign: a statistic and from where on it is grave. Figures are thousandths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sign {
    /// Which detector; none for a limit, which needs none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detector: Option<Detector>,
    /// How grave it is alone.
    pub severity: Severity,
    /// What was measured.
    pub statistic_milli: i64,
    /// Above this it is medium.
    pub medium_milli: i64,
    /// Above this it is high.
    pub high_milli: i64,
    /// One sentence with all of it.
    pub text: String,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The alert's id: the same condition has the same id.
    pub id: AlertId,
    /// Whose.
    pub account: AccountId,
    /// What it is about.
    pub kind: AlertKind,
    /// How grave it is.
    pub severity: Severity,
    /// Chance that it means something, in thousandths.
    pub score_milli: i64,
    /// The signs, the gravest first.
    pub signs: Vec<Sign>,
    /// Positions of the touchpoints behind it.
    pub evidence: Vec<u64>,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Put it before a person, or what is known of it now.
    Raise(Box<Finding>),
    /// What caused it is no more: the order was cancelled or corrected, the exposure is below the limit.
    Clear,
    /// Somebody looks at it.
    Acknowledge,
    /// It is settled.
    Close {
        /// What it was.
        outcome: AlertOutcome,
        /// In words.
        #[serde(default)]
        comment: Option<Personal<String>>,
    },
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Raise(_) | Self::Clear => Operation::AlertRaise,
            Self::Acknowledge => Operation::AlertAcknowledge,
            Self::Close { .. } => Operation::AlertClose,
        }
    }
}
