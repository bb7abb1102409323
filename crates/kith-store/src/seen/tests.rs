//! Tests of the dedupe index.
