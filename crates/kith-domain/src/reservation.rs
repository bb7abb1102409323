//! Reservations: credit that is held for an order, in two phases (D§3.5).
//!
//! A reservation is decided once and for ever: what did not go is on record too, and holds nothing. What goes is
//! pending until it is committed, voided or expires; it resolves at most once.

mod command;
mod decide;
mod event;
pub mod refusal;
mod state;

pub use command::{Command, Draft, TIMEOUT_DEFAULT_S, TIMEOUT_MAX_S, valid_id};
pub use event::Event;
pub use state::{Reservation, ReservationState};

#[cfg(test)]
mod explore;
#[cfg(test)]
mod tests;
