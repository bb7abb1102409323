//! The offline verifier: fed with stored records in order, it names the first that does not fit.

use std::fmt;

use crate::record::{GENESIS, Hash, Header, HeaderError, Record, leaf_of_digest};
use crate::tree::Range;

/// The end of a log: how far it goes and the hash that stands for all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Position of the last record; 0 before the first.
    pub position: u64,
    /// Leaf hash of the last record.
    pub hash: Hash,
    /// Root of the Merkle tree over all leaves.
    pub root: Hash,
}

/// What is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainFaultKind {
    /// The header cannot be read.
    Header(HeaderError),
    /// The record says that it stands elsewhere: one is missing, doubled or moved.
    Position {
        /// What the record says.
        found: u64,
    },
    /// The predecessor's hash is another: the predecessor was changed, or this record was.
    Link,
    /// The stored leaf hash is not the hash of the stored bytes: this record was changed.
    Leaf,
}

/// The first record that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainFault {
    /// Where it stands, or should stand.
    pub position: u64,
    /// What is wrong.
    pub kind: ChainFaultKind,
}

impl fmt::Display for ChainFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "record {}: ", self.position)?;
        match &self.kind {
            ChainFaultKind::Header(error) => error.fmt(f),
            ChainFaultKind::Position { found } => write!(f, "claims position {found}"),
            ChainFaultKind::Link => f.write_str("does not follow from the record before it"),
            ChainFaultKind::Leaf => f.write_str("its bytes do not have the stored hash"),
        }
    }
}

impl std::error::Error for ChainFault {}

/// Checks a log record by record.
#[derive(Debug, Clone)]
pub struct Verifier {
    position: u64,
    hash: Hash,
    range: Range,
}

impl Default for Verifier {
    fn default() -> Self {
        Self { position: 0, hash: GENESIS, range: Range::default() }
    }
}

impl Verifier {
    /// Starts before the first record.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Checks the next record and, where one was stored, its leaf hash.
    ///
    /// # Errors
    /// [`ChainFault`], naming the position at which the log breaks.
    pub fn feed(&mut self, record: &Record, stored: Option<&Hash>) -> Result<Header, ChainFault> {
        self.take(&record.header, record.leaf(), stored)
    }

    /// As [`Verifier::feed`], for a record of which only the digest of the sealed block is at hand.
    ///
    /// # Errors
    /// [`ChainFault`], naming the position at which the log breaks.
    pub fn feed_digest(
        &mut self,
        header: &[u8],
        sealed_sha256: &Hash,
        stored: Option<&Hash>,
    ) -> Result<Header, ChainFault> {
        self.take(header, leaf_of_digest(header, sealed_sha256), stored)
    }

    fn take(&mut self, header: &[u8], leaf: Hash, stored: Option<&Hash>) -> Result<Header, ChainFault> {
        let position = self.position.saturating_add(1);
        let fault = |kind| ChainFault { position, kind };
        if stored.is_some_and(|stored| *stored != leaf) {
            return Err(fault(ChainFaultKind::Leaf));
        }
        let header = Header::decode(header).map_err(|error| fault(ChainFaultKind::Header(error)))?;
        if header.position != position {
            return Err(fault(ChainFaultKind::Position { found: header.position }));
        }
        if header.prev != self.hash {
            return Err(fault(ChainFaultKind::Link));
        }
        self.position = position;
        self.hash = leaf;
        self.range.push(leaf);
        Ok(header)
    }

    /// Where the log stands after the records fed so far.
    #[must_use]
    pub fn head(&self) -> Head {
        Head { position: self.position, hash: self.hash, root: self.range.root() }
    }
}
