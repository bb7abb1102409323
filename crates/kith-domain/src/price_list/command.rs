//! What may be asked of a price list.

use serde::{Deserialize, Serialize};

use super::{PriceListDraft, PriceListKind};
use crate::approval::Operation;

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Create it.
    Create {
        /// List or group.
        kind: PriceListKind,
        /// Its code.
        code: String,
        /// Its members as given.
        draft: Box<PriceListDraft>,
    },
    /// Change it. Everything in the draft, or nothing.
    Update {
        /// Its members as given.
        draft: Box<PriceListDraft>,
    },
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Create { .. } => Operation::PriceListCreate,
            Self::Update { .. } => Operation::PriceListUpdate,
        }
    }
}
