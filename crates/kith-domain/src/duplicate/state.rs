//! The state of a pair of accounts that may be one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Event, Finding};
use crate::context::Actor;
use crate::value::{AccountId, Personal};

/// Where it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DuplicateState {
    /// For a person to decide.
    #[default]
    Open,
    /// They are two.
    Dismissed,
    /// They were one.
    Merged,
    /// They are alike no more.
    Withdrawn,
}

impl DuplicateState {
    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Dismissed => "dismissed",
            Self::Merged => "merged",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A pair of accounts that may be one customer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Duplicate {
    /// What matching found last.
    pub finding: Finding,
    /// Where it stands.
    pub state: DuplicateState,
    /// When it was found last; `None` before that.
    pub raised_at: Option<Timestamp>,
    /// Who decided.
    pub decided_by: Option<Actor>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why.
    pub reason: Option<Personal<String>>,
    /// The account that stayed, after a merge.
    pub survivor: Option<AccountId>,
}

impl Duplicate {
    /// Whether it was ever found.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.raised_at.is_some()
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Raised { finding, at } => {
                *self = Self { finding: (**finding).clone(), raised_at: Some(*at), ..Self::default() };
            }
            Event::Withdrawn { at } => {
                self.state = DuplicateState::Withdrawn;
                self.decided_at = Some(*at);
            }
            Event::Dismissed { by, at, reason } => {
                self.state = DuplicateState::Dismissed;
                self.decided_by = Some(by.clone());
                self.decided_at = Some(*at);
                self.reason = Some(reason.clone());
            }
            Event::Merged { at, survivor } => {
                self.state = DuplicateState::Merged;
                self.decided_at = Some(*at);
                self.survivor = Some(*survivor);
            }
        }
    }
}
