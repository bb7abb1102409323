//! Lines of credit: who changes the reservations of an account holds its row.

use std::collections::HashMap;

use crate::dialect::Dialect;
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

/// Where a line moves: what is reserved on it, and the room that there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineMove {
    /// Whose line.
    pub account_id: String,
    /// The version that it has.
    pub expected: u64,
    /// What is reserved.
    pub reserved: i64,
    /// What may be.
    pub room: i64,
}

impl Unit<'_> {
    /// Holds the lines of accounts until the transaction ends, and gives their versions. Give all that a job needs at once,
    /// sorted, so that two jobs never wait for each other.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn hold_credit_lines(&mut self, account_ids: &[&str]) -> Result<HashMap<String, u64>, Fault> {
        let mut held = self.held_lines(account_ids)?;
        if held.len() < account_ids.len() {
            let text = "INSERT INTO credit_line (account_id, version, reserved, room) VALUES ($1, 0, 0, 0) \
                        ON CONFLICT (account_id) DO NOTHING";
            for id in account_ids.iter().filter(|id| !held.contains_key(**id)) {
                self.execute(text, &[(*id).into()])?;
            }
            held = self.held_lines(account_ids)?;
        }
        Ok(held)
    }

    fn held_lines(&mut self, account_ids: &[&str]) -> Result<HashMap<String, u64>, Fault> {
        match self.sql.dialect() {
            Dialect::Sqlite => {
                let text = "SELECT version FROM credit_line WHERE account_id = $1";
                let mut held = HashMap::with_capacity(account_ids.len());
                for id in account_ids {
                    let version = one(self.sql, text, &[(*id).into()], |row| row.count(0))?;
                    held.extend(version.map(|version| ((*id).to_owned(), version)));
                }
                Ok(held)
            }
            Dialect::Postgres => {
                let text = "SELECT account_id, version FROM credit_line WHERE account_id = ANY($1) \
                            ORDER BY account_id FOR UPDATE";
                let params = [Param::Texts(account_ids)];
                let rows = all(self.sql, text, &params, |row| Ok((row.text(0)?.to_owned(), row.count(1)?)))?;
                Ok(rows.into_iter().collect())
            }
        }
    }

    /// Moves lines to their next versions. The database itself refuses more than the room.
    ///
    /// # Errors
    /// [`Fault::Conflict`] when a line has another version.
    pub fn move_credit_lines(&mut self, moves: &[LineMove]) -> Result<(), Fault> {
        let moved = match self.sql.dialect() {
            Dialect::Sqlite => {
                let text = "UPDATE credit_line SET version = version + 1, reserved = $1, room = $2 \
                            WHERE account_id = $3 AND version = $4";
                let mut moved = 0_u64;
                for line in moves {
                    let params = [
                        Param::Int(line.reserved),
                        Param::Int(line.room),
                        (&line.account_id).into(),
                        signed(line.expected).into(),
                    ];
                    moved = moved.saturating_add(self.execute(text, &params)?);
                }
                moved
            }
            Dialect::Postgres => {
                let text = "UPDATE credit_line SET version = credit_line.version + 1, reserved = moved.reserved, room = moved.room \
                            FROM UNNEST($1::bigint[], $2::bigint[], $3::text[], $4::bigint[]) \
                            AS moved (reserved, room, account_id, version) \
                            WHERE credit_line.account_id = moved.account_id AND credit_line.version = moved.version";
                let ids: Vec<&str> = moves.iter().map(|line| line.account_id.as_str()).collect();
                let ints = |of: fn(&LineMove) -> i64| moves.iter().map(of).collect::<Vec<i64>>();
                let (reserved, room) = (ints(|line| line.reserved), ints(|line| line.room));
                let expected = ints(|line| signed(line.expected));
                let params =
                    [Param::Ints(&reserved), Param::Ints(&room), Param::Texts(&ids), Param::Ints(&expected)];
                if moves.is_empty() { 0 } else { self.execute(text, &params)? }
            }
        };
        let all = u64::try_from(moves.len()).unwrap_or(u64::MAX);
        if moved == all { Ok(()) } else { Err(Fault::Conflict) }
    }
}
