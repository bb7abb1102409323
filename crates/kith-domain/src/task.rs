//! Tasks: what somebody must do about an account by a day, and why.
//!
//! open → done | cancelled. Kith opens one for each cause once.

mod command;
mod decide;
mod event;
pub mod refusal;
mod state;

pub use command::{Command, Work};
pub use decide::Facts;
pub use event::Event;
pub use state::{Task, TaskState};

#[cfg(test)]
mod tests;
