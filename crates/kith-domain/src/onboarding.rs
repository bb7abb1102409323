//! Onboarding: taking a customer on, from the application to the first order, as a case of twelve steps (D§2.3, §2.5).
//!
//! Each step has a state of its own, what it needs before it may begin, and a trail of what was found, by whom, with the
//! evidence. The clock of the case stands still while the customer is waited for. A case ends by taking the customer on, by
//! turning it down, or by its withdrawal; each of these moves the account, too.

mod application;
mod checklist;
mod clock;
mod command;
mod decide;
mod event;
mod evolve;
pub mod refusal;
mod state;
mod step;

pub use application::{Application, EdiId, Owner, PortalPerson};
pub use checklist::{Paper, mandatory_papers, missing_fields};
pub use clock::{Clock, Pause};
pub use command::{Command, Started};
pub use event::Event;
pub use state::{Entry, Evidence, Onboarding, StepRecord};
pub use step::{CaseState, REMINDERS_HOURS, RejectCode, StepName, StepState};

/// Days without anything happening after which a case is put up to be turned down.
pub const IDLE_DAYS: i64 = 30;

#[cfg(test)]
mod tests;
