//! The state of a notification.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Event, Message};
use crate::value::{NotificationId, UserId};

/// What somebody was told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notification {
    /// Which notification.
    pub id: NotificationId,
    /// What; `None` before it was sent.
    pub message: Option<Message>,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// When it was read.
    pub read_at: Option<Timestamp>,
    /// When it comes back, while it is put off.
    pub snoozed_until: Option<Timestamp>,
}

impl Notification {
    /// Whether a user is the one who was told.
    #[must_use]
    pub fn is_for(&self, user: Option<UserId>) -> bool {
        self.message.as_ref().is_some_and(|message| Some(message.to) == user)
    }

    /// Whether it stands out at a time: not read, and not put off until later.
    #[must_use]
    pub fn is_unread(&self, now: Timestamp) -> bool {
        self.read_at.is_none() && self.snoozed_until.is_none_or(|until| until <= now)
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Sent { id, message, at } => {
                self.id = *id;
                self.message = Some(message.clone());
                self.sent_at = Some(*at);
            }
            Event::Read { at } => {
                self.read_at = Some(*at);
                self.snoozed_until = None;
            }
            Event::Unread { .. } => {
                self.read_at = None;
                self.snoozed_until = None;
            }
            Event::Snoozed { until, .. } => {
                self.read_at = None;
                self.snoozed_until = Some(*until);
            }
        }
    }
}
