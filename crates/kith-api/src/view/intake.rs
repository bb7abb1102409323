//! What came in from outside: touchpoints, quarantine, imports.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An event of a batch that waits in quarantine.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuarantinedEvent {
    /// Place in the batch, from 0.
    pub index: usize,
    /// Stable code, for example `subject_unknown`.
    pub code: String,
    /// JSON Pointer into the event.
    pub pointer: String,
    /// A sentence.
    pub detail: String,
    /// `qua_…`.
    pub id: String,
}

/// Reply of `POST /api/v1/touchpoints`, after they are durable.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TouchpointReply {
    /// Taken into the log.
    pub accepted: u64,
    /// Already there with the same content.
    pub duplicates: u64,
    /// Waiting in quarantine.
    pub quarantined: Vec<QuarantinedEvent>,
    /// Position of the log after this batch; reads take it as `min_position`.
    pub position: u64,
}

/// An event that waits for a person or for its account.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuarantineView {
    /// `qua_…`.
    pub id: String,
    /// Why it waits.
    pub code: String,
    /// JSON Pointer into the event.
    pub pointer: String,
    /// A sentence.
    pub detail: String,
    /// Source of the event.
    pub source: String,
    /// Identifier in the source.
    pub external_id: String,
    /// Subject it named.
    pub subject: Option<String>,
    /// `waiting`, `replayed`, `accepted`, `discarded`.
    pub state: String,
    /// When it came.
    pub received_at: String,
    /// Who decided.
    pub decided_by: Option<String>,
    /// Their name.
    #[serde(default)]
    pub decided_by_name: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// A fault or warning in a row of a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RowFault {
    /// Row of the file, the header counted as row 1.
    pub row: u64,
    /// Column as the file names it.
    pub column: String,
    /// Stable code.
    pub code: String,
    /// A sentence.
    pub message: String,
    /// The value at fault.
    pub value: String,
    /// What might be meant.
    pub suggestion: Option<String>,
}

/// Counts of an import.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportCounts {
    /// Rows in the file.
    pub rows: u64,
    /// Rows without a fault.
    pub valid: u64,
    /// Rows with a fault.
    pub invalid: u64,
    /// Rows that repeat a row before them or an account on record.
    pub duplicates: u64,
    /// Rows carried out so far.
    pub done: u64,
    /// Accounts created.
    pub created: u64,
    /// Accounts updated.
    pub updated: u64,
    /// Rows skipped.
    pub skipped: u64,
    /// Rows refused while being carried out.
    pub failed: u64,
}

/// An import.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImportView {
    /// `imp_…`.
    pub id: String,
    /// `validated`, `waiting`, `running`, `finished`, `failed`, `reverted`.
    pub state: String,
    /// `chg_…` that carries it through review.
    pub change: Option<String>,
    /// Source system of the external ids.
    pub source_system: Option<String>,
    /// What each column became, and columns that nothing matched.
    pub mapping: Vec<(String, String)>,
    /// Columns that nothing matched.
    pub unmapped: Vec<String>,
    /// Counts.
    pub counts: ImportCounts,
    /// Faults, the first 1,000.
    pub errors: Vec<RowFault>,
    /// Warnings, the first 1,000.
    pub warnings: Vec<RowFault>,
    /// Pairs of rows that repeat each other, or a row and an account.
    pub duplicates: Vec<(String, String)>,
}
