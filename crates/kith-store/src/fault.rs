//! Why the store could not find out: never a rule, always the world.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// What lies beneath a fault; kept for the log, never shown to a caller.
#[derive(Clone)]
pub struct Cause(Arc<dyn Error + Send + Sync>);

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The store could not do it. Says nothing personal; the cause is behind [`Error::source`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Fault {
    /// The queue is full; nothing was done, ask again later.
    Busy,
    /// The database cannot be reached, its disk is full, or it could not read or write.
    Unavailable(Cause),
    /// Someone else wrote meanwhile, also after trying again; nothing was done.
    Conflict,
    /// What is stored is not what was written.
    Corrupt {
        /// What is wrong, and where.
        what: String,
    },
    /// The database was written by a newer Kith.
    Newer {
        /// Schema of the database.
        found: u32,
        /// Newest schema that this build knows.
        known: u32,
    },
    /// The secrets file belongs to another store, is damaged or is open to others.
    Secrets {
        /// What is wrong with it.
        what: String,
    },
    /// There is a store already.
    Exists,
    /// There is no store.
    Absent,
    /// Another process has this data directory open.
    InUse,
    /// The database is not set up as durability needs it.
    Setup {
        /// What was found, and what is needed.
        what: String,
    },
    /// The store was closed, or a commit failed: nothing more is written until the next start.
    Stopped,
    /// A job panicked; nothing of it was kept.
    Panicked,
    /// Asked for what this database does not offer.
    Unsupported {
        /// What was asked.
        what: &'static str,
    },
}

impl Fault {
    /// A fault of the world with what lies beneath.
    pub fn unavailable(cause: impl Error + Send + Sync + 'static) -> Self {
        Self::Unavailable(Cause(Arc::new(cause)))
    }

    /// A failure of randomness or of a cipher, which tell nothing more.
    pub(crate) fn ring(_: ring::error::Unspecified) -> Self {
        Self::unavailable(std::io::Error::other("the system's randomness or a cipher failed"))
    }

    /// Stored bytes that are not what was written.
    pub fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt { what: what.into() }
    }

    /// Whether asking again later can help.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Busy | Self::Unavailable(_) | Self::Conflict)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy => f.write_str("the store is busy"),
            Self::Unavailable(_) => f.write_str("the store is not available"),
            Self::Conflict => f.write_str("the record was changed meanwhile"),
            Self::Corrupt { what } => write!(f, "the store is damaged: {what}"),
            Self::Newer { found, known } => write!(
                f,
                "the database has schema {found}, this build knows up to {known}: start a newer Kith"
            ),
            Self::Secrets { what } => write!(f, "the secrets file cannot be used: {what}"),
            Self::Exists => f.write_str("there is a store already"),
            Self::Absent => f.write_str("there is no store here"),
            Self::InUse => f.write_str("another process has this data directory open"),
            Self::Setup { what } => write!(f, "the database is not set up for durable writes: {what}"),
            Self::Stopped => f.write_str("the store has stopped writing"),
            Self::Panicked => f.write_str("a write broke off"),
            Self::Unsupported { what } => write!(f, "this database does not offer {what}"),
        }
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unavailable(cause) => Some(cause.0.as_ref()),
            _ => None,
        }
    }
}
