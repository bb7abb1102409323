//! What happened to an account, in order of time, and what happens now.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One thing that happened, or one change of the record.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimelineItem {
    /// Position in its log.
    pub position: u64,
    /// `touchpoint` or `change`.
    pub log: String,
    /// Source system, or who changed the record.
    pub source: String,
    /// Identifier in the source.
    pub id: String,
    /// Type, for example `io.kith.order.placed`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `orders`, `shipments`, `money`, `messages`, `quotes`, `surveys`, `portal`, `changes`, `other`.
    pub group: String,
    /// When it happened.
    pub time: String,
    /// One line: `Order SO-1042 placed, EUR 12,400.00`.
    pub title: String,
    /// A second line, or empty.
    pub detail: String,
    /// `active`, `superseded` or `retracted`.
    pub state: String,
    /// Needs a look: an issue, a claim, a late delivery.
    pub alert: bool,
    /// The members as they came.
    pub data: Value,
}

/// A message of the live stream.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LiveEvent {
    /// `profile`, `touchpoint`, `change`, `account`, `alert`, `notification`, `day`, `import`, `work`.
    pub topic: String,
    /// `acc_…` it is about.
    pub account: Option<String>,
    /// Owning entity of that account, for the reader's rights.
    pub entity: Option<String>,
    /// Touchpoint position.
    pub position: u64,
    /// What changed.
    pub data: Value,
}
