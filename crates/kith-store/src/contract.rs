//! Contracts by what the clock asks of them, their numbers, and the people who have access because of them.

use crate::fault::Fault;
use crate::sql::{Param, all, one};
use crate::unit::{Reader, Unit};

/// A customer's person with access to the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalUser {
    /// `usr_…`
    pub user_id: String,
    /// `acc_…`
    pub account_id: String,
    /// Whether the access is on.
    pub access: bool,
}

impl Reader<'_> {
    /// Contracts that must be looked at by an instant, the most urgent first, after one of them: when, and which.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn due_contracts(
        &mut self,
        now_ms: i64,
        after: &(i64, String),
        limit: u32,
    ) -> Result<Vec<(i64, String)>, Fault> {
        let text = "SELECT due_ms, id FROM contract WHERE due_ms <= $1 AND (due_ms > $2 OR (due_ms = $2 AND id > $3)) \
                    ORDER BY due_ms, id LIMIT $4";
        let params = [Param::Int(now_ms), Param::Int(after.0), (&after.1).into(), limit.into()];
        all(self.sql, text, &params, |row| Ok((row.int(0)?, row.text(1)?.to_owned())))
    }

    /// Everybody who uses a portal, account by account.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn portal_users(&mut self) -> Result<Vec<PortalUser>, Fault> {
        let text =
            "SELECT id, account_id, access FROM \"user\" WHERE kind = 'portal' ORDER BY account_id, id";
        all(self.sql, text, &[], |row| {
            let (user_id, account_id) = (row.text(0)?.to_owned(), row.text(1)?.to_owned());
            Ok(PortalUser { user_id, account_id, access: row.text(2)? == "on" })
        })
    }
}

impl Unit<'_> {
    /// The next contract number; given back when the transaction is rolled back.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn next_contract(&mut self) -> Result<u64, Fault> {
        self.written = true;
        let text = "UPDATE counter SET value = value + 1 WHERE name = 'contract' RETURNING value";
        let value = one(self.reader.sql, text, &[], |row| row.count(0))?;
        value.ok_or_else(|| Fault::corrupt("the counter of contracts is missing"))
    }
}
