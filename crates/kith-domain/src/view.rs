//! A saved view: a filter, a sort and columns under a name.
//!
//! saved → deleted.

mod command;
mod decide;
mod event;
pub mod refusal;
mod state;

pub use command::{Command, Layout};
pub use decide::{Facts, WIDTH_LEAST, WIDTH_MOST};
pub use event::Event;
pub use state::View;

#[cfg(test)]
mod tests;
