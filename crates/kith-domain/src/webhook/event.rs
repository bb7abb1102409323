//! What happened to a webhook. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Wanted;
use crate::value::{Personal, UserId, WebhookId};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It is called from now on.
    Created {
        /// Which webhook.
        id: WebhookId,
        /// Which address, for what.
        wanted: Box<Wanted>,
        /// The secret that signs.
        secret: Personal<String>,
        /// Who wants it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<UserId>,
        /// When.
        at: Timestamp,
    },
    /// Another address, or for something else.
    Updated {
        /// Which address, for what.
        wanted: Box<Wanted>,
        /// When.
        at: Timestamp,
    },
    /// Another secret signs.
    Rotated {
        /// The secret.
        secret: Personal<String>,
        /// When.
        at: Timestamp,
    },
    /// It is called, or not.
    Switched {
        /// Whether it is called.
        on: bool,
        /// The other side wanted no more calls.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        gone: bool,
        /// When.
        at: Timestamp,
    },
    /// It is forgotten.
    Deleted {
        /// When.
        at: Timestamp,
    },
}
