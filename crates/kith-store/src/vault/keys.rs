//! The vault's table: one wrapped key a data subject, NULL once it is destroyed.

use crate::dialect::Dialect;
use crate::fault::Fault;
use crate::sql::{Param, Row, Sql, one};

/// A stored key: `None` for one that was destroyed.
pub(super) type Wrapped = Option<Vec<u8>>;

const KEEP: &str = "INSERT INTO subject_key (subject, wrapped, destroyed) VALUES ($1, $2, 0) ON CONFLICT (subject) DO NOTHING";
const DESTROY: &str = "INSERT INTO subject_key (subject, wrapped, destroyed) VALUES ($1, NULL, 1) \
                       ON CONFLICT (subject) DO UPDATE SET wrapped = NULL, destroyed = 1";
const COUNT: &str = "INSERT INTO setting (name, value) VALUES ('erasures', '1') ON CONFLICT (name) \
                     DO UPDATE SET value = CAST(CAST(setting.value AS BIGINT) + 1 AS TEXT)";

/// What is stored of these subjects; those never met are left out.
pub(super) fn find(sql: &mut dyn Sql, subjects: &[String]) -> Result<Vec<(String, Wrapped)>, Fault> {
    let mut found = Vec::new();
    let mut keep = |row: &dyn Row| {
        found.push((row.text(0)?.to_owned(), row.maybe_blob(1)?.map(<[u8]>::to_vec)));
        Ok(())
    };
    match sql.dialect() {
        Dialect::Sqlite => {
            for subject in subjects {
                let text = "SELECT subject, wrapped FROM subject_key WHERE subject = $1";
                sql.query(text, &[subject.into()], &mut keep)?;
            }
        }
        Dialect::Postgres => {
            let asked: Vec<&str> = subjects.iter().map(String::as_str).collect();
            let text = "SELECT subject, wrapped FROM subject_key WHERE subject = ANY($1)";
            sql.query(text, &[Param::Texts(&asked)], &mut keep)?;
        }
    }
    Ok(found)
}

/// Runs several statements in one transaction.
fn together(sql: &mut dyn Sql, run: impl FnOnce(&mut dyn Sql) -> Result<(), Fault>) -> Result<(), Fault> {
    let begin = sql.dialect().begin_write();
    sql.batch(begin)?;
    let outcome = run(sql).and_then(|()| sql.batch("COMMIT"));
    if outcome.is_err() {
        // The first fault is the one to tell.
        drop(sql.batch("ROLLBACK"));
    }
    outcome
}

/// Stores keys durably; what is stored already stays.
pub(super) fn keep(sql: &mut dyn Sql, rows: &[(String, Vec<u8>)]) -> Result<(), Fault> {
    together(sql, |sql| match sql.dialect() {
        Dialect::Sqlite => rows.iter().try_for_each(|(subject, wrapped)| {
            sql.execute(KEEP, &[subject.into(), Param::Blob(wrapped)]).map(drop)
        }),
        Dialect::Postgres => {
            let subjects: Vec<&str> = rows.iter().map(|(subject, _)| subject.as_str()).collect();
            let keys: Vec<&[u8]> = rows.iter().map(|(_, wrapped)| wrapped.as_slice()).collect();
            let text = "INSERT INTO subject_key (subject, wrapped, destroyed) \
                        SELECT subject, wrapped, 0 FROM UNNEST($1::text[], $2::bytea[]) AS new (subject, wrapped) \
                        ORDER BY subject ON CONFLICT (subject) DO NOTHING";
            sql.execute(text, &[Param::Texts(&subjects), Param::Blobs(&keys)]).map(drop)
        }
    })
}

/// Destroys a key durably, in the table, its free pages and its log.
pub(super) fn destroy(sql: &mut dyn Sql, subject: &str) -> Result<(), Fault> {
    together(sql, |sql| {
        sql.execute(DESTROY, &[subject.into()])?;
        sql.execute(COUNT, &[]).map(drop)
    })?;
    if sql.dialect() == Dialect::Sqlite {
        // A reader, such as a backup, may hold the log for a moment; the connection waits for it.
        let busy = one(sql, "PRAGMA wal_checkpoint(TRUNCATE)", &[], |row| row.int(0))?;
        if busy != Some(0) {
            return Err(Fault::Busy);
        }
    }
    Ok(())
}

/// How many keys were destroyed so far, by any node.
pub(super) fn erasures(sql: &mut dyn Sql) -> Result<i64, Fault> {
    let text = "SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'erasures'";
    Ok(one(sql, text, &[], |row| row.int(0))?.unwrap_or(0))
}
