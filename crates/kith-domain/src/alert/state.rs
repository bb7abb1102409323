//! The state of an alert.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Event, Finding};
use crate::context::Actor;
use crate::value::Personal;

/// Where it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertState {
    /// Nobody looks at it yet.
    #[default]
    Open,
    /// Somebody does.
    Acknowledged,
    /// Settled, or cleared.
    Closed,
}

impl AlertState {
    /// The code on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Acknowledged => "acknowledged",
            Self::Closed => "closed",
        }
    }
}

/// What an alert turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertOutcome {
    /// Fraud.
    ConfirmedFraud,
    /// An ordinary act of the customer.
    Legitimate,
    /// A mistake of the customer's.
    CustomerError,
}

impl AlertOutcome {
    /// All outcomes.
    pub const ALL: [Self; 3] = [Self::ConfirmedFraud, Self::Legitimate, Self::CustomerError];

    /// The code on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConfirmedFraud => "confirmed_fraud",
            Self::Legitimate => "legitimate",
            Self::CustomerError => "customer_error",
        }
    }

    /// Whether it was worth somebody's time.
    #[must_use]
    pub const fn was_worth(self) -> bool {
        !matches!(self, Self::Legitimate)
    }
}

/// Something about an account that is not as it should be.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Alert {
    /// What is known of it; none before it was raised.
    pub finding: Option<Finding>,
    /// Where it stands.
    pub state: AlertState,
    /// When it was raised first.
    pub raised_at: Option<Timestamp>,
    /// Who looks at it.
    pub acknowledged_by: Option<Actor>,
    /// Since when.
    pub acknowledged_at: Option<Timestamp>,
    /// Who settled it; none for one that ended by itself.
    pub closed_by: Option<Actor>,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
    /// What it was.
    pub outcome: Option<AlertOutcome>,
    /// In words.
    pub comment: Option<Personal<String>>,
}

impl Alert {
    /// Whether its cause ended before anybody settled it.
    #[must_use]
    pub fn was_cleared(&self) -> bool {
        self.state == AlertState::Closed && self.outcome.is_none()
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Raised { finding, at } => {
                if self.state == AlertState::Closed {
                    // What was cleared has come back.
                    *self = Self::default();
                }
                self.finding = Some((**finding).clone());
                self.raised_at = self.raised_at.or(Some(*at));
            }
            Event::Cleared { at } => {
                self.state = AlertState::Closed;
                self.closed_at = Some(*at);
            }
            Event::Acknowledged { by, at } => {
                self.state = AlertState::Acknowledged;
                self.acknowledged_by = Some(by.clone());
                self.acknowledged_at = Some(*at);
            }
            Event::Closed { by, at, outcome, comment } => {
                self.state = AlertState::Closed;
                self.closed_by = Some(by.clone());
                self.closed_at = Some(*at);
                self.outcome = Some(*outcome);
                self.comment.clone_from(comment);
            }
        }
    }
}
