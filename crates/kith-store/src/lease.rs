//! Leases: which node does a job, until when.

use crate::fault::Fault;
use crate::sql::one;
use crate::unit::Unit;

impl Unit<'_> {
    /// Claims a job, or renews one's own claim. Gives a number that grows with every change of owner, or
    /// `None` when another owner's lease still runs.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn claim(&mut self, name: &str, owner: &str, now_ms: i64, ttl_ms: i64) -> Result<Option<u64>, Fault> {
        self.written = true;
        let until = now_ms.saturating_add(ttl_ms);
        let text = "INSERT INTO lease (name, owner, until_ms, fence) VALUES ($1, $2, $3, 1) \
                    ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until_ms = excluded.until_ms, \
                    fence = lease.fence + CASE WHEN lease.owner = excluded.owner THEN 0 ELSE 1 END \
                    WHERE lease.owner = excluded.owner OR lease.until_ms <= $4 RETURNING fence";
        let params = [name.into(), owner.into(), until.into(), now_ms.into()];
        one(self.reader.sql, text, &params, |row| row.count(0))
    }

    /// Gives a claim back.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn unclaim(&mut self, name: &str, owner: &str) -> Result<(), Fault> {
        let text = "UPDATE lease SET until_ms = 0 WHERE name = $1 AND owner = $2";
        self.execute(text, &[name.into(), owner.into()]).map(drop)
    }
}
