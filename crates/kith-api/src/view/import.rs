//! Imports, their columns and faults, saved mappings and feeds.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::duplicate::WaterfallStep;

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
    /// `field`, `reference`, `rule`, `duplicate` or `warning`.
    #[serde(default)]
    pub level: String,
}

/// Counts of an import.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportCounts {
    /// Rows in the file.
    pub rows: u64,
    /// Rows without a fault.
    pub valid: u64,
    /// Rows without a fault, but with a remark.
    pub warned: u64,
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

/// What a column of a file became.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImportColumn {
    /// Its header.
    pub column: String,
    /// The field it gives; none where nothing matched.
    pub field: Option<String>,
    /// How sure that is, 0 to 1; below 0.8 it is asked.
    pub confidence: f64,
    /// Some of its values.
    pub samples: Vec<String>,
}

/// Something that a person should confirm.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImportQuestion {
    /// The column.
    pub column: String,
    /// The field it was taken for.
    pub field: String,
    /// How sure that is, 0 to 1.
    pub confidence: f64,
    /// A sentence.
    pub message: String,
}

/// A row that repeats another, or an account on record.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ImportPair {
    /// The row.
    pub row: u64,
    /// What it repeats: `row 12`, or `acc_…`.
    pub of: String,
    /// `external_id`, `tax_id`, `email`; `likeness` where matching says so, `name` where only the names are alike.
    pub by: String,
    /// Whether a key is the same; else it is only likely.
    pub exact: bool,
    /// The chance that both are one, 0 to 1, where matching says so.
    pub probability: Option<f64>,
    /// Log of the odds to the base 2; the prior weight and the waterfall add up to it.
    pub weight: Option<f64>,
    /// The weight before anything is compared.
    pub prior_weight: Option<f64>,
    /// What each comparison added: `left` is the row's value, `right` the other's where it tells nothing of a person.
    pub waterfall: Vec<WaterfallStep>,
    /// What was decided: `skip`, `create`, or the account that the row updates.
    pub decision: Option<String>,
}

/// What was undone of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportRevert {
    /// Accounts that were made, and are no more.
    pub removed: u64,
    /// Accounts that are as they were before.
    pub restored: u64,
    /// Accounts that stay as they are.
    pub kept: u64,
    /// Why they stay, the first 1,000.
    pub reasons: Vec<RevertReason>,
}

/// Why an account was not undone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RevertReason {
    /// The row of the file, the header counted.
    pub row: u64,
    /// `acc_…`.
    pub account: String,
    /// Stable code.
    pub code: String,
    /// A sentence.
    pub message: String,
}

/// An import.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImportView {
    /// `imp_…`.
    pub id: String,
    /// `validated`, `waiting`, `running`, `finished`, `failed`, `reverting`, `reverted`.
    pub state: String,
    /// `chg_…` that carries it through review.
    pub change: Option<String>,
    /// The file's name.
    pub file_name: Option<String>,
    /// `csv`, `xlsx` or `iif`.
    pub format: String,
    /// The feed that brought it.
    pub feed: Option<String>,
    /// Source system of the external ids.
    pub source_system: Option<String>,
    /// How it is imported.
    pub options: ImportOptionsView,
    /// Who brought it.
    pub staged_by: Option<String>,
    /// When, RFC 3339.
    pub staged_at: Option<String>,
    /// When its execution ended.
    pub ended_at: Option<String>,
    /// Why it could not go on.
    pub failure: Option<String>,
    /// What each column became.
    pub mapping: Vec<ImportColumn>,
    /// Columns that nothing matched.
    pub unmapped: Vec<String>,
    /// Columns whose meaning was guessed.
    pub questions: Vec<ImportQuestion>,
    /// Counts.
    pub counts: ImportCounts,
    /// How many faults and remarks there are at each level.
    pub levels: BTreeMap<String, u64>,
    /// How often each code occurs.
    pub codes: BTreeMap<String, u64>,
    /// Faults, the first 1,000; another page of them with `level`, `limit` or `cursor`.
    pub errors: Vec<RowFault>,
    /// Warnings, the first 1,000.
    pub warnings: Vec<RowFault>,
    /// Rows that repeat each other or an account, the first 1,000.
    pub duplicates: Vec<ImportPair>,
    /// Where the next page of faults begins.
    pub next_cursor: Option<String>,
    /// Whether there are more faults.
    pub has_more: bool,
    /// What was undone, once it is asked for.
    pub revert: Option<ImportRevert>,
}

/// How a file is imported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportOptionsView {
    /// `skip`, `update` or `error`.
    pub on_duplicate: String,
    /// `overwrite` or `fill_blank_only`.
    pub update_policy: String,
    /// `ignore` or `clear`.
    pub empty_means: String,
    /// Rows in one transaction.
    pub batch_size: u32,
    /// Whether the first error ends it.
    pub stop_on_error: bool,
    /// Whether it is only validated.
    pub validate_only: bool,
    /// The column map.
    pub map: Option<String>,
    /// The saved mapping.
    pub mapping_id: Option<String>,
    /// The column of the external ids.
    pub external_id_column: Option<String>,
    /// The legal entity that owns rows without one.
    pub entity: Option<String>,
    /// What was decided of single rows, by row: `skip`, `create`, or the account that the row updates.
    pub decisions: BTreeMap<u64, String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
}

/// An import in a list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImportLine {
    /// `imp_…`.
    pub id: String,
    /// Where it stands.
    pub state: String,
    /// The file's name.
    pub file_name: Option<String>,
    /// `csv`, `xlsx` or `iif`.
    pub format: String,
    /// The feed that brought it.
    pub feed: Option<String>,
    /// Source system of the external ids.
    pub source_system: Option<String>,
    /// Who brought it.
    pub staged_by: Option<String>,
    /// When, RFC 3339.
    pub staged_at: Option<String>,
    /// Counts.
    pub counts: ImportCounts,
}

/// A saved mapping.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MappingView {
    /// `map_…`.
    pub id: String,
    /// The name people give it.
    pub name: String,
    /// The system that the external ids are of.
    pub system: Option<String>,
    /// Header to field, to `metadata.<name>`, or to `ignore`.
    pub columns: BTreeMap<String, String>,
    /// Field to a value that every row gets.
    pub constants: BTreeMap<String, String>,
    /// Field to a text with `{Header}` places.
    pub templates: BTreeMap<String, String>,
    /// Field to words of the other system and what they mean.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// Leaves out every column that is not named.
    pub only: bool,
    /// When it was saved last, RFC 3339.
    pub saved_at: Option<String>,
}

/// A feed of files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FeedView {
    /// `fed_…`.
    pub id: String,
    /// Its name, which is its address.
    pub name: String,
    /// `csv`, `xlsx` or `iif`; told by the content when absent.
    pub format: Option<String>,
    /// The system that the external ids are of.
    pub source_system: String,
    /// The entity that owns rows without one.
    pub entity: Option<String>,
    /// How each file is imported.
    pub options: ImportOptionsView,
    /// The folder that is watched, where one is.
    pub folder: Option<String>,
    /// Where files are posted.
    pub endpoint: String,
    /// When it was saved last, RFC 3339.
    pub saved_at: Option<String>,
}
