//! What happened to a vehicle. STORED FORMAT: add variants and optional members, never change one.

use serde::{Deserialize, Serialize};

use super::Vehicle;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was added.
    Added {
        /// All of it.
        vehicle: Box<Vehicle>,
    },
    /// It was changed.
    Updated {
        /// All of it, as it is now.
        vehicle: Box<Vehicle>,
    },
}
