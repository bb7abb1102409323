//! What happened to a contract template. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ContractTemplate;

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was saved: the whole of it as it is now.
    Saved {
        /// The template.
        template: Box<ContractTemplate>,
    },
    /// Nothing is drafted from it any more.
    Retired {
        /// When.
        at: Timestamp,
    },
}
