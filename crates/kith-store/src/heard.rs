//! When a source of touchpoints or extracts was last heard: lost, a source counts as never heard, and credit holds.

use crate::fault::Fault;
use crate::sql::{Row, all};
use crate::unit::{Reader, Unit};

fn heard(row: &dyn Row) -> Result<(String, i64), Fault> {
    Ok((row.text(0)?.to_owned(), row.int(1)?))
}

impl Reader<'_> {
    /// Every source that was heard, with the Unix milliseconds of the last time.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn heard(&mut self) -> Result<Vec<(String, i64)>, Fault> {
        all(self.sql, "SELECT source, at_ms FROM heard ORDER BY source", &[], heard)
    }
}

impl Unit<'_> {
    /// Notes that a source was heard; an earlier moment than is known changes nothing.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn note_heard(&mut self, source: &str, at_ms: i64) -> Result<(), Fault> {
        let text = "INSERT INTO heard (source, at_ms) VALUES ($1, $2) \
                    ON CONFLICT (source) DO UPDATE SET at_ms = excluded.at_ms WHERE heard.at_ms < excluded.at_ms";
        self.execute(text, &[source.into(), at_ms.into()]).map(drop)
    }
}
