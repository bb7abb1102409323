//! What is known of an account's credit risk beside its own behaviour: a bureau's word, its books, and a person's.
//!
//! There is one for each account, under the account's id.

mod command;
mod decide;
mod event;
pub mod refusal;
mod state;

pub use command::{Books, BureauReport, Command};
pub use decide::{Facts, NOTCHES_MOST, OVERRIDE_DAYS};
pub use event::Event;
pub use kith_risk::score::BureauScale;
pub use state::{BureauFall, ClassOverride, Risk};

#[cfg(test)]
mod tests;
