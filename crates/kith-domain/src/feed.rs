//! A feed: files of a partner that are imported as they come, all in one way.
//!
//! saved → deleted. Its name is its address.

mod command;
mod decide;
mod event;
pub mod refusal;
mod state;

pub use command::{Command, Plan};
pub use decide::{Facts, is_name};
pub use event::Event;
pub use state::Feed;

#[cfg(test)]
mod tests;
