//! The change gate: a command that waits for people, the lane it takes, and the steps it needs (D§5.1, §5.2).
//!
//! waiting → applying → applied; or rejected, cancelled, expired, stale, failed. An approval holds the
//! command itself, which is decided again on the state of the day it is applied.

mod change;
mod command;
mod decide;
pub mod diff;
mod event;
mod operation;
mod policy;
pub mod refusal;

pub use change::{Change, ChangeState, Step, StepState};
pub use command::{Command, Submission};
pub use decide::Facts;
pub use diff::{Diff, diff};
pub use event::Event;
pub use operation::Operation;
pub use policy::{Lane, LaneFacts, lane, sensitive, steps};

#[cfg(test)]
mod tests;
