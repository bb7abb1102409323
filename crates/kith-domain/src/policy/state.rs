//! The state of the policy.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Event, Rules};
use crate::context::Actor;

/// The policy that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// Its version; 1 is the seed.
    pub version: u64,
    /// What it says.
    pub rules: Rules,
    /// Who asked for it; `None` for the seed.
    pub set_by: Option<Actor>,
    /// Since when; `None` for the seed.
    pub set_at: Option<Timestamp>,
}

impl Default for Policy {
    fn default() -> Self {
        Self { version: 1, rules: Rules::default(), set_by: None, set_at: None }
    }
}

impl Policy {
    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Set { version, rules, by, at } => {
                self.version = *version;
                self.rules = rules.as_ref().clone();
                self.set_by = Some(by.clone());
                self.set_at = Some(*at);
            }
        }
    }
}
