//! Notifications: what somebody should know, in an inbox of their own, until they have read it.

mod command;
mod decide;
mod event;
pub mod refusal;
mod state;

pub use command::{Command, Message, NotificationKind};
pub use event::Event;
pub use state::Notification;

#[cfg(test)]
mod tests;
