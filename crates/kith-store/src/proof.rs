//! What proofs are made from: leaves of the ledger's tree, and the signed heads that were given out.

use jiff::Timestamp;
use kith_ledger::{Hash, Record};

use crate::fault::Fault;
use crate::ledger::{StoredRecord, hash_of, raw};
use crate::sql::{Row, all, one, signed};
use crate::unit::{Reader, Unit};

/// A signed head of the ledger's tree, as it was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeHead {
    /// How many records it covers.
    pub size: u64,
    /// When it was signed, milliseconds since 1970.
    pub at_ms: i64,
    /// The signed note.
    pub note: String,
}

fn head(row: &dyn Row) -> Result<TreeHead, Fault> {
    Ok(TreeHead { size: row.count(0)?, at_ms: row.int(1)?, note: row.text(2)?.to_owned() })
}

impl Reader<'_> {
    /// Leaves of the tree from the first number up to, not including, the second, counted from 0.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer, or a leaf is missing.
    pub fn leaves(&mut self, from: u64, to: u64) -> Result<Vec<Hash>, Fault> {
        let text = "SELECT leaf FROM ledger WHERE position > $1 AND position <= $2 ORDER BY position";
        let found =
            all(self.sql, text, &[signed(from).into(), signed(to).into()], |row| hash_of(row.blob(0)?))?;
        let whole = u64::try_from(found.len()) == Ok(to.saturating_sub(from));
        if whole {
            Ok(found)
        } else {
            Err(Fault::corrupt(format!("records are missing between {from} and {to}")))
        }
    }

    /// The record at a position, opened as far as its keys are there.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer or the record is damaged.
    pub fn record(&mut self, position: u64) -> Result<Option<StoredRecord>, Fault> {
        Ok(self
            .records_after(position.saturating_sub(1), 1)?
            .into_iter()
            .find(|record| record.header.position == position))
    }

    /// Stored bytes and leaf hashes before a position, newest first.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn raw_records_before(&mut self, position: u64, limit: u32) -> Result<Vec<(Record, Hash)>, Fault> {
        let text =
            "SELECT header, sealed, leaf FROM ledger WHERE position < $1 ORDER BY position DESC LIMIT $2";
        all(self.sql, text, &[signed(position).into(), limit.into()], raw)
    }

    /// The signed head that covers the most records, at most `size` of them.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn tree_head_before(&mut self, size: u64) -> Result<Option<TreeHead>, Fault> {
        let text = "SELECT size, at_ms, note FROM tree_head WHERE size <= $1 ORDER BY size DESC LIMIT 1";
        one(self.sql, text, &[signed(size).into()], head)
    }

    /// The signed head that covers a record and as few others as possible.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn tree_head_over(&mut self, position: u64) -> Result<Option<TreeHead>, Fault> {
        let text = "SELECT size, at_ms, note FROM tree_head WHERE size >= $1 ORDER BY size LIMIT 1";
        one(self.sql, text, &[signed(position).into()], head)
    }

    /// Signed heads before a size, the largest first.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn tree_heads(&mut self, before: u64, limit: u32) -> Result<Vec<TreeHead>, Fault> {
        let text = "SELECT size, at_ms, note FROM tree_head WHERE size < $1 ORDER BY size DESC LIMIT $2";
        all(self.sql, text, &[signed(before).into(), limit.into()], head)
    }
}

impl Unit<'_> {
    /// Keeps a signed head: whoever was given one can come back with it. A size is signed once.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn keep_tree_head(&mut self, size: u64, at: Timestamp, note: &str) -> Result<(), Fault> {
        let text =
            "INSERT INTO tree_head (size, at_ms, note) VALUES ($1, $2, $3) ON CONFLICT (size) DO NOTHING";
        self.execute(text, &[signed(size).into(), at.as_millisecond().into(), note.into()]).map(drop)
    }
}
