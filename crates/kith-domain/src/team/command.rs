//! What may be asked of a team.

use serde::{Deserialize, Serialize};

use super::TeamDraft;
use crate::approval::Operation;
use crate::value::UserId;

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Create it.
    Create {
        /// Its code.
        code: String,
        /// Its members as given.
        draft: Box<TeamDraft>,
    },
    /// Change it. Everything in the draft, or nothing.
    Update {
        /// What is given.
        draft: Box<TeamDraft>,
    },
    /// Take somebody in.
    AddMember {
        /// Who.
        user: UserId,
    },
    /// Let somebody go.
    RemoveMember {
        /// Who.
        user: UserId,
    },
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Create { .. } => Operation::TeamCreate,
            Self::Update { .. } | Self::AddMember { .. } | Self::RemoveMember { .. } => Operation::TeamUpdate,
        }
    }
}
