//! What may be asked of a scorecard.

use serde::{Deserialize, Serialize};

use super::Origin;
use crate::approval::Operation;

/// A card with what it was trained from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trained {
    /// Its version: one more than the last.
    pub version: u64,
    /// The card as JSON, exactly as it was trained: bins, weights of evidence, coefficients, measures.
    pub card: String,
    /// Where its rows came from.
    pub origin: Origin,
    /// SHA-256 of the rows, in hexadecimal.
    pub data_sha256: String,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Keep a card that was trained.
    Keep(Box<Trained>),
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Keep(_) => Operation::ScorecardTrain,
        }
    }
}
