//! What happened to a notification. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Message;
use crate::value::NotificationId;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Somebody was told.
    Sent {
        /// The notification.
        id: NotificationId,
        /// What.
        message: Message,
        /// When.
        at: Timestamp,
    },
    /// It was read.
    Read {
        /// When.
        at: Timestamp,
    },
    /// It stands out again.
    Unread {
        /// When.
        at: Timestamp,
    },
    /// It is put off.
    Snoozed {
        /// When it comes back.
        until: Timestamp,
        /// When it was put off.
        at: Timestamp,
    },
}
