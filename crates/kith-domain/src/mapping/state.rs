//! The state of a saved mapping.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Event, Rules};
use crate::value::{MappingId, UserId};

/// What the columns and words of one system's files mean.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mapping {
    /// Which mapping.
    pub id: MappingId,
    /// What it says.
    pub rules: Rules,
    /// Who saved it last.
    pub saved_by: Option<UserId>,
    /// When it was saved last; `None` before that and after it was deleted.
    pub saved_at: Option<Timestamp>,
}

impl Mapping {
    /// Whether it is there.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.saved_at.is_some()
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Saved { id, rules, by, at } => {
                self.id = *id;
                self.rules = (**rules).clone();
                self.saved_by = *by;
                self.saved_at = Some(*at);
            }
            Event::Deleted { .. } => self.saved_at = None,
        }
    }
}
