//! What came of the rows of an import, batch by batch: written in the transaction that carried the batch, read when
//! the import is undone.

use crate::fault::Fault;
use crate::sql::{all, signed};
use crate::unit::{Reader, Unit};

/// A batch that was carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportBatch {
    /// Rows of the file before it.
    pub row_from: u64,
    /// What came of its rows, as whoever carried it wrote it.
    pub body: String,
}

impl Unit<'_> {
    /// Keeps what came of a batch.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write, or the batch is kept already.
    pub fn put_import_batch(&mut self, import: &str, batch: &ImportBatch) -> Result<(), Fault> {
        let text = "INSERT INTO import_batch (import_id, row_from, body) VALUES ($1, $2, $3)";
        let params = [import.into(), signed(batch.row_from).into(), (&batch.body).into()];
        self.execute(text, &params).map(drop)
    }
}

impl Reader<'_> {
    /// The batches before a row, the last one first.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn import_batches_before(
        &mut self,
        import: &str,
        row: u64,
        limit: u32,
    ) -> Result<Vec<ImportBatch>, Fault> {
        let text = "SELECT row_from, body FROM import_batch WHERE import_id = $1 AND row_from < $2 \
                    ORDER BY row_from DESC LIMIT $3";
        let params = [import.into(), signed(row).into(), limit.into()];
        all(self.sql, text, &params, |row| {
            Ok(ImportBatch { row_from: row.count(0)?, body: row.text(1)?.to_owned() })
        })
    }
}
