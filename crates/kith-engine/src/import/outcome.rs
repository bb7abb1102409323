//! What came of the rows that made or changed accounts: kept with the batch, for the way back. STORED FORMAT.

use kith_store::{Fault, ImportBatch, Unit};
use serde::{Deserialize, Serialize};

use crate::noun::json_of;

/// A row that made or changed an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Outcome {
    /// The row of the file, the header counted.
    pub(super) row: u64,
    /// Whether it made the account.
    pub(super) made: bool,
    /// `acc_…`
    pub(super) account: String,
    /// The account's version after it.
    pub(super) version: u64,
}

/// Keeps the outcomes of a batch.
pub(super) fn put(
    unit: &mut Unit<'_>,
    import: &str,
    row_from: u64,
    outcomes: &[Outcome],
) -> Result<(), Fault> {
    if outcomes.is_empty() {
        return Ok(());
    }
    unit.put_import_batch(import, &ImportBatch { row_from, body: json_of(&outcomes)?.to_string() })
}

/// Reads the outcomes of a batch.
pub(super) fn read(batch: &ImportBatch) -> Result<Vec<Outcome>, Fault> {
    serde_json::from_str(&batch.body).map_err(|_| Fault::corrupt("what came of a batch of an import"))
}
