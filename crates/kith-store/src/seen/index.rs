//! `seen.db` and `seen.bloom`: hashes and timelines of the older touchpoints, derived from the log.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::bloom::Bloom;
use crate::fault::Fault;
use crate::open::SEEN_FILE;
use crate::sql::signed;
use crate::sqlite::fault;

use super::tail::Tail;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS merged (epoch TEXT NOT NULL, position INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS seen (
        hash INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (hash, position)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS timeline (
        account_row INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (account_row, position)
    ) WITHOUT ROWID;";
const BLOOM_FILE: &str = "seen.bloom";

/// The merged part of the dedupe index.
pub(crate) struct Index {
    connection: Connection,
    dir: PathBuf,
    epoch: String,
    merged_to: u64,
}

fn unsigned(value: i64) -> Result<u64, Fault> {
    u64::try_from(value).map_err(|_| Fault::corrupt("a position in seen.db is negative"))
}

fn going(stop: &AtomicBool) -> Result<(), Fault> {
    if stop.load(Ordering::Relaxed) { Err(Fault::Stopped) } else { Ok(()) }
}

impl Index {
    /// Opens it; one that is damaged, of another history or ahead of the log is made anew.
    pub(crate) fn open(dir: &Path, epoch: &str, head: u64) -> Result<Self, Fault> {
        match Self::try_open(dir, epoch) {
            Ok(index) if index.merged_to <= head => return Ok(index),
            Ok(_) => tracing::warn!("seen.db does not belong to this log, it is made anew"),
            Err(fault) => tracing::warn!(%fault, "seen.db cannot be used, it is made anew"),
        }
        for name in [SEEN_FILE, "seen.db-wal", "seen.db-shm", BLOOM_FILE] {
            match fs::remove_file(dir.join(name)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Fault::unavailable(error));
                }
                _ => {}
            }
        }
        Self::try_open(dir, epoch)
    }

    fn try_open(dir: &Path, epoch: &str) -> Result<Self, Fault> {
        let connection = Self::connect(dir)?;
        connection.execute_batch(SCHEMA).map_err(fault)?;
        let found: Option<(String, i64)> = connection
            .query_row("SELECT epoch, position FROM merged", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
            .map_err(fault)?;
        let merged_to = match found {
            Some((of, position)) if of == epoch => unsigned(position)?,
            Some(_) => return Err(Fault::corrupt("seen.db is of another history")),
            None => {
                connection
                    .execute("INSERT INTO merged (epoch, position) VALUES (?1, 0)", [epoch])
                    .map_err(fault)?;
                0
            }
        };
        Ok(Self { connection, dir: dir.to_owned(), epoch: epoch.to_owned(), merged_to })
    }

    /// NORMAL is enough: after a power loss the file is older, never wrong, and the log has the rest.
    fn connect(dir: &Path) -> Result<Connection, Fault> {
        let connection = Connection::open(dir.join(SEEN_FILE)).map_err(fault)?;
        connection
            .execute_batch(
                "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; \
                 PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY",
            )
            .map_err(fault)?;
        Ok(connection)
    }

    /// A second connection, for looking up while this one merges.
    pub(crate) fn to_read(&self) -> Result<Self, Fault> {
        let connection = Self::connect(&self.dir)?;
        let (dir, epoch) = (self.dir.clone(), self.epoch.clone());
        Ok(Self { connection, dir, epoch, merged_to: self.merged_to })
    }

    /// The last position that it holds.
    pub(crate) fn merged_to(&self) -> u64 {
        self.merged_to
    }

    /// Notes what the other connection merged.
    pub(crate) fn set_merged_to(&mut self, position: u64) {
        self.merged_to = position;
    }

    /// Adds the positions of a hash, oldest first.
    pub(crate) fn positions(&self, hash: i64, found: &mut Vec<u64>) -> Result<(), Fault> {
        let text = "SELECT position FROM seen WHERE hash = ?1 ORDER BY position";
        let mut statement = self.connection.prepare_cached(text).map_err(fault)?;
        let mut rows = statement.query([hash]).map_err(fault)?;
        while let Some(row) = rows.next().map_err(fault)? {
            let position = unsigned(row.get(0).map_err(fault)?)?;
            // What a merge has just written stands in memory as well.
            if position <= self.merged_to {
                found.push(position);
            }
        }
        Ok(())
    }

    /// Adds positions of an account before a position, newest first, until `found` has `limit`.
    pub(crate) fn timeline(
        &self,
        account_row: u32,
        before: u64,
        limit: usize,
        found: &mut Vec<u64>,
    ) -> Result<(), Fault> {
        let text = "SELECT position FROM timeline WHERE account_row = ?1 AND position < ?2 AND position <= ?3 \
                    ORDER BY position DESC LIMIT ?4";
        let missing = i64::try_from(limit.saturating_sub(found.len())).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(text).map_err(fault)?;
        let bound = params![account_row, signed(before), signed(self.merged_to), missing];
        let mut rows = statement.query(bound).map_err(fault)?;
        while let Some(row) = rows.next().map_err(fault)? {
            found.push(unsigned(row.get(0).map_err(fault)?)?);
        }
        Ok(())
    }

    /// Merges a batch in sorted order, in one transaction with the position that it reaches. Asked to stop, it
    /// leaves everything as it was, with [`Fault::Stopped`].
    pub(crate) fn merge(&mut self, batch: &Tail, stop: &AtomicBool) -> Result<(), Fault> {
        let transaction = self.connection.transaction().map_err(fault)?;
        {
            let text = "INSERT OR IGNORE INTO seen (hash, position) VALUES (?1, ?2)";
            let mut insert = transaction.prepare_cached(text).map_err(fault)?;
            for (hash, position) in batch.sorted_hashes() {
                going(stop)?;
                insert.execute(params![hash, signed(position)]).map_err(fault)?;
            }
            let text = "INSERT OR IGNORE INTO timeline (account_row, position) VALUES (?1, ?2)";
            let mut insert = transaction.prepare_cached(text).map_err(fault)?;
            for (account_row, position) in batch.sorted_rows() {
                going(stop)?;
                insert.execute(params![account_row, signed(position)]).map_err(fault)?;
            }
        }
        transaction.execute("UPDATE merged SET position = ?1", [signed(batch.end())]).map_err(fault)?;
        transaction.commit().map_err(fault)?;
        self.merged_to = batch.end();
        let moved = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        moved.map_err(fault)
    }

    /// A filter over every hash, with room to grow.
    pub(crate) fn build_bloom(&mut self) -> Result<Bloom, Fault> {
        let mut bloom = Bloom::for_keys(self.merged_to.saturating_add(self.merged_to / 2));
        let mut statement = self.connection.prepare("SELECT hash FROM seen").map_err(fault)?;
        let mut rows = statement.query([]).map_err(fault)?;
        while let Some(row) = rows.next().map_err(fault)? {
            let hash: i64 = row.get(0).map_err(fault)?;
            bloom.insert(hash.cast_unsigned());
        }
        Ok(bloom)
    }

    /// The filter as it was saved, or made anew.
    pub(crate) fn load_bloom(&mut self) -> Result<Bloom, Fault> {
        let saved = fs::read(self.dir.join(BLOOM_FILE)).ok();
        let saved = saved.and_then(|bytes| Bloom::decode(&bytes, &self.label()));
        saved.map_or_else(|| self.build_bloom(), Ok)
    }

    /// Saves the filter beside the index; without it the next start is slower, no more.
    pub(crate) fn save_bloom(&self, bloom: &Bloom) {
        let (path, beside) = (self.dir.join(BLOOM_FILE), self.dir.join("seen.bloom.new"));
        let written =
            fs::write(&beside, bloom.encode(&self.label())).and_then(|()| fs::rename(&beside, path));
        if let Err(error) = written {
            tracing::warn!(%error, "the filter of the dedupe index was not saved");
        }
    }

    fn label(&self) -> String {
        format!("{}/{}", self.epoch, self.merged_to)
    }
}
