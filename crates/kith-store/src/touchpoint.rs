//! The touchpoint log: what happened, in the order of its commits, each once.

mod append;

use crate::fault::Fault;
use crate::sql::{Row, all, one, signed};
use crate::unit::Reader;

/// A touchpoint to append. Parse, seal and hash on worker threads; the writer only stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewTouchpoint<'a> {
    /// Row of the account.
    pub account_row: u32,
    /// Source of the event; with `id` the dedupe key.
    pub source: &'a str,
    /// Identifier within the source.
    pub id: &'a str,
    /// Type, `io.kith.<object>.<verb_past>`.
    pub kind: &'a str,
    /// When it happened, Unix milliseconds.
    pub at_ms: i64,
    /// [`crate::Secrets::dedupe_hash`] of source and id.
    pub dedupe: i64,
    /// [`crate::Secrets::content_digest`] of the content: tells a duplicate from a conflict.
    pub digest: i64,
    /// The id that a correction or withdrawal names.
    pub target: Option<&'a str>,
    /// Bits of the caller's choice.
    pub flags: i64,
    /// Business members, JSON.
    pub clear: &'a str,
    /// Personal members, sealed and bound to [`bound_to`]; empty if none.
    pub sealed: &'a [u8],
    /// [`crate::Secrets::checksum`] of all the others: `verify` finds by it what was damaged since.
    pub checksum: i64,
}

impl NewTouchpoint<'_> {
    /// The checksum as it stands in the log: it tells the place as well.
    pub(crate) fn checksum_at(&self, position: u64) -> i64 {
        self.checksum.wrapping_add(shift(position))
    }
}

/// By how much a position shifts the checksum.
fn shift(position: u64) -> i64 {
    signed(position).wrapping_mul(PLACE)
}

/// An odd number, so that no two positions shift a checksum alike.
const PLACE: i64 = 0x1E37_79B9_7F4A_7C15;

/// A touchpoint as the log keeps it. [`NewTouchpoint`] says what the members mean.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the members are those of NewTouchpoint")]
pub struct StoredTouchpoint {
    pub account_row: u32,
    pub source: String,
    pub id: String,
    pub kind: String,
    pub at_ms: i64,
    pub dedupe: i64,
    pub digest: i64,
    pub target: Option<String>,
    pub flags: i64,
    pub clear: String,
    pub sealed: Vec<u8>,
    pub checksum: i64,
}

impl StoredTouchpoint {
    /// The same, to append.
    #[must_use]
    pub fn as_new(&self) -> NewTouchpoint<'_> {
        NewTouchpoint {
            account_row: self.account_row,
            source: &self.source,
            id: &self.id,
            kind: &self.kind,
            at_ms: self.at_ms,
            dedupe: self.dedupe,
            digest: self.digest,
            target: self.target.as_deref(),
            flags: self.flags,
            clear: &self.clear,
            sealed: &self.sealed,
            checksum: self.checksum,
        }
    }
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
    pub stored: StoredTouchpoint,
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

/// The columns that [`touchpoint`] reads.
pub(crate) const COLUMNS: &str =
    "position, account_row, source, id, type, at_ms, dedupe, digest, target, flags, clear, sealed, checksum";

fn account_row(row: &dyn Row) -> Result<u32, Fault> {
    u32::try_from(row.int(1)?).map_err(|_| Fault::corrupt("the account row of a touchpoint"))
}

pub(crate) fn touchpoint(row: &dyn Row) -> Result<Touchpoint, Fault> {
    let position = row.count(0)?;
    let stored = StoredTouchpoint {
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
        checksum: row.int(12)?.wrapping_sub(shift(position)),
    };
    Ok(Touchpoint { position, stored })
}

fn view(row: &dyn Row) -> Result<TouchpointView<'_>, Fault> {
    Ok(TouchpointView {
        position: row.count(0)?,
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
}

impl Touchpoint {
    /// The same without a copy, as the log is read through.
    #[must_use]
    pub fn view(&self) -> TouchpointView<'_> {
        let stored = &self.stored;
        TouchpointView {
            position: self.position,
            account_row: stored.account_row,
            source: &stored.source,
            id: &stored.id,
            kind: &stored.kind,
            at_ms: stored.at_ms,
            target: stored.target.as_deref(),
            flags: stored.flags,
            clear: &stored.clear,
            sealed: &stored.sealed,
        }
    }
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
            let view = view(row)?;
            last = view.position;
            each(view)
        })?;
        Ok(last)
    }

    /// Reads through all corrections and withdrawals, in the order of their positions.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer, or `each` fails.
    pub fn replay_corrections(
        &mut self,
        each: &mut dyn FnMut(TouchpointView<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let text = format!("SELECT {COLUMNS} FROM touchpoint WHERE target IS NOT NULL ORDER BY position");
        self.sql.query(&text, &[], &mut |row| each(view(row)?))
    }
}
