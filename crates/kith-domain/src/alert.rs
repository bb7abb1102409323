//! An alert: something about an account that is not as it should be, for a person to look at.
//!
//! open → acknowledged → closed. What caused it may end by itself: then it is cleared.

mod command;
mod decide;
mod event;
pub mod refusal;
mod state;

pub use command::{AlertKind, Command, Finding, Sign};
pub use decide::COMMENT_MAX;
pub use event::Event;
pub use kith_risk::anomaly::Severity;
pub use state::{Alert, AlertOutcome, AlertState};

#[cfg(test)]
mod tests;
