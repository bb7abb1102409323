//! Tests of the record, by part.

mod canon;
mod checkpoint;
mod record;
mod tree;
mod verify;
