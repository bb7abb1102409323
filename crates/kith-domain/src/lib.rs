//! Nouns and rules of the customer record.
//!
//! Pure: no clock, no chance, no input or output, no async, and no other crate of ours. Each noun is a
//! folder with the same files: `command`, `event`, the state, `decide`, `refusal`, `tests`.
//! Start reading at [`decider::Decider`], then [`value`].

pub mod context;
pub mod decider;
pub mod refusal;
pub mod value;
