//! How a file is imported, and what came of its rows (D§6.1).

use serde::{Deserialize, Serialize};

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

/// How a file is imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// What happens to a row whose account exists.
    pub on_duplicate: OnDuplicate,
    /// Rows in one transaction: 1 to 1000.
    pub batch_size: u32,
    /// Whether the first error ends the import.
    pub stop_on_error: bool,
    /// Whether the file is only validated.
    pub validate_only: bool,
    /// The name of the column map, for example `salesforce`.
    pub map: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            on_duplicate: OnDuplicate::Skip,
            batch_size: 100,
            stop_on_error: false,
            validate_only: false,
            map: None,
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

impl Counts {
    /// All rows that were counted.
    #[must_use]
    pub fn total(self) -> u64 {
        self.created.saturating_add(self.updated).saturating_add(self.skipped).saturating_add(self.failed)
    }
}
