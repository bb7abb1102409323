//! Tests of the record, by part.

mod canon;
mod checkpoint;
mod record;
mod tile;
mod tree;
mod verify;
