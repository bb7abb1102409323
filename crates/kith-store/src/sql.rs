//! The little SQL that both databases understand: statements with `$1 …` in ascending order, and rows.

use crate::dialect::Dialect;
use crate::fault::Fault;

/// A value bound to a statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Param<'a> {
    /// SQL NULL.
    Null,
    /// A whole number (`BIGINT`).
    Int(i64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Blob(&'a [u8]),
    /// An array of whole numbers; PostgreSQL only.
    Ints(&'a [i64]),
    /// An array of texts; PostgreSQL only.
    Texts(&'a [&'a str]),
    /// An array of texts or NULLs; PostgreSQL only.
    MaybeTexts(&'a [Option<&'a str>]),
    /// An array of bytes; PostgreSQL only.
    Blobs(&'a [&'a [u8]]),
}

impl From<i64> for Param<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<u32> for Param<'_> {
    fn from(value: u32) -> Self {
        Self::Int(value.into())
    }
}

impl<'a> From<&'a str> for Param<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a String> for Param<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a [u8]> for Param<'a> {
    fn from(value: &'a [u8]) -> Self {
        Self::Blob(value)
    }
}

impl<'a, T: Into<Param<'a>>> From<Option<T>> for Param<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// One row of an answer; columns count from 0.
pub(crate) trait Row {
    /// A whole number, `None` for NULL.
    fn maybe_int(&self, column: usize) -> Result<Option<i64>, Fault>;
    /// A text, `None` for NULL.
    fn maybe_text(&self, column: usize) -> Result<Option<&str>, Fault>;
    /// Bytes, `None` for NULL.
    fn maybe_blob(&self, column: usize) -> Result<Option<&[u8]>, Fault>;

    /// A whole number that is never NULL.
    fn int(&self, column: usize) -> Result<i64, Fault> {
        self.maybe_int(column)?.ok_or_else(|| missing(column))
    }
    /// A count or a position: a whole number that is never NULL nor negative.
    fn count(&self, column: usize) -> Result<u64, Fault> {
        u64::try_from(self.int(column)?).map_err(|_| Fault::corrupt(format!("column {column} is negative")))
    }
    /// A text that is never NULL.
    fn text(&self, column: usize) -> Result<&str, Fault> {
        self.maybe_text(column)?.ok_or_else(|| missing(column))
    }
    /// Bytes that are never NULL.
    fn blob(&self, column: usize) -> Result<&[u8], Fault> {
        self.maybe_blob(column)?.ok_or_else(|| missing(column))
    }
}

fn missing(column: usize) -> Fault {
    Fault::corrupt(format!("column {column} is missing"))
}

/// What [`Sql::query`] calls for every row.
pub(crate) type EachRow<'a> = dyn FnMut(&dyn Row) -> Result<(), Fault> + 'a;

/// What [`Sql::execute_each`] is given to call with the values of every row.
pub(crate) type EachValues<'a> = dyn FnMut(&[Param<'_>]) -> Result<(), Fault> + 'a;

/// A connection inside a transaction.
pub(crate) trait Sql {
    /// Runs a statement; says how many rows it changed.
    fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64, Fault>;
    /// Runs one statement many times: prepared once, then run with the values that `rows` calls with.
    fn execute_each(
        &mut self,
        sql: &str,
        rows: &mut dyn FnMut(&mut EachValues<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        rows(&mut |params| self.execute(sql, params).map(drop))
    }
    /// Asks; calls `each` for every row in order.
    fn query(&mut self, sql: &str, params: &[Param<'_>], each: &mut EachRow<'_>) -> Result<(), Fault>;
    /// Runs several statements without values.
    fn batch(&mut self, sql: &str) -> Result<(), Fault>;
    /// Which database it is.
    fn dialect(&self) -> Dialect;
    /// Connects again where the connection was lost; called outside of transactions only.
    fn ready(&mut self) -> Result<(), Fault> {
        Ok(())
    }
}

/// Asks for at most one row.
pub(crate) fn one<T>(
    sql: &mut (dyn Sql + '_),
    text: &str,
    params: &[Param<'_>],
    mut read: impl FnMut(&dyn Row) -> Result<T, Fault>,
) -> Result<Option<T>, Fault> {
    let mut found = None;
    sql.query(text, params, &mut |row| {
        if found.is_none() {
            found = Some(read(row)?);
        }
        Ok(())
    })?;
    Ok(found)
}

/// Asks for all rows.
pub(crate) fn all<T>(
    sql: &mut (dyn Sql + '_),
    text: &str,
    params: &[Param<'_>],
    mut read: impl FnMut(&dyn Row) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let mut found = Vec::new();
    sql.query(text, params, &mut |row| {
        found.push(read(row)?);
        Ok(())
    })?;
    Ok(found)
}

/// A count or position as the databases keep it.
pub(crate) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
