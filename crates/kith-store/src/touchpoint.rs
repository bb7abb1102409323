//! The touchpoint log: what happened, in the order of its commits, each once.

use crate::dialect::Dialect;
use crate::fault::Fault;
use crate::sql::{Param, Row, Sql, all, one, signed};
use crate::unit::{Log, Reader, Unit};

/// A touchpoint to append. Parse, seal and hash on worker threads; the writer only stores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTouchpoint {
    /// Row of the account.
    pub account_row: u32,
    /// Source of the event; with `id` the dedupe key.
    pub source: String,
    /// Identifier within the source.
    pub id: String,
    /// Type, `io.kith.<object>.<verb_past>`.
    pub kind: String,
    /// When it happened, Unix milliseconds.
    pub at_ms: i64,
    /// [`crate::Secrets::dedupe_hash`] of source and id.
    pub dedupe: i64,
    /// [`crate::Secrets::content_digest`] of the content: tells a duplicate from a conflict.
    pub digest: i64,
    /// The id that a correction or withdrawal names.
    pub target: Option<String>,
    /// Bits of the caller's choice.
    pub flags: i64,
    /// Business members, JSON.
    pub clear: String,
    /// Personal members, sealed with [`crate::Vault::split_and_seal`] bound to [`bound_to`]; empty if none.
    pub sealed: Vec<u8>,
}

/// What binds a sealed block to its touchpoint.
#[must_use]
pub fn bound_to(source: &str, id: &str) -> String {
    format!("touchpoint/{source}/{id}")
}

/// A touchpoint read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touchpoint {
    /// Place in the log, from 1.
    pub position: u64,
    /// What was appended.
    pub stored: NewTouchpoint,
}

/// A touchpoint while the log is read through, without a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the members are those of NewTouchpoint")]
pub struct TouchpointView<'a> {
    pub position: u64,
    pub account_row: u32,
    pub source: &'a str,
    pub id: &'a str,
    pub kind: &'a str,
    pub at_ms: i64,
    pub target: Option<&'a str>,
    pub flags: i64,
    pub clear: &'a str,
    pub sealed: &'a [u8],
}

/// A touchpoint with the same (source, id) that is stored already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Where it stands.
    pub position: u64,
    /// Its content digest: the same means a duplicate, another a conflict.
    pub digest: i64,
}

/// What [`Reader::seen`] asks for: source, id and their dedupe hash.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    /// Source of the event.
    pub source: &'a str,
    /// Identifier within the source.
    pub id: &'a str,
    /// [`crate::Secrets::dedupe_hash`] of both.
    pub dedupe: i64,
}

const COLUMNS: &str =
    "position, account_row, source, id, type, at_ms, dedupe, digest, target, flags, clear, sealed";

fn account_row(row: &dyn Row) -> Result<u32, Fault> {
    u32::try_from(row.int(1)?).map_err(|_| Fault::corrupt("the account row of a touchpoint"))
}

fn touchpoint(row: &dyn Row) -> Result<Touchpoint, Fault> {
    let stored = NewTouchpoint {
        account_row: account_row(row)?,
        source: row.text(2)?.to_owned(),
        id: row.text(3)?.to_owned(),
        kind: row.text(4)?.to_owned(),
        at_ms: row.int(5)?,
        dedupe: row.int(6)?,
        digest: row.int(7)?,
        target: row.maybe_text(8)?.map(str::to_owned),
        flags: row.int(9)?,
        clear: row.text(10)?.to_owned(),
        sealed: row.maybe_blob(11)?.unwrap_or_default().to_vec(),
    };
    Ok(Touchpoint { position: row.count(0)?, stored })
}

impl Reader<'_> {
    /// The touchpoint at a position.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn touchpoint(&mut self, position: u64) -> Result<Option<Touchpoint>, Fault> {
        let text = format!("SELECT {COLUMNS} FROM touchpoint WHERE position = $1");
        one(self.sql, &text, &[signed(position).into()], touchpoint)
    }

    /// The touchpoints at these positions, in the order asked; positions without one are left out.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn touchpoints_at(&mut self, positions: &[u64]) -> Result<Vec<Touchpoint>, Fault> {
        let found = positions.iter().map(|position| self.touchpoint(*position));
        found.filter_map(Result::transpose).collect()
    }

    /// Touchpoints after a position, in order.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn touchpoints_after(&mut self, position: u64, limit: u32) -> Result<Vec<Touchpoint>, Fault> {
        let text = format!("SELECT {COLUMNS} FROM touchpoint WHERE position > $1 ORDER BY position LIMIT $2");
        all(self.sql, &text, &[signed(position).into(), limit.into()], touchpoint)
    }

    /// Reads the log through after a position, at most `limit` touchpoints; gives the last position met.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer, or `each` fails.
    pub fn replay(
        &mut self,
        position: u64,
        limit: u32,
        each: &mut dyn FnMut(TouchpointView<'_>) -> Result<(), Fault>,
    ) -> Result<u64, Fault> {
        let text = format!("SELECT {COLUMNS} FROM touchpoint WHERE position > $1 ORDER BY position LIMIT $2");
        let mut last = position;
        self.sql.query(&text, &[signed(position).into(), limit.into()], &mut |row| {
            last = row.count(0)?;
            each(TouchpointView {
                position: last,
                account_row: account_row(row)?,
                source: row.text(2)?,
                id: row.text(3)?,
                kind: row.text(4)?,
                at_ms: row.int(5)?,
                target: row.maybe_text(8)?,
                flags: row.int(9)?,
                clear: row.text(10)?,
                sealed: row.maybe_blob(11)?.unwrap_or_default(),
            })
        })?;
        Ok(last)
    }
}

impl Reader<'_> {
    /// Which of these are stored already; one answer for each, in the order asked.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn seen(&mut self, keys: &[Key<'_>]) -> Result<Vec<Option<Hit>>, Fault> {
        let _ = keys;
        Err(Fault::Stopped)
    }

    /// Touchpoints of an account before a position, newest first; `before` of `u64::MAX` starts at the end.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn timeline(&mut self, account_row: u32, before: u64, limit: u32) -> Result<Vec<Touchpoint>, Fault> {
        let _ = (account_row, before, limit);
        Err(Fault::Stopped)
    }
}

impl Unit<'_> {
    /// Locks the head of the log and appends; gives the positions in order. Ask [`Reader::seen`] first, in
    /// the same unit.
    ///
    /// # Errors
    /// [`Fault::Conflict`] when another node stored one of them meanwhile.
    pub fn append_touchpoints(&mut self, batch: &[NewTouchpoint]) -> Result<Vec<u64>, Fault> {
        let _ = batch;
        Err(Fault::Stopped)
    }
}
