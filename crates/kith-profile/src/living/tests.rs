//! Tests of the living profile.
