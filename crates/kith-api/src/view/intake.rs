//! What came in from outside: touchpoints, quarantine, imports.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::MoneyView;

/// An event of a batch that waits in quarantine.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuarantinedEvent {
    /// Place in the batch, from 0.
    pub index: usize,
    /// Stable code, for example `subject_unknown`.
    pub code: String,
    /// JSON Pointer into the event.
    pub pointer: String,
    /// A sentence.
    pub detail: String,
    /// `qua_…`.
    pub id: String,
}

/// Reply of `POST /api/v1/touchpoints`, after they are durable.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TouchpointReply {
    /// Taken into the log.
    pub accepted: u64,
    /// Already there with the same content.
    pub duplicates: u64,
    /// Waiting in quarantine.
    pub quarantined: Vec<QuarantinedEvent>,
    /// Position of the log after this batch; reads take it as `min_position`.
    pub position: u64,
}

/// An event that waits for a person or for its account.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuarantineView {
    /// `qua_…`.
    pub id: String,
    /// Why it waits.
    pub code: String,
    /// JSON Pointer into the event.
    pub pointer: String,
    /// A sentence.
    pub detail: String,
    /// Source of the event.
    pub source: String,
    /// Identifier in the source.
    pub external_id: String,
    /// Subject it named.
    pub subject: Option<String>,
    /// `waiting`, `replayed`, `accepted`, `discarded`.
    pub state: String,
    /// When it came.
    pub received_at: String,
    /// Who decided.
    pub decided_by: Option<String>,
    /// Their name.
    #[serde(default)]
    pub decided_by_name: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Type of the event, for example `io.kith.order.placed`; empty where it has none.
    #[serde(default, rename = "type")]
    pub kind: String,
    /// The event as it stands, for those who may read personal data.
    #[serde(default)]
    pub event: Option<Value>,
    /// The money that it is about.
    #[serde(default)]
    pub amount: Option<MoneyView>,
    /// `usr_…` who looks after it.
    #[serde(default)]
    pub assignee: Option<String>,
    /// Their name.
    #[serde(default)]
    pub assignee_name: Option<String>,
    /// Name of who repaired it last.
    #[serde(default)]
    pub repaired_by_name: Option<String>,
    /// When.
    #[serde(default)]
    pub repaired_at: Option<String>,
}

/// What waits for one and the same reason.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuarantineCause {
    /// Why they wait.
    pub code: String,
    /// Source of the events.
    pub source: String,
    /// Type of the events; empty where they have none.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where in the event the fault is.
    pub pointer: String,
    /// A sentence, of the latest of them.
    pub detail: String,
    /// How many wait.
    pub items: u64,
    /// How many customers they name.
    pub subjects: u64,
    /// The money that they are about, in the organisation's currency; null where none is named.
    pub amount: Option<MoneyView>,
    /// When the first of them came.
    pub oldest_at: String,
    /// When the latest of them came.
    pub newest_at: String,
    /// `qua_…` of the latest, 200 at most.
    pub ids: Vec<String>,
}

/// What waits in quarantine, by its causes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuarantineDesk {
    /// The causes; those that hold up most money come first, then those that concern most customers.
    pub causes: Vec<QuarantineCause>,
    /// How many wait in all.
    pub waiting: u64,
    /// How many of them, the latest, the causes are made of.
    pub looked_at: u64,
}

/// What became of one of several items.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuarantineOutcome {
    /// `qua_…`.
    pub id: String,
    /// Where it stands now.
    pub state: String,
    /// Code of why it was not done.
    pub code: Option<String>,
    /// Why it was not done.
    pub refusal: Option<String>,
}

/// What became of several items.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuarantineBatch {
    /// How many it was done with.
    pub done: u64,
    /// How many it was not done with.
    pub refused: u64,
    /// Each of them.
    pub items: Vec<QuarantineOutcome>,
}
