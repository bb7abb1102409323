//! Lines of credit: who changes the reservations of an account holds its row.

use crate::document::{Document, Noun, closed, columns};
use crate::fault::Fault;
use crate::sql::{Param, all, one, signed};
use crate::unit::{Reader, Unit};

impl Reader<'_> {
    /// The version of a document, 0 when there is none: cheaper than the document.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn document_version(&mut self, noun: Noun, id: &str) -> Result<u64, Fault> {
        let text = format!("SELECT version FROM {} WHERE id = $1", noun.table());
        Ok(one(self.sql, &text, &[id.into()], |row| row.count(0))?.unwrap_or(0))
    }

    /// Reservations of an account that may hold something: pending ones and committed ones.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer or a document is damaged.
    pub fn held_reservations(&mut self, account_id: &str) -> Result<Vec<Document>, Fault> {
        let text = format!(
            "SELECT {} FROM reservation WHERE account_id = $1 AND state IN ('pending', 'committed') ORDER BY id",
            columns(Noun::Reservation)
        );
        let rows = all(self.sql, &text, &[account_id.into()], |row| closed(Noun::Reservation, row))?;
        self.open_documents(Noun::Reservation, rows)
    }

    /// Pending reservations whose time ran out, the oldest first.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer or a document is damaged.
    pub fn due_reservations(&mut self, now_ms: i64, limit: u32) -> Result<Vec<Document>, Fault> {
        let text = format!(
            "SELECT {} FROM reservation WHERE state = 'pending' AND expires_ms <= $1 \
             ORDER BY expires_ms, id LIMIT $2",
            columns(Noun::Reservation)
        );
        let params = [Param::Int(now_ms), limit.into()];
        let rows = all(self.sql, &text, &params, |row| closed(Noun::Reservation, row))?;
        self.open_documents(Noun::Reservation, rows)
    }

    /// The version of an account's line of credit: as long as it stays, so do its reservations.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn credit_line(&mut self, account_id: &str) -> Result<u64, Fault> {
        let text = "SELECT version FROM credit_line WHERE account_id = $1";
        Ok(one(self.sql, text, &[account_id.into()], |row| row.count(0))?.unwrap_or(0))
    }
}

impl Unit<'_> {
    /// Holds the lines of accounts until the transaction ends. Give all that a job needs at once, sorted, so that two jobs
    /// never wait for each other.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn hold_credit_lines(&mut self, account_ids: &[String]) -> Result<(), Fault> {
        let text = "INSERT INTO credit_line (account_id, version, reserved, room) VALUES ($1, 0, 0, 0) \
                    ON CONFLICT (account_id) DO NOTHING";
        let hold = self.sql.dialect().for_update();
        let held = format!("SELECT version FROM credit_line WHERE account_id = $1{hold}");
        for id in account_ids {
            if one(self.sql, &held, &[id.into()], |row| row.count(0))?.is_none() {
                self.execute(text, &[id.into()])?;
                one(self.sql, &held, &[id.into()], |row| row.count(0))?;
            }
        }
        Ok(())
    }

    /// Moves the line of an account to its next version, with what is reserved on it and the room that there is. The
    /// database itself refuses more than that.
    ///
    /// # Errors
    /// [`Fault::Conflict`] when the line has another version.
    pub fn move_credit_line(
        &mut self,
        account_id: &str,
        expected: u64,
        (reserved, room): (i64, i64),
    ) -> Result<u64, Fault> {
        let next = expected.saturating_add(1);
        let text = "UPDATE credit_line SET version = $1, reserved = $2, room = $3 \
                    WHERE account_id = $4 AND version = $5";
        let params = [
            signed(next).into(),
            Param::Int(reserved),
            Param::Int(room),
            account_id.into(),
            signed(expected).into(),
        ];
        if self.execute(text, &params)? == 1 { Ok(next) } else { Err(Fault::Conflict) }
    }
}
