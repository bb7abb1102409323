//! An import of a file: validated, reviewed as a change, executed in batches, reported.
//!
//! validated → waiting → running → finished | failed; finished → reverted. A file with nothing to execute stays validated.

mod command;
mod event;
mod options;
pub mod refusal;
mod state;

pub use command::{Command, Staged};
pub use event::Event;
pub use options::{Counts, OnDuplicate, Options};
pub use state::{Import, ImportState};

#[cfg(test)]
mod tests;
