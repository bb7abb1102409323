//! The audit trail, and what lets an auditor check it without trusting Kith.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{DiffView, StepView};

/// The change by which a record came about: who asked, who agreed, when.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AuditChange {
    /// `chg_…`.
    pub id: String,
    /// Operation, for example `account_update`.
    pub operation: String,
    /// `green`, `yellow`, `red`.
    pub lane: String,
    /// Where it stands.
    pub state: String,
    /// `usr_…` who asked.
    pub submitted_by: Option<String>,
    /// Name of who asked.
    pub submitted_by_name: Option<String>,
    /// When.
    pub submitted_at: String,
    /// Who approved or rejected, and when.
    pub steps: Vec<StepView>,
}

/// Personal data that was read, data that was taken away, or something that was refused.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AccessView {
    /// `read`, `list`, `export`, `refused`.
    pub act: String,
    /// Of what.
    pub what: String,
    /// Which one; null for many.
    pub object: Option<String>,
    /// Code of the refusal.
    pub code: Option<String>,
    /// When, for the first time.
    pub at: String,
    /// How often within the second.
    pub times: u32,
    /// How many records it showed.
    pub records: u64,
}

/// One record of the audit trail.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AuditView {
    /// Place in the ledger.
    pub position: u64,
    /// When it was recorded.
    pub at: String,
    /// Kind of the record, for example `account.updated.v1`.
    pub kind: String,
    /// What it is about, for example `account/acc_…`.
    pub object: String,
    /// Version of that after it.
    pub version: u64,
    /// Who: `{"kind", "user"}`.
    pub actor: Value,
    /// Name of who.
    pub actor_name: Option<String>,
    /// For whom, where that is somebody else.
    pub on_behalf_of: Option<Value>,
    /// Through which door.
    pub channel: String,
    /// Binds together what one request caused.
    pub correlation: String,
    /// What made it happen.
    pub cause: Option<Value>,
    /// Why, in the actor's words.
    pub reason: Option<String>,
    /// Every value before and after; personal ones are null for who may not see them, and after an erasure.
    pub changes: Vec<DiffView>,
    /// The change by which it came about.
    pub change: Option<AuditChange>,
    /// What was looked at or refused, for records of kind `access.noted.v1`.
    pub accesses: Vec<AccessView>,
    /// The event as it is stored.
    pub body: Value,
    /// Its hash: a leaf of the tree.
    pub hash: String,
    /// Hash of the record before it.
    pub previous: String,
}

/// A signed head of the ledger's tree.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TreeHeadView {
    /// Name of the log.
    pub origin: String,
    /// How many records it covers.
    pub size: u64,
    /// Root of the tree over them, hexadecimal.
    pub root: String,
    /// When it was signed.
    pub signed_at: String,
    /// Ed25519 key that signed, hexadecimal.
    pub public_key: String,
    /// The signed note (C2SP checkpoint): keep it, and nobody can rewrite what it covers unseen.
    pub note: String,
}

/// Proof that a record is in the tree (RFC 9162 §2.1.3).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InclusionView {
    /// Place in the ledger, from 1.
    pub position: u64,
    /// Place in the tree, from 0.
    pub index: u64,
    /// Size of the tree.
    pub size: u64,
    /// Hash of the record.
    pub leaf: String,
    /// Root of the tree.
    pub root: String,
    /// Hashes from the leaf up.
    pub path: Vec<String>,
    /// The signed head of this size, if one was given out.
    pub head: Option<TreeHeadView>,
}

/// Proof that a smaller tree is a beginning of a larger one (RFC 9162 §2.1.4).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConsistencyView {
    /// Size of the smaller tree.
    pub first: u64,
    /// Size of the larger tree.
    pub second: u64,
    /// Root of the smaller tree.
    pub first_root: String,
    /// Root of the larger tree.
    pub second_root: String,
    /// The proof.
    pub path: Vec<String>,
}

/// A record as it is hashed: `leaf = SHA-256(0x00 ‖ header ‖ SHA-256(sealed))`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerRecordView {
    /// The header's bytes, exactly as written; nothing personal stands in them.
    pub header: String,
    /// SHA-256 of the sealed block.
    pub sealed_sha256: String,
    /// The leaf.
    pub leaf: String,
}
