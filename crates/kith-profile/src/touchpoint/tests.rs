//! Tests of `touchpoint`.
