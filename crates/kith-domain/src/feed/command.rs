//! What may be asked of a feed.

use serde::{Deserialize, Serialize};

use crate::approval::Operation;
use crate::import::Options;
use crate::value::{EntityCode, FeedId};

/// How the files of a feed are imported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Plan {
    /// Its name, which is its address: 1 to 64 of a–z, 0–9, `-` and `_`.
    pub name: String,
    /// `csv`, `xlsx` or `iif`; told by the content when absent.
    pub format: Option<String>,
    /// The system that the external ids are of; the feed's name when absent.
    pub source_system: Option<String>,
    /// The entity that owns rows without one.
    pub entity: Option<EntityCode>,
    /// How each file is imported.
    pub options: Options,
    /// Whether the folder of this name in the data directory is watched.
    pub watched: bool,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Save it, new or again.
    Save {
        /// The feed's id.
        id: FeedId,
        /// How its files are imported.
        plan: Box<Plan>,
    },
    /// Delete it: no more files are taken.
    Delete,
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Save { .. } => Operation::FeedSave,
            Self::Delete => Operation::FeedDelete,
        }
    }
}
