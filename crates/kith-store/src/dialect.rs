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
    /// Turns a migration's placeholders into what the database understands.
    pub(crate) fn schema(self, text: &str) -> String {
        let words = match self {
            Self::Sqlite => [
                ("{position}", "INTEGER PRIMARY KEY"),
                ("{blob}", "BLOB"),
                ("{key}", "TEXT"),
                ("{compact}", "WITHOUT ROWID"),
                ("{genesis}", "zeroblob(32)"),
                ("{empty}", "x''"),
            ],
            Self::Postgres => [
                ("{position}", "BIGINT PRIMARY KEY"),
                ("{blob}", "BYTEA"),
                ("{key}", "TEXT COLLATE \"C\""),
                ("{compact}", ""),
                ("{genesis}", "decode(repeat('00', 32), 'hex')"),
                ("{empty}", "''::bytea"),
            ],
        };
        words.iter().fold(text.to_owned(), |text, (word, meant)| text.replace(word, meant))
    }

    /// Begins a transaction that will write.
    pub(crate) fn begin_write(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN ISOLATION LEVEL READ COMMITTED",
        }
    }

    /// Begins a transaction that reads one snapshot.
    pub(crate) fn begin_read(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN DEFERRED",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// Lets one node migrate at a time, until the transaction ends.
    pub(crate) fn lock_schema(self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT 1",
            Self::Postgres => "SELECT pg_advisory_xact_lock(7024127)",
        }
    }

    /// Whether a table of this name exists; `$1` is the name.
    pub(crate) fn has_table(self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1",
            Self::Postgres => {
                "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1"
            }
        }
    }
}
