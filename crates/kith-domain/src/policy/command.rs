//! What may be asked of the policy.

use serde::{Deserialize, Serialize};

use super::Rules;
use crate::approval::Operation;

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Hold by these rules from now on.
    Set {
        /// The rules, all of them.
        rules: Box<Rules>,
    },
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Set { .. } => Operation::PolicySet,
        }
    }
}
