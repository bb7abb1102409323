//! Tests of imports.
