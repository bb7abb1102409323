//! What was looked at and what was refused: part of the audit trail beside the changes (D§5.3). STORED FORMAT: add
//! variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What somebody did without changing anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessAct {
    /// Read personal data of one thing.
    Read,
    /// Read personal data of many things.
    List,
    /// Took data away as a file.
    Export,
    /// Asked for something and was refused.
    Refused,
}

impl AccessAct {
    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::List => "list",
            Self::Export => "export",
            Self::Refused => "refused",
        }
    }
}

/// One access; the same again within a moment is counted, not repeated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// What was done.
    pub act: AccessAct,
    /// Of what: `account`, or the operation that was refused.
    pub what: String,
    /// Which one, for example `acc_…`; none for many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// Code of the refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// When, for the first time.
    pub at: Timestamp,
    /// How often.
    pub times: u32,
    /// How many records it showed, each time added.
    pub records: u64,
}

impl Access {
    /// Whether another access is the same again.
    #[must_use]
    pub fn repeats(&self, other: &Self) -> bool {
        (self.act, &self.what, &self.object, &self.code)
            == (other.act, &other.what, &other.object, &other.code)
    }
}

/// The stored kind of the record that holds them.
pub const ACCESS_KIND: &str = "access.noted.v1";

/// What one actor did through one door within a moment: the body of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accesses {
    /// Each access, in order of time.
    pub accesses: Vec<Access>,
}
