//! What happened to a document. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Decision, DocumentKind, RetentionClass};
use crate::value::{AccountId, DocumentId, Personal, UserId};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It came in.
    Received {
        /// The id.
        id: DocumentId,
        /// Whose it is.
        account: AccountId,
        /// What kind.
        kind: DocumentKind,
        /// The name of the file.
        name: Personal<String>,
        /// Media type.
        mime: String,
        /// Length in bytes.
        size: u64,
        /// Where its content is kept.
        digest: String,
        /// SHA-256 of the content.
        sha256: Personal<String>,
        /// Whether its content was found to fit its media type.
        scanned: bool,
        /// The first document of the account with the same content.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        duplicate_of: Option<DocumentId>,
        /// Day of issue.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        issued_on: Option<Date>,
        /// Last day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_on: Option<Date>,
        /// How long it is kept.
        retention: RetentionClass,
        /// Who brought it.
        by: Option<UserId>,
        /// When.
        at: Timestamp,
    },
    /// It was verified or rejected.
    Decided {
        /// By whom, and how.
        decision: Decision,
    },
    /// It is held, or no longer.
    LegalHoldSet {
        /// Whether it is held.
        on: bool,
        /// Why.
        reason: String,
        /// When.
        at: Timestamp,
    },
    /// It was deleted.
    Deleted {
        /// When.
        at: Timestamp,
    },
}
