//! What may be asked of a saved mapping.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::approval::Operation;
use crate::value::MappingId;

/// What a mapping says; the fields have the names of map files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// The name people give it.
    pub name: String,
    /// The system that the external ids are of.
    pub system: Option<String>,
    /// Header to field, to `metadata.<name>`, or to `ignore`.
    pub columns: BTreeMap<String, String>,
    /// Field to a value that every row gets.
    pub constants: BTreeMap<String, String>,
    /// Field to a text with `{Header}` places.
    pub templates: BTreeMap<String, String>,
    /// Field to words of the other system and what they mean.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// Leaves out every column that is not named.
    pub only: bool,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Save it, new or again.
    Save {
        /// The mapping's id.
        id: MappingId,
        /// What it says.
        rules: Box<Rules>,
    },
    /// Delete it.
    Delete,
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Save { .. } => Operation::MappingSave,
            Self::Delete => Operation::MappingDelete,
        }
    }
}
