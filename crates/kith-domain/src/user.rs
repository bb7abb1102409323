//! A user: a person who works with Kith, and the roles they hold.
//!
//! active ⇄ suspended. A customer's person is a user as well, bound to the portal of one account; such access follows the
//! account: revoked and given back with it. People choose their password with a link that works once.

mod activation;
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
pub use preferences::{DENSITIES, FONTS, LANGUAGES, LOCALES, Preferences, THEMES};
pub use state::{Activation, PortalAccess, User, UserStatus};

#[cfg(test)]
mod tests;
