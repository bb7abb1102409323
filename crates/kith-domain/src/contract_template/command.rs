//! What may be asked of a contract template.

use serde::{Deserialize, Serialize};

use super::TemplateDraft;
use crate::approval::Operation;

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Save it: a new template, or a new version of one.
    Save {
        /// Its code, for example `rates_2027`.
        code: String,
        /// The content as given.
        draft: Box<TemplateDraft>,
    },
    /// Draft nothing from it any more.
    Retire,
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Save { .. } => Operation::ContractTemplateSave,
            Self::Retire => Operation::ContractTemplateRetire,
        }
    }
}
