//! Tests of the living profile: laws over any order, then values.

mod laws;
mod values;
