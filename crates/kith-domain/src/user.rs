//! A user: a person who works with Kith, and the roles they hold.
//!
//! active ⇄ suspended.

mod command;
mod decide;
mod event;
pub mod refusal;
mod state;

pub use command::Command;
pub use decide::{Facts, read_person};
pub use event::Event;
pub use state::{User, UserStatus};

#[cfg(test)]
mod tests;
