//! The record that tampering cannot hide in: canonical bytes, hash chain, Merkle tree, signed checkpoints.
//!
//! Pure: knows no noun, no clock, no storage. It carries bytes and a kind, so that an auditor can run
//! [`verify::Verifier`] alone. Start reading at [`record`].

pub mod canon;
pub mod checkpoint;
pub mod record;
pub mod tile;
pub mod tree;
pub mod verify;

#[cfg(test)]
mod tests;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use record::{GENESIS, Hash, Header, HeaderError, Record, leaf, leaf_of_digest};
pub use tile::{TILE, Tiles};
pub use tree::Range;
pub use verify::{ChainFault, Head, Verifier};
