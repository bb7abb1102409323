//! What may be asked of a task.

use serde::{Deserialize, Serialize};

use crate::approval::Operation;
use crate::value::{AccountId, Personal, TaskId, UserId};

/// What is to be done. Texts are as given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Work {
    /// About which account; none for what concerns no single one.
    pub account: Option<AccountId>,
    /// What kind of work, a code such as `contract_renewal`.
    pub kind: String,
    /// What is to be done, in one line; sealed under the account.
    pub title: Personal<String>,
    /// By which day, ISO date.
    pub due: Option<String>,
    /// Who does it.
    pub assignee: Option<UserId>,
    /// What it comes from, for example `ctr_…/renewal/2027-01-31`; Kith opens one task for each.
    pub cause: Option<String>,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Open it.
    Open {
        /// The new task's id.
        id: TaskId,
        /// What is to be done.
        work: Box<Work>,
    },
    /// It is done.
    Finish,
    /// It need not be done any more.
    Cancel,
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Open { .. } => Operation::TaskOpen,
            Self::Finish | Self::Cancel => Operation::TaskClose,
        }
    }
}
