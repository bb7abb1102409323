//! The state of a touchpoint in quarantine.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Event, Suspect};
use crate::context::Actor;
use crate::value::Personal;

/// Where it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuarantineState {
    /// For a person, or for its account to exist.
    #[default]
    Waiting,
    /// Folded after all.
    Replayed,
    /// Taken instead of the one that stood.
    Accepted,
    /// Thrown away.
    Discarded,
}

impl QuarantineState {
    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Replayed => "replayed",
            Self::Accepted => "accepted",
            Self::Discarded => "discarded",
        }
    }
}

/// A touchpoint in quarantine.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quarantine {
    /// The touchpoint, and why it is here.
    pub suspect: Suspect,
    /// Where it stands.
    pub state: QuarantineState,
    /// When it came; `None` before that.
    pub held_at: Option<Timestamp>,
    /// Who decided.
    pub decided_by: Option<Actor>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why.
    pub reason: Option<Personal<String>>,
}

impl Quarantine {
    /// Whether it was put into quarantine.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.held_at.is_some()
    }

    /// Whether it stands against a touchpoint of the same source and id.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.suspect.code == "conflict"
    }

    pub(super) fn apply(&mut self, event: &Event) {
        let (state, by, at, reason) = match event {
            Event::Held { suspect, at } => {
                self.suspect.clone_from(suspect);
                self.held_at = Some(*at);
                return;
            }
            Event::Accepted { by, at, reason } => (QuarantineState::Accepted, by, at, reason.clone()),
            Event::Replayed { by, at } => (QuarantineState::Replayed, by, at, None),
            Event::Discarded { by, at, reason } => (QuarantineState::Discarded, by, at, Some(reason.clone())),
        };
        self.state = state;
        self.decided_by = Some(by.clone());
        self.decided_at = Some(*at);
        self.reason = reason;
    }
}
