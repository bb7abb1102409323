//! What may be asked of a document.

use serde::{Deserialize, Serialize};

use crate::approval::Operation;
use crate::value::{AccountId, DocumentId, Personal};

/// A document as it came in. Texts are as given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The new document's id.
    pub id: DocumentId,
    /// Whose it is.
    pub account: AccountId,
    /// What kind, a code.
    pub kind: String,
    /// The name of the file, sealed under the account.
    pub name: Personal<String>,
    /// Its media type.
    pub mime: String,
    /// Its length in bytes.
    pub size: u64,
    /// Where its content is kept: a keyed digest, which cannot be guessed from the content.
    pub digest: String,
    /// SHA-256 of the content, hexadecimal, sealed under the account.
    pub sha256: Personal<String>,
    /// Whether the content begins as its media type says; nothing where that cannot be told.
    pub fits: Option<bool>,
    /// Day of issue.
    pub issued_on: Option<String>,
    /// Last day on which it is good.
    pub expires_on: Option<String>,
    /// How long it is kept, a code; by its kind when absent.
    pub retention: Option<String>,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Take it in.
    Receive(Box<Received>),
    /// Somebody looked at it and it is what it should be.
    Verify,
    /// Somebody looked at it and it is not.
    Reject {
        /// Why.
        reason: String,
    },
    /// Hold it for legal reasons, or let it go.
    SetLegalHold {
        /// Whether it is held.
        on: bool,
        /// Why.
        reason: String,
    },
    /// Delete it.
    Delete,
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Receive(_) => Operation::DocumentReceive,
            Self::Verify | Self::Reject { .. } | Self::SetLegalHold { .. } => Operation::DocumentDecide,
            Self::Delete => Operation::DocumentDelete,
        }
    }
}
