//! The state of a feed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Event, Plan};
use crate::value::{FeedId, UserId};

/// Files of a partner that are imported as they come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Feed {
    /// Which feed.
    pub id: FeedId,
    /// How its files are imported.
    pub plan: Plan,
    /// Who saved it last.
    pub saved_by: Option<UserId>,
    /// When it was saved last; `None` before that and after it was deleted.
    pub saved_at: Option<Timestamp>,
}

impl Feed {
    /// Whether it is there.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.saved_at.is_some()
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Saved { id, plan, by, at } => {
                self.id = *id;
                self.plan = (**plan).clone();
                self.saved_by = *by;
                self.saved_at = Some(*at);
            }
            Event::Deleted { .. } => self.saved_at = None,
        }
    }
}
