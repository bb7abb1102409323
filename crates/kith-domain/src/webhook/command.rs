//! What may be asked of a webhook.

use std::collections::BTreeSet;

use kith_risk::anomaly::Severity;
use serde::{Deserialize, Serialize};

use crate::alert::AlertKind;
use crate::value::{EntityCode, Personal, WebhookId};

/// Which address is called, for what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// What people call it.
    pub name: String,
    /// The address.
    pub url: String,
    /// Alerts of these kinds only; of every kind when empty.
    pub kinds: BTreeSet<AlertKind>,
    /// Alerts that are so grave or graver.
    pub severity_least: Option<Severity>,
    /// Accounts of this entity only.
    pub entity: Option<EntityCode>,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Call this address from now on.
    Create {
        /// The new webhook's id.
        id: WebhookId,
        /// Which address, for what.
        wanted: Box<Wanted>,
        /// The secret that signs, sealed under the webhook.
        secret: Personal<String>,
    },
    /// Call another address, or for something else.
    Update {
        /// Which address, for what: all of it.
        wanted: Box<Wanted>,
    },
    /// Sign with another secret.
    Rotate {
        /// The secret.
        secret: Personal<String>,
    },
    /// Call it no more for a while, or again.
    Switch {
        /// Whether it is called.
        on: bool,
    },
    /// The other side wants no more calls.
    Gone,
    /// Forget it.
    Delete,
}
