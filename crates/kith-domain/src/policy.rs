//! The approval policy: which lane an operation takes, who approves it in which steps, and how long that may take (D§5.1, §5.2).
//!
//! Version 1 is the seed table. Every later version was set by a change that was itself approved; a change
//! keeps the version it was judged by. Conditions are texts of the filter language, evaluated by whoever asks.

mod calendar;
mod command;
mod decide;
mod event;
mod judge;
mod lane;
pub mod refusal;
mod row;
mod seed;
mod state;

pub use calendar::{Calendar, Holiday};
pub use command::Command;
pub use decide::Facts;
pub use event::Event;
pub use judge::{Reason, Verdict};
pub use lane::{Lane, LaneFacts, sensitive};
pub use row::{Pack, Row, Rules, StepRule, Successor, Times};
pub use state::Policy;

#[cfg(test)]
mod tests;
