//! Everything that differs between SQLite and PostgreSQL in SQL text, and nothing else.

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Embedded, one writer.
    Sqlite,
    /// A server, several nodes.
    Postgres,
}

impl Dialect {
    /// Turns a migration's placeholders into the column types of the database.
    pub(crate) fn schema(self, text: &str) -> String {
        let (position, blob, compact) = match self {
            Self::Sqlite => ("INTEGER PRIMARY KEY", "BLOB", "WITHOUT ROWID"),
            Self::Postgres => ("BIGINT PRIMARY KEY", "BYTEA", ""),
        };
        text.replace("{position}", position).replace("{blob}", blob).replace("{compact}", compact)
    }
}
