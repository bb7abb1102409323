//! A user: a person who works with Kith, and the roles they hold.
//!
//! active ⇄ suspended. A customer's person is a user as well, bound to the portal of one account; such access follows the
//! account: revoked and given back with it.

mod command;
mod decide;
mod event;
mod portal;
mod preferences;
pub mod refusal;
mod state;

pub use command::Command;
pub use decide::{Facts, read_person};
pub use event::Event;
pub use preferences::{LANGUAGES, LOCALES, Preferences};
pub use state::{Activation, PortalAccess, User, UserStatus};

#[cfg(test)]
mod tests;
