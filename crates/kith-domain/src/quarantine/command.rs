//! What may be asked of a touchpoint in quarantine.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::approval::Operation;
use crate::value::{Personal, QuarantineId, UserId};

/// A touchpoint that could not be folded, and why.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Suspect {
    /// The item's id.
    pub id: QuarantineId,
    /// Stable code, for example `subject_unknown`, `member_invalid`, `conflict`.
    pub code: String,
    /// A sentence, without personal data.
    pub detail: String,
    /// JSON Pointer into the event, where one member is at fault.
    pub pointer: Option<String>,
    /// `source` of the event.
    pub source: String,
    /// `id` of the event.
    pub external_id: String,
    /// `subject` of the event, sealed under the item: it can be an e-mail address.
    pub subject: Option<Personal<String>>,
    /// The event itself, sealed under the item.
    pub event: Option<Personal<Value>>,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Put it into quarantine.
    Hold(Box<Suspect>),
    /// Of two in conflict, take this one instead of the one that stands.
    Accept {
        /// Why.
        reason: Option<Personal<String>>,
    },
    /// It can be folded now, for example because its account exists.
    Replay,
    /// It is wrong in a way that is known: this is what it should say. It is replayed afterwards.
    Repair {
        /// The whole event as it should be, of the same source and id; sealed under the item.
        event: Personal<Value>,
        /// Why; required.
        reason: Option<Personal<String>>,
    },
    /// Somebody looks after it.
    Assign {
        /// Who; `None` for nobody.
        to: Option<UserId>,
    },
    /// It is not wanted.
    Discard {
        /// Why; required.
        reason: Option<Personal<String>>,
    },
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Hold(_) => Operation::QuarantineHold,
            Self::Accept { .. }
            | Self::Replay
            | Self::Repair { .. }
            | Self::Assign { .. }
            | Self::Discard { .. } => Operation::QuarantineDecide,
        }
    }
}
