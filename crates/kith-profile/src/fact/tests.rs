//! Tests of `fact`.
