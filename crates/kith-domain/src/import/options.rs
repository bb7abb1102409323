//! How a file is imported, and what came of its rows (D§6.1).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::value::{AccountId, MappingId};

/// Most rows that are decided one by one.
pub const DECISIONS_MAX: usize = 10_000;

/// What happens to a row whose account exists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnDuplicate {
    /// It is left alone.
    #[default]
    Skip,
    /// The account is updated with what the row brings.
    Update,
    /// It is an error of the row.
    Error,
}

/// What a row may change of an account that is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UpdatePolicy {
    /// Whatever the row gives replaces what is on record.
    #[default]
    Overwrite,
    /// Only what is blank on record is filled.
    FillBlankOnly,
}

/// What an empty cell says about an account that is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmptyMeans {
    /// Nothing.
    #[default]
    Ignore,
    /// The field is cleared.
    Clear,
}

/// What a person says of a row that may be a customer who is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It is left out.
    Skip,
    /// It is another customer.
    Create,
    /// It is this one, which the row updates.
    Update(AccountId),
}

impl Decision {
    /// The value of a word on the wire: `skip`, `create`, or the account's id.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "skip" => Some(Self::Skip),
            "create" => Some(Self::Create),
            id => id.parse().ok().map(Self::Update),
        }
    }

    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::Skip => "skip".to_owned(),
            Self::Create => "create".to_owned(),
            Self::Update(account) => account.to_string(),
        }
    }
}

/// How a file is imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// What happens to a row whose account exists.
    pub on_duplicate: OnDuplicate,
    /// What a row may change of an account that is there.
    pub update_policy: UpdatePolicy,
    /// What an empty cell says about it.
    pub empty_means: EmptyMeans,
    /// Rows in one transaction: 1 to 1000.
    pub batch_size: u32,
    /// Whether the first error ends the import.
    pub stop_on_error: bool,
    /// Whether the file is only validated.
    pub validate_only: bool,
    /// The name of the column map, for example `salesforce`.
    pub map: Option<String>,
    /// The saved mapping that it was read by.
    pub mapping_id: Option<MappingId>,
    /// The column that gives the ids of the other system.
    pub external_id_column: Option<String>,
    /// The legal entity that owns rows without one.
    pub entity: Option<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// What was decided of single rows, by their number in the file.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub decisions: BTreeMap<u64, Decision>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            on_duplicate: OnDuplicate::Skip,
            update_policy: UpdatePolicy::Overwrite,
            empty_means: EmptyMeans::Ignore,
            batch_size: 100,
            stop_on_error: false,
            validate_only: false,
            map: None,
            mapping_id: None,
            external_id_column: None,
            entity: None,
            sheet: None,
            decisions: BTreeMap::new(),
        }
    }
}

/// What came of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Counts {
    /// Accounts created (when staged: to be created).
    pub created: u64,
    /// Accounts updated.
    pub updated: u64,
    /// Rows left alone.
    pub skipped: u64,
    /// Rows with errors.
    pub failed: u64,
}

/// What came of undoing the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Undone {
    /// Accounts that were made, and are no more.
    pub removed: u64,
    /// Accounts that are as they were before.
    pub restored: u64,
    /// Accounts that stay as they are: changed since, or in use.
    pub kept: u64,
}

impl Counts {
    /// All rows that were counted.
    #[must_use]
    pub fn total(self) -> u64 {
        self.created.saturating_add(self.updated).saturating_add(self.skipped).saturating_add(self.failed)
    }
}

impl OnDuplicate {
    /// The value of a code on the wire.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "skip" => Self::Skip,
            "update" => Self::Update,
            "error" => Self::Error,
            _ => return None,
        })
    }
}

impl UpdatePolicy {
    /// The value of a code on the wire.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "overwrite" => Self::Overwrite,
            "fill_blank_only" => Self::FillBlankOnly,
            _ => return None,
        })
    }
}

impl EmptyMeans {
    /// The value of a code on the wire.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "ignore" => Self::Ignore,
            "clear" => Self::Clear,
            _ => return None,
        })
    }
}
