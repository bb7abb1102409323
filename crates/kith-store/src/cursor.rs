//! Durable cursors: how far a consumer of a log has come.

use crate::fault::Fault;
use crate::sql::{one, signed};
use crate::unit::{Reader, Unit};

impl Reader<'_> {
    /// Where a consumer stands; 0 before its first step.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn cursor(&mut self, name: &str) -> Result<u64, Fault> {
        let text = "SELECT position FROM log_cursor WHERE name = $1";
        Ok(one(self.sql, text, &[name.into()], |row| row.count(0))?.unwrap_or(0))
    }
}

impl Unit<'_> {
    /// Moves a consumer; what it did for that position belongs into the same unit.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn set_cursor(&mut self, name: &str, position: u64) -> Result<(), Fault> {
        let text = "INSERT INTO log_cursor (name, position) VALUES ($1, $2) \
                    ON CONFLICT (name) DO UPDATE SET position = excluded.position";
        self.execute(text, &[name.into(), signed(position).into()]).map(drop)
    }
}
