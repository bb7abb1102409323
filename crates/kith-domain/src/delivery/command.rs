//! What may be asked of a delivery.

use serde::{Deserialize, Serialize};

use crate::value::{AccountId, DeliveryId, WebhookId};

/// What is told to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The new delivery's id: the `webhook-id` of each try.
    pub id: DeliveryId,
    /// Which webhook.
    pub webhook: WebhookId,
    /// What happened: `alert.raised`, `alert.cleared`, `alert.closed`, `webhook.test`.
    pub kind: String,
    /// Whose account it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// What it is about: `alr_…`.
    pub about: String,
    /// The body, JSON: ids and codes, nobody's data.
    pub body: String,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Tell it.
    Queue(Box<Told>),
    /// It arrived.
    Arrived {
        /// The status of the answer.
        status: u16,
    },
    /// A try failed.
    Fail {
        /// Which try it was, from 1.
        attempt: u32,
        /// Why, in one word.
        code: String,
        /// What was answered.
        answer: String,
        /// Another try would fail the same way.
        permanent: bool,
    },
    /// Try it again now.
    Retry,
    /// Do not tell it any more.
    Discard,
}
