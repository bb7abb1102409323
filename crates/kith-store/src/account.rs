//! Accounts beyond their document: the dense row, the account number, and the keys they are found by.

use crate::document::{Closed, Document, Noun, closed, columns};
use crate::fault::Fault;
use crate::sql::{Param, Row, all, one};
use crate::unit::{Reader, Unit};

/// What a new account is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountPlace {
    /// Its row in every column: dense, from 0, in the order of making.
    pub row: u32,
    /// Its account number, from 1.
    pub number: u64,
}

fn holder(row: &dyn Row) -> Result<String, Fault> {
    row.text(0).map(str::to_owned)
}

/// Called with kind, digest, account and whether it is the only one.
pub type EachKey<'a> = dyn FnMut(&str, &[u8], &str, bool) -> Result<(), Fault> + 'a;

impl Reader<'_> {
    /// The identifiers of the accounts that have this key (`tax`, `external`, `email` …), oldest first.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn account_by_key(&mut self, kind: &str, digest: &[u8]) -> Result<Vec<String>, Fault> {
        let text = "SELECT account_id FROM account_key WHERE kind = $1 AND digest = $2 ORDER BY account_id";
        all(self.sql, text, &[kind.into(), digest.into()], holder)
    }

    /// Calls `each` for every key of every account: kind, digest, account, whether only one may have it.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer, or `each` fails.
    pub fn each_account_key(&mut self, each: &mut EachKey<'_>) -> Result<(), Fault> {
        let text = "SELECT kind, digest, account_id, sole FROM account_key";
        self.sql.query(text, &[], &mut |row| each(row.text(0)?, row.blob(1)?, row.text(2)?, row.int(3)? != 0))
    }

    /// The account in a row.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer or the document is damaged.
    pub fn account_in_row(&mut self, row: u32) -> Result<Option<Document>, Fault> {
        self.document_by(Noun::Account, ("account_row", row.into()))
    }

    /// Whether the document of any account holds one of these pieces of JSON. Reads every document: for rare questions.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn account_holds(&mut self, pieces: &[String]) -> Result<bool, Fault> {
        let escaped = |piece: &String| piece.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        let patterns: Vec<String> = pieces.iter().map(|piece| format!("%{}%", escaped(piece))).collect();
        let places: Vec<String> =
            (1..=patterns.len()).map(|place| format!("body LIKE ${place} ESCAPE '!'")).collect();
        if places.is_empty() {
            return Ok(false);
        }
        let text = format!("SELECT id FROM account WHERE {} LIMIT 1", places.join(" OR "));
        let params: Vec<Param<'_>> = patterns.iter().map(Into::into).collect();
        Ok(one(self.sql, &text, &params, holder)?.is_some())
    }

    /// How many accounts there are, which is also the next row.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn account_count(&mut self) -> Result<u32, Fault> {
        let text = "SELECT value FROM counter WHERE name = 'account'";
        let count = one(self.sql, text, &[], |row| row.count(0))?.unwrap_or(0);
        u32::try_from(count).map_err(|_| Fault::corrupt("the count of accounts"))
    }

    /// Calls `each` for every account from a row on, in row order, without holding them all.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer, a document is damaged, or `each` fails.
    pub fn each_account(
        &mut self,
        from_row: u32,
        each: &mut dyn FnMut(Document) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.walk(from_row, true, each)
    }

    /// As [`Reader::each_account`], with the personal values left sealed (`{"$subject", "$sealed"}`): asks for
    /// no key, so it is several times quicker.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer, or `each` fails.
    pub fn each_account_sealed(
        &mut self,
        from_row: u32,
        each: &mut dyn FnMut(Document) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.walk(from_row, false, each)
    }

    fn walk(
        &mut self,
        from_row: u32,
        opened: bool,
        each: &mut dyn FnMut(Document) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let text = format!(
            "SELECT {} FROM account WHERE account_row >= $1 ORDER BY account_row LIMIT 1000",
            columns(Noun::Account)
        );
        let mut next = from_row;
        loop {
            let page = all(self.sql, &text, &[next.into()], |row| closed(Noun::Account, row))?;
            let Some(last) = page.last().and_then(|document| document.row) else { return Ok(()) };
            next = last.saturating_add(1);
            if opened {
                self.open_documents(Noun::Account, page)?.into_iter().try_for_each(&mut *each)?;
                continue;
            }
            for Closed { id, version, row, body, .. } in page {
                each(Document { id, version, row, body })?;
            }
        }
    }
}

impl Unit<'_> {
    /// The next row and account number; they are given back when the transaction is rolled back.
    ///
    /// Put the document with `account_row` and `number` as index values in the same unit.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn next_account(&mut self) -> Result<AccountPlace, Fault> {
        self.written = true;
        let text = "UPDATE counter SET value = value + 1 WHERE name = 'account' RETURNING value";
        let value = one(self.reader.sql, text, &[], |row| row.count(0))?;
        let number = value.ok_or_else(|| Fault::corrupt("the counter of accounts is missing"))?;
        let row = u32::try_from(number.saturating_sub(1));
        Ok(AccountPlace { row: row.map_err(|_| Fault::corrupt("too many accounts"))?, number })
    }

    /// Lets one transaction at a time bend a hierarchy: whoever comes second waits, and reads what the first one wrote.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn lock_hierarchy(&mut self) -> Result<(), Fault> {
        self.execute("UPDATE counter SET value = value + 1 WHERE name = 'hierarchy'", &[]).map(drop)
    }

    /// Gives a key to an account. Where the kind is `unique` and another account holds it, nothing is
    /// written and the holder is named.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn claim_key(
        &mut self,
        kind: &str,
        digest: &[u8],
        account_id: &str,
        unique: bool,
    ) -> Result<Option<String>, Fault> {
        let text = "INSERT INTO account_key (kind, digest, account_id, sole) VALUES ($1, $2, $3, $4) \
                    ON CONFLICT DO NOTHING";
        let sole = Param::Int(unique.into());
        let params = [kind.into(), digest.into(), account_id.into(), sole];
        if self.execute(text, &params)? == 1 || !unique {
            return Ok(None);
        }
        let holders = self.account_by_key(kind, digest)?;
        if holders.iter().any(|holder| holder == account_id) {
            return Ok(None);
        }
        Ok(holders.into_iter().next())
    }

    /// Takes a key from an account; says whether it had it.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn release_key(&mut self, kind: &str, digest: &[u8], account_id: &str) -> Result<bool, Fault> {
        let text = "DELETE FROM account_key WHERE kind = $1 AND digest = $2 AND account_id = $3";
        Ok(self.execute(text, &[kind.into(), digest.into(), account_id.into()])? > 0)
    }

    /// Takes all keys from an account, as its erasure does.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn release_keys(&mut self, account_id: &str) -> Result<u64, Fault> {
        self.execute("DELETE FROM account_key WHERE account_id = $1", &[account_id.into()])
    }
}
