//! The state of a touchpoint in quarantine.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Event, Suspect};
use crate::context::Actor;
use crate::value::{Personal, UserId};

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
    /// Who looks after it.
    pub assignee: Option<UserId>,
    /// Who repaired it last.
    pub repaired_by: Option<Actor>,
    /// When.
    pub repaired_at: Option<Timestamp>,
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
            Event::Repaired { by, at, event, subject, reason } => {
                self.suspect.event = Some(event.clone());
                self.suspect.subject.clone_from(subject);
                self.repaired_by = Some(by.clone());
                self.repaired_at = Some(*at);
                self.reason = Some(reason.clone());
                return;
            }
            Event::Assigned { to, .. } => {
                self.assignee = *to;
                return;
            }
            Event::Accepted { by, at, reason } => (QuarantineState::Accepted, by, at, reason.clone()),
            Event::Replayed { by, at } => (QuarantineState::Replayed, by, at, self.reason.clone()),
            Event::Discarded { by, at, reason } => (QuarantineState::Discarded, by, at, Some(reason.clone())),
        };
        self.state = state;
        self.decided_by = Some(by.clone());
        self.decided_at = Some(*at);
        self.reason = reason;
    }
}
