//! SQLite: connections with the pragmas that durability needs, and statements on them.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, ErrorCode, OpenFlags, ffi};

use crate::dialect::Dialect;
use crate::fault::Fault;
use crate::sql::{EachRow, EachValues, Param, Row, Sql};

/// The first version without the fault of resetting a write-ahead log under concurrent checkpoints.
const OLDEST: i32 = 3_051_003;

/// A connection to one file.
pub(crate) struct Sqlite {
    connection: Connection,
    /// Pages in the write-ahead log after the last commit.
    pages: Arc<AtomicU32>,
}

/// What SQLite said, as a fault.
pub(crate) fn fault(error: rusqlite::Error) -> Fault {
    if let rusqlite::Error::SqliteFailure(inner, _) = &error {
        let unique = [ffi::SQLITE_CONSTRAINT_UNIQUE, ffi::SQLITE_CONSTRAINT_PRIMARYKEY];
        if unique.contains(&inner.extended_code) {
            return Fault::Conflict;
        }
        if matches!(inner.code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) {
            return Fault::corrupt("SQLite found its file malformed");
        }
    }
    Fault::unavailable(error)
}

fn setup(what: String) -> Fault {
    Fault::Setup { what }
}

impl Sqlite {
    /// Opens a file for writing, makes it if need be, and checks that commits will be durable.
    ///
    /// The store of keys overwrites what it deletes, and checkpoints by itself; the main file's writer does
    /// that when nothing waits.
    pub(crate) fn open(path: &Path, keys: bool) -> Result<Self, Fault> {
        if rusqlite::version_number() < OLDEST {
            return Err(setup(format!("SQLite {} is older than 3.51.3", rusqlite::version())));
        }
        let mut connection = Connection::open(path).map_err(fault)?;
        let pages = Arc::new(AtomicU32::new(0));
        connection
            .execute_batch(
                "PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; \
                 PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 0",
            )
            .map_err(fault)?;
        let pragma =
            |text: &str| connection.query_row(text, [], |row| row.get::<_, rusqlite::types::Value>(0));
        let mode = pragma("PRAGMA journal_mode = WAL").map_err(fault)?;
        if mode != rusqlite::types::Value::Text("wal".to_owned()) {
            return Err(setup("the journal mode is not WAL".to_owned()));
        }
        connection.execute_batch("PRAGMA synchronous = FULL").map_err(fault)?;
        let level = pragma("PRAGMA synchronous").map_err(fault)?;
        if level != rusqlite::types::Value::Integer(2) {
            return Err(setup("synchronous is not FULL".to_owned()));
        }
        if keys {
            let text = "PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 1000";
            connection.execute_batch(text).map_err(fault)?;
        } else {
            let counted = Arc::clone(&pages);
            let hook = move |_: &mut rusqlite::hooks::Wal, count: i32| {
                counted.store(u32::try_from(count).unwrap_or(0), Ordering::Relaxed);
                Ok(())
            };
            connection.wal_hook(Some(hook)).map_err(fault)?;
        }
        connection.set_prepared_statement_cache_capacity(128);
        Ok(Self { connection, pages })
    }

    /// Opens a file that another connection of this process writes.
    pub(crate) fn open_to_read(path: &Path) -> Result<Self, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(fault)?;
        connection
            .execute_batch(
                "PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16384",
            )
            .map_err(fault)?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(Self { connection, pages: Arc::default() })
    }

    /// A connection that is open already and is not written through.
    pub(crate) fn over(connection: Connection) -> Self {
        Self { connection, pages: Arc::default() }
    }

    /// Closes it and says whether that worked.
    pub(crate) fn close(self) -> Result<(), Fault> {
        self.connection.flush_prepared_statement_cache();
        self.connection.close().map_err(|(_, error)| fault(error))
    }

    /// The connection itself.
    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Pages that wait in the write-ahead log.
    pub(crate) fn waiting_pages(&self) -> u32 {
        self.pages.load(Ordering::Relaxed)
    }

    /// Moves what it can from the write-ahead log into the file, without waiting for readers.
    pub(crate) fn checkpoint(&mut self) {
        // A checkpoint that fails is tried again after the next commits; the log holds everything.
        let moved = self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        if moved.is_ok() {
            self.pages.store(0, Ordering::Relaxed);
        }
    }

    /// Whether a transaction is open; some errors end it by themselves.
    pub(crate) fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    fn bound(&self, sql: &str, params: &[Param<'_>]) -> Result<CachedStatement<'_>, Fault> {
        let mut statement = self.connection.prepare_cached(sql).map_err(fault)?;
        bind(&mut statement, params)?;
        Ok(statement)
    }
}

fn bind(statement: &mut CachedStatement<'_>, params: &[Param<'_>]) -> Result<(), Fault> {
    for (place, param) in params.iter().enumerate() {
        statement.raw_bind_parameter(place.saturating_add(1), param).map_err(fault)?;
    }
    Ok(())
}

impl ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
            Self::Ints(_) | Self::Texts(_) | Self::MaybeTexts(_) | Self::Blobs(_) => {
                return Err(rusqlite::Error::InvalidQuery);
            }
        };
        Ok(ToSqlOutput::Borrowed(value))
    }
}

struct SqliteRow<'a, 'b>(&'a rusqlite::Row<'b>);

fn strange(column: usize) -> Fault {
    Fault::corrupt(format!("column {column} has another type"))
}

impl Row for SqliteRow<'_, '_> {
    fn maybe_int(&self, column: usize) -> Result<Option<i64>, Fault> {
        match self.0.get_ref(column).map_err(fault)? {
            ValueRef::Null => Ok(None),
            ValueRef::Integer(value) => Ok(Some(value)),
            _ => Err(strange(column)),
        }
    }

    fn maybe_text(&self, column: usize) -> Result<Option<&str>, Fault> {
        match self.0.get_ref(column).map_err(fault)? {
            ValueRef::Null => Ok(None),
            ValueRef::Text(bytes) => std::str::from_utf8(bytes).map(Some).map_err(|_| strange(column)),
            _ => Err(strange(column)),
        }
    }

    fn maybe_blob(&self, column: usize) -> Result<Option<&[u8]>, Fault> {
        match self.0.get_ref(column).map_err(fault)? {
            ValueRef::Null => Ok(None),
            ValueRef::Blob(bytes) => Ok(Some(bytes)),
            _ => Err(strange(column)),
        }
    }
}

impl Sql for Sqlite {
    fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64, Fault> {
        let changed = self.bound(sql, params)?.raw_execute().map_err(fault)?;
        Ok(u64::try_from(changed).unwrap_or(u64::MAX))
    }

    fn execute_each(
        &mut self,
        sql: &str,
        rows: &mut dyn FnMut(&mut EachValues<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let mut statement = self.connection.prepare_cached(sql).map_err(fault)?;
        rows(&mut |params| {
            bind(&mut statement, params)?;
            statement.raw_execute().map(drop).map_err(fault)
        })
    }

    fn query(&mut self, sql: &str, params: &[Param<'_>], each: &mut EachRow<'_>) -> Result<(), Fault> {
        let mut statement = self.bound(sql, params)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(fault)? {
            each(&SqliteRow(row))?;
        }
        Ok(())
    }

    fn batch(&mut self, sql: &str) -> Result<(), Fault> {
        self.connection.execute_batch(sql).map_err(fault)
    }

    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }
}
