//! What came of extracts of other systems: one row for each that was compared.

use crate::fault::Fault;
use crate::sql::{Row, all};
use crate::unit::{Reader, Unit};

/// An extract that was compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciliation {
    /// Its identifier; later ones are greater.
    pub id: String,
    /// The legal entity whose folder it lay in.
    pub entity: String,
    /// What came of it, JSON.
    pub body: String,
}

fn reconciliation(row: &dyn Row) -> Result<Reconciliation, Fault> {
    let text = |column| row.text(column).map(str::to_owned);
    Ok(Reconciliation { id: text(0)?, entity: text(1)?, body: text(2)? })
}

impl Reader<'_> {
    /// The latest ones, before one of them.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn reconciliations(
        &mut self,
        before: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Reconciliation>, Fault> {
        let text = "SELECT id, entity, body FROM reconciliation WHERE id < $1 ORDER BY id DESC LIMIT $2";
        // Greater than every identifier.
        let before = before.unwrap_or("~");
        all(self.sql, text, &[before.into(), limit.into()], reconciliation)
    }
}

impl Unit<'_> {
    /// Files one.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn put_reconciliation(&mut self, filed: &Reconciliation) -> Result<(), Fault> {
        let text = "INSERT INTO reconciliation (id, entity, body) VALUES ($1, $2, $3)";
        self.execute(text, &[(&filed.id).into(), (&filed.entity).into(), (&filed.body).into()]).map(drop)
    }
}
