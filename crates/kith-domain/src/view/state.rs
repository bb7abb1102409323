//! The state of a saved view.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Event, Layout};
use crate::value::{UserId, ViewId};

/// A filter, a sort and columns under a name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// Which view.
    pub id: ViewId,
    /// Whose it is; `None` for one that Kith brought.
    pub owner: Option<UserId>,
    /// What it shows.
    pub layout: Layout,
    /// When it was saved last; `None` before that and after it was deleted.
    pub saved_at: Option<Timestamp>,
    /// When it was deleted.
    pub deleted_at: Option<Timestamp>,
}

impl View {
    /// Whether it is there.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.saved_at.is_some()
    }

    /// Whether a user who is in some teams sees it: their own, those of their teams, and those that are shared.
    #[must_use]
    pub fn is_seen_by(&self, user: Option<UserId>, teams: &BTreeSet<String>) -> bool {
        let others = !self.layout.usual && (self.layout.shared || self.is_of(teams));
        self.exists() && (others || self.owner == user)
    }

    /// Whether it is for one of some teams.
    #[must_use]
    pub fn is_of(&self, teams: &BTreeSet<String>) -> bool {
        self.layout.team.as_ref().is_some_and(|team| teams.contains(team))
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Saved { id, owner, layout, at } => {
                self.id = *id;
                self.owner = *owner;
                self.layout.clone_from(layout);
                self.saved_at = Some(*at);
                self.deleted_at = None;
            }
            Event::Deleted { at } => {
                self.saved_at = None;
                self.deleted_at = Some(*at);
            }
        }
    }
}
