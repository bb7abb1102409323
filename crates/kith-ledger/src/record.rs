//! One entry of the record: a clear header that is hashed as written, and a sealed block hashed with it.

use std::fmt;

use data_encoding::HEXLOWER;
use ring::digest::{Context, SHA256, digest};
use serde::Deserialize;
use serde_json::Value;

use crate::canon::{Member, canonical_members};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// What the first record names as its predecessor.
pub const GENESIS: Hash = [0; 32];

/// The version of the header format that this build writes and reads.
pub const FORMAT: u64 = 1;

/// SHA-256 of the parts, one after the other.
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> Hash {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    let mut hash = Hash::default();
    hash.copy_from_slice(context.finish().as_ref());
    hash
}

/// The leaf of the tree for a record: `SHA-256(0x00 ‖ header ‖ SHA-256(sealed))`.
///
/// The sealed block stays when its key is destroyed, so the leaf and every proof stay valid after an erasure.
#[must_use]
pub fn leaf(header: &[u8], sealed: &[u8]) -> Hash {
    sha256(&[&[0], header, digest(&SHA256, sealed).as_ref()])
}

/// The same leaf for whoever has only the digest of the sealed block: an auditor, who may not open it anyway.
#[must_use]
pub fn leaf_of_digest(header: &[u8], sealed_sha256: &Hash) -> Hash {
    sha256(&[&[0], header, sealed_sha256])
}

/// The clear part of a record: who, when, why, what, and the predecessor.
///
/// `actor`, `on_behalf_of`, `cause`, `reason` and `body` hold clear values only; what is personal stands in
/// the sealed block.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Place in the log, from 1, without gaps.
    pub position: u64,
    /// Leaf hash of the record before, [`GENESIS`] for the first.
    pub prev: Hash,
    /// What the record is about, for example `account/acc_…`.
    pub stream: String,
    /// Place in the stream, from 1, without gaps.
    pub version: u64,
    /// Stored kind of the event, `noun.verb_past.vN`.
    pub kind: String,
    /// When it was recorded, RFC 3339.
    pub at: String,
    /// Who did it.
    pub actor: Value,
    /// For whom, where that is someone else.
    pub on_behalf_of: Option<Value>,
    /// Through which door.
    pub channel: String,
    /// Binds together what one request caused.
    pub correlation: String,
    /// What made it happen: a record, a touchpoint, a change.
    pub cause: Option<Value>,
    /// Why, in the actor's words.
    pub reason: Option<Value>,
    /// The event.
    pub body: Value,
}

/// The bytes are no header that this build can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderError {
    /// Not JSON, or a member is missing or of the wrong type.
    Malformed,
    /// Written by a newer format.
    Newer {
        /// The version that the bytes name.
        found: u64,
    },
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("the header of the record is malformed"),
            Self::Newer { found } => {
                write!(f, "the record was written in format {found}, this build reads up to {FORMAT}")
            }
        }
    }
}

impl std::error::Error for HeaderError {}

#[derive(Deserialize)]
struct Wire {
    v: u64,
    position: u64,
    prev: String,
    stream: String,
    version: u64,
    kind: String,
    at: String,
    actor: Value,
    on_behalf_of: Option<Value>,
    channel: String,
    correlation: String,
    cause: Option<Value>,
    reason: Option<Value>,
    body: Value,
}

impl Header {
    /// The canonical bytes; absent members are left out.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let prev = HEXLOWER.encode(&self.prev);
        let text = |text| Some(Member::Text(text));
        let value = |value| Some(Member::Value(value));
        canonical_members(&[
            ("actor", value(&self.actor)),
            ("at", text(&self.at)),
            ("body", value(&self.body)),
            ("cause", self.cause.as_ref().map(Member::Value)),
            ("channel", text(&self.channel)),
            ("correlation", text(&self.correlation)),
            ("kind", text(&self.kind)),
            ("on_behalf_of", self.on_behalf_of.as_ref().map(Member::Value)),
            ("position", Some(Member::Number(self.position))),
            ("prev", text(&prev)),
            ("reason", self.reason.as_ref().map(Member::Value)),
            ("stream", text(&self.stream)),
            ("v", Some(Member::Number(FORMAT))),
            ("version", Some(Member::Number(self.version))),
        ])
    }

    /// Reads a header back.
    ///
    /// # Errors
    /// [`HeaderError`] when the bytes are malformed or of a newer format.
    pub fn decode(bytes: &[u8]) -> Result<Self, HeaderError> {
        let wire: Wire = match serde_json::from_slice(bytes) {
            Ok(wire) => wire,
            Err(_) => {
                let found = serde_json::from_slice::<Value>(bytes).ok();
                let found = found.as_ref().and_then(|value| value.get("v")).and_then(Value::as_u64);
                return Err(match found {
                    Some(found) if found > FORMAT => HeaderError::Newer { found },
                    _ => HeaderError::Malformed,
                });
            }
        };
        if wire.v > FORMAT {
            return Err(HeaderError::Newer { found: wire.v });
        }
        let prev = HEXLOWER.decode(wire.prev.as_bytes()).ok();
        let prev = prev.and_then(|bytes| Hash::try_from(bytes).ok()).ok_or(HeaderError::Malformed)?;
        Ok(Self {
            position: wire.position,
            prev,
            stream: wire.stream,
            version: wire.version,
            kind: wire.kind,
            at: wire.at,
            actor: wire.actor,
            on_behalf_of: wire.on_behalf_of,
            channel: wire.channel,
            correlation: wire.correlation,
            cause: wire.cause,
            reason: wire.reason,
            body: wire.body,
        })
    }
}

/// A record as stored: the bytes that are hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The header's bytes, exactly as written.
    pub header: Vec<u8>,
    /// The sealed block; empty when nothing in the record is personal.
    pub sealed: Vec<u8>,
}

impl Record {
    /// The leaf of the tree, see [`leaf`].
    #[must_use]
    pub fn leaf(&self) -> Hash {
        leaf(&self.header, &self.sealed)
    }
}
