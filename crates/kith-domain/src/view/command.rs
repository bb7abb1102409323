//! What may be asked of a saved view.

use serde::{Deserialize, Serialize};

use crate::approval::Operation;
use crate::value::ViewId;

/// What a view shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Layout {
    /// The name people give it.
    pub name: String,
    /// Whether others see it.
    pub shared: bool,
    /// The question it came from, in words.
    pub question: Option<String>,
    /// The filter, in the filter language; empty for all.
    pub filter: String,
    /// The sort, for example `-churn_risk,name`; empty for the default.
    pub sort: String,
    /// The fields shown; empty for the default.
    pub columns: Vec<String>,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Save it, new or again.
    Save {
        /// The view's id.
        id: ViewId,
        /// What it shows.
        layout: Layout,
    },
    /// Delete it.
    Delete,
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Save { .. } => Operation::ViewSave,
            Self::Delete => Operation::ViewDelete,
        }
    }
}
