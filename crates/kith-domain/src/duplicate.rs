//! Two accounts that may be one customer: found by matching, decided by a person.
//!
//! open → dismissed (they are two) | merged (they were one) | withdrawn (they are alike no more). What was dismissed or
//! withdrawn opens again if the fields change on which it was judged.

mod command;
mod decide;
mod event;
pub mod refusal;
mod state;

pub use command::{Command, Finding, Step};
pub use event::Event;
pub use state::{Duplicate, DuplicateState};

#[cfg(test)]
mod tests;
