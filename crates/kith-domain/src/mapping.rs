//! A saved mapping: what the columns and words of one system's files mean, under a name.
//!
//! saved → deleted.

mod command;
mod decide;
mod event;
pub mod refusal;
mod state;

pub use command::{Command, Rules};
pub use event::Event;
pub use state::Mapping;

#[cfg(test)]
mod tests;
