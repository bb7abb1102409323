//! The change gate: a command that waits for people, who may decide on it, and what becomes of it (D§5.2).
//!
//! waiting → applying → applied; or rejected, cancelled, expired, failed. A stale change may be submitted again.
//! An approval holds the command itself, which is decided again on the state of the day it is applied, and binds to
//! the revision that the approver saw. Lane and steps come from [`crate::policy`].

mod change;
mod command;
mod decide;
pub mod diff;
mod event;
mod evolve;
mod four_eyes;
mod operation;
pub mod refusal;
mod step;

pub use change::{Change, ChangeState, Conflict, Former, Glass, Rebase, Remark};
pub use command::{Command, Submission, Word};
pub use diff::{Diff, diff};
pub use event::Event;
pub use four_eyes::{Delegated, Facts, Relations};
pub use operation::Operation;
pub use step::{Decision, Escalation, Schedule, Step, StepState};

#[cfg(test)]
mod tests;
