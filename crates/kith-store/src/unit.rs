//! One transaction: what may be read in it and what it writes.

use std::fmt;
use std::ops::{Deref, DerefMut};

use crate::dialect::Dialect;
use crate::fault::Fault;
use crate::ledger::Pending;
use crate::sql::Sql;
use crate::store::Shared;

/// Which log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Log {
    /// The record: decided events.
    Ledger,
    /// What happened in the world.
    Touchpoint,
}

impl Log {
    /// The name of its head row.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ledger => "ledger",
            Self::Touchpoint => "touchpoint",
        }
    }
}

/// The last position of each log; 0 before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Heads {
    /// Last position of the ledger.
    pub ledger: u64,
    /// Last position of the touchpoint log.
    pub touchpoint: u64,
}

/// How the transaction ended in which a job ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Its writes are durable.
    Committed,
    /// Its writes are gone; the job may run again.
    RolledBack,
}

/// What may be read, in one transaction.
pub struct Reader<'a> {
    pub(crate) sql: &'a mut dyn Sql,
    pub(crate) shared: &'a Shared,
}

impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("dialect", &self.sql.dialect()).finish_non_exhaustive()
    }
}

impl Reader<'_> {
    /// The last positions as this transaction sees them.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn heads(&mut self) -> Result<Heads, Fault> {
        crate::open::heads(self.sql)
    }
}

/// What [`Unit::on_end`] keeps until the transaction ends.
pub(crate) type AtEnd = Box<dyn FnOnce(Ending) + Send>;

/// One transaction. Reads through [`Reader`]; what it writes is durable once the write has answered.
///
/// Locks are taken in this order on every path: documents, then [`Unit::append_touchpoints`], then the
/// ledger's head in [`Unit::flush`], which runs by itself at the end. A job may read, then fail, at no
/// cost to its neighbours; a job that fails after writing makes its whole group run again, one by one.
pub struct Unit<'a> {
    pub(crate) reader: Reader<'a>,
    pub(crate) pending: Vec<Pending>,
    pub(crate) at_end: Vec<AtEnd>,
    pub(crate) heads: Heads,
    pub(crate) written: bool,
}

impl fmt::Debug for Unit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unit").field("pending", &self.pending.len()).finish_non_exhaustive()
    }
}

impl<'a> Deref for Unit<'a> {
    type Target = Reader<'a>;
    fn deref(&self) -> &Reader<'a> {
        &self.reader
    }
}

impl<'a> DerefMut for Unit<'a> {
    fn deref_mut(&mut self) -> &mut Reader<'a> {
        &mut self.reader
    }
}

impl Unit<'_> {
    /// Calls back once when the transaction has ended: after COMMIT and before the reply, or after ROLLBACK.
    ///
    /// On SQLite it runs on the writer thread in the order of the jobs; keep it short.
    pub fn on_end(&mut self, call: impl FnOnce(Ending) + Send + 'static) {
        self.at_end.push(Box::new(call));
    }

    /// Whether others may write while this transaction is under way: other nodes of a PostgreSQL database.
    #[must_use]
    pub fn shares(&self) -> bool {
        self.sql.dialect() == Dialect::Postgres
    }

    /// Runs a writing statement and remembers that there is something to undo.
    pub(crate) fn execute(&mut self, sql: &str, params: &[crate::sql::Param<'_>]) -> Result<u64, Fault> {
        self.written = true;
        self.reader.sql.execute(sql, params)
    }
}
