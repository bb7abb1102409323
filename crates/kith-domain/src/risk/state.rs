//! The state of what is known of an account's risk.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Books, BureauReport, Event};
use crate::value::{Personal, UserId};

/// A person's word about the class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassOverride {
    /// 1 is worse, −1 better.
    pub notches: i8,
    /// Why.
    pub reason: Personal<String>,
    /// Who asked for it.
    pub by: Option<UserId>,
    /// Since when.
    pub set_at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
}

/// What is known of an account's credit risk beside its own behaviour.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Risk {
    /// A bureau's word.
    pub bureau: Option<BureauReport>,
    /// When it was recorded.
    pub bureau_at: Option<Timestamp>,
    /// Its books.
    pub books: Option<Books>,
    /// When they were recorded.
    pub books_at: Option<Timestamp>,
    /// A person's word.
    pub class_override: Option<ClassOverride>,
}

impl Risk {
    /// By how many notches the class is moved at a moment: 1 is worse.
    #[must_use]
    pub fn notches(&self, now: Timestamp) -> i8 {
        let stands = self.class_override.as_ref().filter(|moved| moved.expires_at > now);
        stands.map_or(0, |moved| moved.notches)
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::BureauRecorded { report, at } => {
                self.bureau = Some((**report).clone());
                self.bureau_at = Some(*at);
            }
            Event::BooksRecorded { books, at } => {
                self.books = Some((**books).clone());
                self.books_at = Some(*at);
            }
            Event::ClassOverridden { to, .. } => self.class_override.clone_from(to),
        }
    }
}
