//! Brings a schema up to date: forward only, each step in its own transaction, newer schemas refused.

use crate::dialect::Dialect;
use crate::fault::Fault;
use crate::sql::{Sql, one};

/// One step.
pub(crate) struct Migration {
    /// Both databases run it.
    shared: &'static str,
    /// PostgreSQL runs it afterwards.
    postgres: &'static str,
}

/// The steps of the main database; the first makes schema 1.
pub(crate) const MAIN: &[Migration] = &[Migration {
    shared: include_str!("../migrations/0001_first.sql"),
    postgres: include_str!("../migrations/0001_first.postgres.sql"),
}];

/// The steps of the vault's database.
pub(crate) const KEYS: &[Migration] =
    &[Migration { shared: include_str!("../migrations/keys_0001_first.sql"), postgres: "" }];

const SETTING: &str = "CREATE TABLE IF NOT EXISTS setting (name {key} PRIMARY KEY, value TEXT NOT NULL)";

/// The schema that a database has: 0 when it is empty.
pub(crate) fn schema(sql: &mut dyn Sql) -> Result<u32, Fault> {
    let dialect = sql.dialect();
    let has_setting = one(sql, dialect.has_table(), &["setting".into()], |row| row.int(0))?;
    if has_setting != Some(1) {
        return Ok(0);
    }
    let text = "SELECT value FROM setting WHERE name = 'schema'";
    let found = one(sql, text, &[], |row| row.text(0).map(str::to_owned))?;
    let Some(found) = found else { return Ok(0) };
    found.parse().map_err(|_| Fault::corrupt("the schema's number"))
}

/// Runs the steps that the database has not had.
///
/// # Errors
/// [`Fault::Newer`] when it has more steps than this build knows.
pub(crate) fn run(sql: &mut dyn Sql, steps: &[Migration]) -> Result<(), Fault> {
    let known = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    loop {
        let found = schema(sql)?;
        if found > known {
            return Err(Fault::Newer { found, known });
        }
        if found == known {
            return Ok(());
        }
        let dialect = sql.dialect();
        sql.batch(dialect.begin_write())?;
        let outcome = step(sql, steps);
        if outcome.is_err() {
            // The first fault is the one to tell.
            drop(sql.batch("ROLLBACK"));
        }
        outcome?;
        sql.batch("COMMIT")?;
    }
}

fn step(sql: &mut dyn Sql, steps: &[Migration]) -> Result<(), Fault> {
    let dialect = sql.dialect();
    sql.batch(dialect.lock_schema())?;
    // Another node may have done it while this one waited for the lock.
    let found = schema(sql)?;
    let Some(step) = usize::try_from(found).ok().and_then(|place| steps.get(place)) else { return Ok(()) };
    sql.batch(&dialect.schema(SETTING))?;
    sql.batch(&dialect.schema(step.shared))?;
    if dialect == Dialect::Postgres {
        sql.batch(&dialect.schema(step.postgres))?;
    }
    let number = found.saturating_add(1).to_string();
    let text = "INSERT INTO setting (name, value) VALUES ('schema', $1) \
                ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    sql.execute(text, &[(&number).into()]).map(drop)
}
