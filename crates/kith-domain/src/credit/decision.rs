//! A credit decision, as it is stored for ever. STORED FORMAT: add optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::reason::Reason;
use crate::value::Money;

/// What comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Go.
    Approve,
    /// Go, and look at the reasons.
    ApproveWithWarning,
    /// Wait for a person.
    Hold,
    /// No.
    Reject,
}

impl Outcome {
    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::ApproveWithWarning => "approve_with_warning",
            Self::Hold => "hold",
            Self::Reject => "reject",
        }
    }

    /// Whether the order may go on.
    #[must_use]
    pub fn goes(self) -> bool {
        matches!(self, Self::Approve | Self::ApproveWithWarning)
    }
}

/// What was decided, and on what it rests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// What comes of it.
    pub outcome: Outcome,
    /// The limit, in the entity's currency; `None` when none was set.
    pub limit: Option<Money>,
    /// What counted against it before; `None` when a rate is missing.
    pub exposure: Option<Money>,
    /// What was left before.
    pub available_before: Option<Money>,
    /// What is left if it is approved.
    pub available_after: Option<Money>,
    /// Exposure with it, as a share of the limit.
    pub utilisation_after: Option<f64>,
    /// Every row of the table that holds, in the order of the table.
    pub reasons: Vec<Reason>,
    /// Position of the touchpoint log that it stands on.
    pub position: u64,
    /// The version of the policy.
    pub policy_version: u64,
    /// The moment up to which the data are known.
    pub data_as_of: Timestamp,
}
