//! What a command comes to: done, waiting, or refused. Faults are another matter.

use kith_domain::approval::Change;
use kith_domain::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Proof that something was written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// What was written, for example `acc_…`.
    pub id: String,
    /// Its version now.
    pub version: u64,
    /// Whether anything changed; false when it was so already.
    pub changed: bool,
}

/// What a command comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It is on record.
    Done(Receipt),
    /// It waits for its approvers.
    Waiting(Box<Change>),
    /// The rules say no; nothing changed.
    Refused(Refusal),
}

/// An answer, and whether it was given before under the same idempotency key.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The answer.
    pub answer: Answer,
    /// It was given before; nothing was done now.
    pub replayed: bool,
}
