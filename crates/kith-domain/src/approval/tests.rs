//! Tests of the change gate.
