//! Scorecards of the company: cards that were trained, each a version of its own that never changes (D§3.7).
//!
//! Which of them scores the accounts is a line of the policy, see [`crate::credit::CreditRules::scorecard`].

mod command;
mod decide;
mod event;
pub mod refusal;
mod state;

pub use command::{Command, Trained};
pub use event::Event;
pub use state::{Origin, Scorecard};

#[cfg(test)]
pub(crate) mod tests;
