//! Documents by their last day.

use crate::document::{Document, Noun, closed, columns};
use crate::fault::Fault;
use crate::sql::all;
use crate::unit::Reader;

impl Reader<'_> {
    /// Documents of accounts whose last day (days since 1970) is not after `until`, those that end first at the top.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer or a document is damaged.
    pub fn documents_expiring(&mut self, until: i64, limit: u32) -> Result<Vec<Document>, Fault> {
        let text = format!(
            "SELECT {} FROM document WHERE expires_on <= $1 ORDER BY expires_on, id LIMIT $2",
            columns(Noun::Document)
        );
        let rows = all(self.sql, &text, &[until.into(), limit.into()], |row| closed(Noun::Document, row))?;
        self.open_documents(Noun::Document, rows)
    }

    /// The last day of every document that has one below `never`, with its account; the earliest first.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn document_expiries(&mut self, never: i64) -> Result<Vec<(String, i64)>, Fault> {
        let text =
            "SELECT account_id, expires_on FROM document WHERE expires_on < $1 ORDER BY expires_on, id";
        all(self.sql, text, &[never.into()], |row| Ok((row.text(0)?.to_owned(), row.int(1)?)))
    }

    /// The same for one account.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn document_expiry(&mut self, account_id: &str, never: i64) -> Result<Vec<i64>, Fault> {
        let text = "SELECT expires_on FROM document WHERE account_id = $1 AND expires_on < $2 \
                    ORDER BY expires_on, id";
        all(self.sql, text, &[account_id.into(), never.into()], |row| row.int(0))
    }
}
