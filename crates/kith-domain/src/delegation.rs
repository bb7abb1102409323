//! Delegations: somebody decides for somebody else, for a while, on some operations, up to an amount (D§5.2).
//!
//! A delegate acts with the delegator's roles of that day and never passes them on: whoever decides looks at the
//! roles that a delegator holds, not at what was delegated to them.

mod command;
mod decide;
mod event;
pub mod refusal;
mod state;

pub use command::{Command, Terms};
pub use decide::Facts;
pub use event::Event;
pub use state::Delegation;

#[cfg(test)]
mod tests;
