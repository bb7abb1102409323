//! Tests of `correction`.
