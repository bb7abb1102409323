//! What may be asked of a pair of accounts that may be one.

use serde::{Deserialize, Serialize};

use crate::approval::Operation;
use crate::value::{AccountId, Personal};

/// What one comparison said. Its values are those of the accounts and are not kept here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Step {
    /// The field, for example `name`.
    pub field: String,
    /// How the two values agree, in words.
    pub level: String,
    /// What it adds, in thousandths of a bit.
    pub weight_millibits: i64,
}

/// What matching found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Finding {
    /// The account that was there first.
    pub left: AccountId,
    /// The other.
    pub right: AccountId,
    /// The log of the odds that both are one, to the base 2, in thousandths.
    pub weight_millibits: i64,
    /// Of that, what stood before anything was compared.
    pub prior_millibits: i64,
    /// What each comparison added.
    pub steps: Vec<Step>,
    /// Digest of the values that were compared: another one, and the pair is judged anew.
    pub fingerprint: String,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Put it before a person.
    Raise(Box<Finding>),
    /// The two are alike no more.
    Withdraw,
    /// They are two customers.
    Dismiss {
        /// Why; required.
        reason: Option<Personal<String>>,
    },
    /// They were merged.
    Merge {
        /// The account that stayed.
        survivor: AccountId,
    },
    /// The merge was taken back: the pair is for a person to decide again.
    Part,
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Raise(_) | Self::Withdraw | Self::Merge { .. } | Self::Part => Operation::DuplicateRaise,
            Self::Dismiss { .. } => Operation::DuplicateDismiss,
        }
    }
}
