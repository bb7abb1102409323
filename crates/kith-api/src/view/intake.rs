//! What came in from outside: touchpoints, quarantine, imports.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
}
