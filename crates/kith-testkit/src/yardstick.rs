//! The yardstick of a benchmark: bare inserts into SQLite, as durable as Kith's own.

use std::path::Path;
use std::time::Instant;

use rusqlite::{Connection, params};

use crate::measure::{seconds, timed};

/// A fresh database with one table of texts, `synchronous=FULL` in WAL mode, and nothing else.
#[derive(Debug)]
pub struct Bare {
    connection: Connection,
    // Dropped after the connection.
    _dir: tempfile::TempDir,
}

impl Bare {
    /// A new database in a folder of its own beside the data that it is compared with.
    ///
    /// # Errors
    /// What SQLite says.
    ///
    /// # Panics
    /// If there is no room for a folder.
    pub fn beside(data: &Path) -> rusqlite::Result<Self> {
        let dir = match tempfile::Builder::new().prefix("bare").tempdir_in(data) {
            Ok(dir) => dir,
            Err(error) => panic!("{}: {error}", data.display()),
        };
        let connection = Connection::open(dir.path().join("bare.db"))?;
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        connection.execute_batch(
            "PRAGMA synchronous = FULL; CREATE TABLE event (position INTEGER PRIMARY KEY, body TEXT NOT NULL)",
        )?;
        Ok(Self { connection, _dir: dir })
    }

    /// Inserts rows in one transaction and gives the seconds that it took, COMMIT included.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn insert(&mut self, rows: &[String]) -> rusqlite::Result<f64> {
        let (seconds, done) = timed(|| {
            let transaction = self.connection.transaction()?;
            {
                let mut insert = transaction.prepare_cached("INSERT INTO event (body) VALUES (?1)")?;
                for row in rows {
                    insert.execute(params![row])?;
                }
            }
            transaction.commit()
        });
        done.map(|()| seconds)
    }

    /// Seconds of so many transactions of one row each.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn insert_single(&mut self, row: &str, times: usize) -> rusqlite::Result<Vec<f64>> {
        let mut taken = Vec::with_capacity(times);
        for _ in 0..times {
            let start = Instant::now();
            self.connection.prepare_cached("INSERT INTO event (body) VALUES (?1)")?.execute([row])?;
            taken.push(seconds(start.elapsed()));
        }
        Ok(taken)
    }
}
