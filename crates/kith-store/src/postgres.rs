//! PostgreSQL: a connection that comes back after a restart of the server, and statements on it.

use std::collections::HashMap;
use std::error::Error;
use std::fmt;

use bytes::BytesMut;
use postgres::error::SqlState;
use postgres::fallible_iterator::FallibleIterator as _;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, Config, NoTls, Statement};

use crate::dialect::Dialect;
use crate::fault::Fault;
use crate::sql::{EachRow, Param, Row, Sql};

/// A connection to one database.
pub(crate) struct Postgres {
    config: Config,
    schema: Option<&'static str>,
    client: Client,
    statements: HashMap<String, Statement>,
}

/// What the server said: its code and sentence, without the row that it may quote in the detail.
#[derive(Debug)]
struct Said {
    code: String,
    message: String,
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgreSQL {}: {}", self.code, self.message)
    }
}

impl Error for Said {}

/// What PostgreSQL said, as a fault.
fn fault(error: postgres::Error) -> Fault {
    let Some(said) = error.as_db_error() else { return Fault::unavailable(error) };
    let again =
        [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::UNIQUE_VIOLATION];
    if again.contains(said.code()) {
        return Fault::Conflict;
    }
    Fault::unavailable(Said { code: said.code().code().to_owned(), message: said.message().to_owned() })
}

impl Postgres {
    /// Connects and checks that commits will be durable. `schema` is where its tables lie.
    pub(crate) fn connect(url: &str, schema: Option<&'static str>) -> Result<Self, Fault> {
        let config: Config = url.parse().map_err(fault)?;
        let client = Self::client(&config, schema)?;
        Ok(Self { config, schema, client, statements: HashMap::new() })
    }

    fn client(config: &Config, schema: Option<&'static str>) -> Result<Client, Fault> {
        let mut client = config.connect(NoTls).map_err(fault)?;
        for (name, wrong) in [("fsync", "off"), ("synchronous_commit", "off"), ("full_page_writes", "off")] {
            let row = client.query_one(&format!("SHOW {name}"), &[]).map_err(fault)?;
            let value: String = row.try_get(0).map_err(fault)?;
            if value == wrong {
                return Err(Fault::Setup { what: format!("PostgreSQL has {name} = {value}") });
            }
        }
        client
            .batch_execute(
                "SET client_min_messages = warning; SET idle_in_transaction_session_timeout = '60s'",
            )
            .map_err(fault)?;
        if let Some(schema) = schema {
            let made = client.batch_execute(&format!("CREATE SCHEMA IF NOT EXISTS {schema}"));
            // Two nodes that start at once may both try; one of them wins.
            let lost = |error: &postgres::Error| error.code() == Some(&SqlState::UNIQUE_VIOLATION);
            made.or_else(|error| if lost(&error) { Ok(()) } else { Err(fault(error)) })?;
            client.batch_execute(&format!("SET search_path TO {schema}")).map_err(fault)?;
        }
        Ok(client)
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement, Fault> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql).map_err(fault)?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

impl ToSql for Param<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(value) => value.to_sql(kind, out),
            Self::Text(text) => text.to_sql(kind, out),
            Self::Blob(bytes) => bytes.to_sql(kind, out),
            Self::Ints(values) => values.to_sql(kind, out),
            Self::Texts(texts) => texts.to_sql(kind, out),
            Self::MaybeTexts(texts) => texts.to_sql(kind, out),
            Self::Blobs(blobs) => blobs.to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

struct PostgresRow(postgres::Row);

impl Row for PostgresRow {
    fn maybe_int(&self, column: usize) -> Result<Option<i64>, Fault> {
        self.0.try_get(column).map_err(fault)
    }

    fn maybe_text(&self, column: usize) -> Result<Option<&str>, Fault> {
        self.0.try_get(column).map_err(fault)
    }

    fn maybe_blob(&self, column: usize) -> Result<Option<&[u8]>, Fault> {
        self.0.try_get(column).map_err(fault)
    }
}

fn values<'a>(params: &'a [Param<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    params.iter().map(|param| -> &(dyn ToSql + Sync) { param }).collect()
}

impl Sql for Postgres {
    fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64, Fault> {
        let statement = self.prepared(sql)?;
        self.client.execute(&statement, &values(params)).map_err(fault)
    }

    fn query(&mut self, sql: &str, params: &[Param<'_>], each: &mut EachRow<'_>) -> Result<(), Fault> {
        let statement = self.prepared(sql)?;
        let mut rows = self.client.query_raw(&statement, values(params)).map_err(fault)?;
        while let Some(row) = rows.next().map_err(fault)? {
            each(&PostgresRow(row))?;
        }
        Ok(())
    }

    fn batch(&mut self, sql: &str) -> Result<(), Fault> {
        self.client.batch_execute(sql).map_err(fault)
    }

    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn ready(&mut self) -> Result<(), Fault> {
        if self.client.is_closed() {
            self.statements.clear();
            self.client = Self::client(&self.config, self.schema)?;
        }
        Ok(())
    }
}
