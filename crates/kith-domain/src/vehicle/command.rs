//! What may be asked of a vehicle.

use serde::{Deserialize, Serialize};

use super::VehicleDraft;
use crate::approval::Operation;
use crate::value::VehicleId;

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Add it.
    Add {
        /// The new vehicle's id.
        id: VehicleId,
        /// Its members as given.
        draft: Box<VehicleDraft>,
    },
    /// Change it. Everything in the draft, or nothing.
    Update {
        /// Its members as given.
        draft: Box<VehicleDraft>,
    },
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Add { .. } => Operation::VehicleAdd,
            Self::Update { .. } => Operation::VehicleUpdate,
        }
    }

    pub(super) fn draft(&self) -> &VehicleDraft {
        match self {
            Self::Add { draft, .. } | Self::Update { draft } => draft,
        }
    }
}
