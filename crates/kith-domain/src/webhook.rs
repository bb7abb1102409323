//! Webhooks: addresses of others that are called when an alert is raised, cleared or closed (D§8.3).

mod command;
mod decide;
mod event;
pub mod refusal;
mod state;

pub use command::{Command, Wanted};
pub use event::Event;
pub use state::Webhook;

#[cfg(test)]
mod tests;
