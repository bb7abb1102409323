//! Teams: who looks after accounts together.
//!
//! A team has a code that accounts refer to, members who are users, a lead among them, and may be of one legal entity. It is
//! retired, never deleted: what it looked after stays readable.

mod command;
mod decide;
mod draft;
mod event;
mod named;
pub mod refusal;
mod state;

pub use command::Command;
pub use decide::{Facts, wanted_users};
pub use draft::TeamDraft;
pub use event::Event;
pub use named::{KnownTeam, TeamCheck, find, team_code};
pub use state::Team;

#[cfg(test)]
mod tests;
