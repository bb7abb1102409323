//! Acts on many accounts: one row for each, with how far it has come.

use crate::fault::Fault;
use crate::sql::{Row, all, one};
use crate::unit::{Reader, Unit};

/// A job as it was last written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkJob {
    /// Its key, given by who started it.
    pub id: String,
    /// Who started it: `usr_…`; empty for a program without a user.
    pub user: String,
    /// The process that works on it, or did.
    pub node: String,
    /// `running` or `finished`.
    pub state: String,
    /// When this was written, milliseconds since 1970.
    pub at_ms: i64,
    /// What it does, and what came of it, JSON.
    pub body: String,
}

const COLUMNS: &str = "id, user_id, node, state, at_ms, body";

fn job(row: &dyn Row) -> Result<BulkJob, Fault> {
    let text = |column| row.text(column).map(str::to_owned);
    Ok(BulkJob {
        id: text(0)?,
        user: text(1)?,
        node: text(2)?,
        state: text(3)?,
        at_ms: row.int(4)?,
        body: text(5)?,
    })
}

impl Reader<'_> {
    /// One of them.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn bulk_job(&mut self, id: &str) -> Result<Option<BulkJob>, Fault> {
        let text = format!("SELECT {COLUMNS} FROM bulk_job WHERE id = $1");
        one(self.sql, &text, &[id.into()], job)
    }

    /// Those of a user, the one written last first.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn bulk_jobs(&mut self, user: &str, limit: u32) -> Result<Vec<BulkJob>, Fault> {
        let text =
            format!("SELECT {COLUMNS} FROM bulk_job WHERE user_id = $1 ORDER BY at_ms DESC, id LIMIT $2");
        all(self.sql, &text, &[user.into(), limit.into()], job)
    }
}

impl Unit<'_> {
    /// Writes down how far one has come.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn put_bulk_job(&mut self, job: &BulkJob) -> Result<(), Fault> {
        let text = "INSERT INTO bulk_job (id, user_id, node, state, at_ms, body) VALUES ($1, $2, $3, $4, $5, $6) \
                    ON CONFLICT (id) DO UPDATE SET node = excluded.node, state = excluded.state, \
                    at_ms = excluded.at_ms, body = excluded.body";
        let values = [
            (&job.id).into(),
            (&job.user).into(),
            (&job.node).into(),
            (&job.state).into(),
            job.at_ms.into(),
            (&job.body).into(),
        ];
        self.execute(text, &values).map(drop)
    }

    /// Forgets those that were last written before a moment.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn forget_bulk_jobs(&mut self, before_ms: i64) -> Result<(), Fault> {
        self.execute("DELETE FROM bulk_job WHERE at_ms < $1", &[before_ms.into()]).map(drop)
    }
}
