//! A touchpoint in quarantine: not recognised, not valid, or in conflict with one that stands.
//!
//! waiting → replayed (folded after all) | accepted (the other of two in conflict was taken) | discarded.

mod command;
mod event;
pub mod refusal;
mod state;

pub use command::{Command, Suspect};
pub use event::Event;
pub use state::{Quarantine, QuarantineState};

#[cfg(test)]
mod tests;
