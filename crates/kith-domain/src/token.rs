//! An access token: what a program, an agent or a person's own tool shows instead of a password.
//!
//! valid → revoked, or expired by the clock. Only a keyed hash of it is kept.

mod command;
mod decide;
mod event;
pub mod refusal;
mod state;

pub use command::Command;
pub use decide::Facts;
pub use event::Event;
pub use state::{Token, TokenKind};

#[cfg(test)]
mod tests;
