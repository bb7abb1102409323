//! The state of a scorecard.

use jiff::Timestamp;
use jiff::civil::Date;
use kith_risk::scorecard::Card;
use serde::{Deserialize, Serialize};

use super::Event;
use crate::context::Actor;

/// Where the rows of a card came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A file.
    File {
        /// Its name, where it has one.
        name: Option<String>,
    },
    /// Kith's own history of its accounts.
    History {
        /// The day on which the accounts were looked at.
        observed_on: Date,
        /// The days after it in which they turned out.
        outcome_days: u16,
    },
}

/// One version of the company's scorecard. It never changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Scorecard {
    /// Its version; 0 before it was trained.
    pub version: u64,
    /// The card as JSON.
    pub card: String,
    /// Where its rows came from.
    pub origin: Option<Origin>,
    /// SHA-256 of the rows.
    pub data_sha256: String,
    /// Who trained it.
    pub trained_by: Option<Actor>,
    /// When.
    pub trained_at: Option<Timestamp>,
}

impl Scorecard {
    /// Whether it was trained.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.version > 0
    }

    /// The card; nothing where what is stored is none.
    #[must_use]
    pub fn read(&self) -> Option<Card> {
        serde_json::from_str(&self.card).ok()
    }

    pub(super) fn apply(&mut self, event: &Event) {
        let Event::Trained { trained, by, at } = event;
        self.version = trained.version;
        self.card.clone_from(&trained.card);
        self.origin = Some(trained.origin.clone());
        self.data_sha256.clone_from(&trained.data_sha256);
        self.trained_by = Some(by.clone());
        self.trained_at = Some(*at);
    }
}
