//! What may be asked of a saved view.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::approval::Operation;
use crate::value::ViewId;

/// What a view shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Layout {
    /// The name people give it.
    pub name: String,
    /// Whether everybody sees it.
    pub shared: bool,
    /// The code of a team whose members see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// Whether it stands in the navigation of whoever sees it.
    pub pinned: bool,
    /// It is how its owner's list looks while no view is open: it stands in no list, and nobody else sees it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub usual: bool,
    /// The question it came from, in words.
    pub question: Option<String>,
    /// The filter, in the filter language; empty for all.
    pub filter: String,
    /// The sort, for example `-churn_risk,name`; empty for the default.
    pub sort: String,
    /// The fields shown; empty for the default.
    pub columns: Vec<String>,
    /// Widths of columns in pixels, where they were set.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub widths: BTreeMap<String, u16>,
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
