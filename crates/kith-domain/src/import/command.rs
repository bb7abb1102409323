//! What may be asked of an import.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Counts, Options, Undone};
use crate::approval::Operation;
use crate::value::{ImportId, Money, Personal};

/// A file that was read and validated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Staged {
    /// The new import's id.
    pub id: ImportId,
    /// The file's name, which may name people.
    pub file_name: Option<Personal<String>>,
    /// `csv`, `xlsx` or `iif`.
    pub format: String,
    /// The feed that brought it.
    pub feed: Option<String>,
    /// The system the file came from, for example `erp`.
    pub source_system: Option<String>,
    /// How it is imported.
    pub options: Options,
    /// Rows in the file, without the header.
    pub rows: u64,
    /// What validation says would come of the rows.
    pub planned: Counts,
    /// Warnings that do not keep a row out.
    pub warnings: u64,
    /// The members of accounts that its rows give: what they touch may raise the lane.
    pub fields: BTreeSet<String>,
    /// The largest credit limit in it, in the organisation's currency.
    pub credit_limit: Option<Money>,
    /// SHA-256 of the file, hexadecimal.
    pub file_sha256: String,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Keep a validated file and its report.
    Stage(Box<Staged>),
    /// Execute it: what the Manager's review approves.
    Start,
    /// So far it has come.
    Progress {
        /// Rows done, from the first.
        rows_done: u64,
        /// What came of them.
        counts: Counts,
    },
    /// All rows are done.
    Finish,
    /// It could not go on.
    Fail {
        /// A sentence, without personal data.
        reason: String,
    },
    /// Undo what it did: what a Manager's review approves.
    Revert,
    /// So far the undoing has come.
    ProgressRevert {
        /// Rows of the file before what is undone.
        rows_left: u64,
        /// What came of them.
        undone: Undone,
    },
    /// All that could be undone is undone.
    MarkReverted,
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Stage(_) => Operation::ImportStage,
            Self::Start => Operation::ImportExecute,
            Self::Revert => Operation::ImportRevert,
            Self::Progress { .. }
            | Self::Finish
            | Self::Fail { .. }
            | Self::ProgressRevert { .. }
            | Self::MarkReverted => Operation::ImportProgress,
        }
    }
}
