//! An import of a file: validated, reviewed as a change, executed in batches, reported.
//!
//! validated → waiting → running → finished | failed; these → reverting → reverted, for 30 days. A file with nothing to execute stays validated.

mod command;
mod decide;
mod event;
mod options;
pub mod refusal;
mod state;

pub use command::{Command, Staged};
pub use event::Event;
pub use options::{Counts, DECISIONS_MAX, Decision, EmptyMeans, OnDuplicate, Options, Undone, UpdatePolicy};
pub use state::{Import, ImportState};

#[cfg(test)]
mod tests;
