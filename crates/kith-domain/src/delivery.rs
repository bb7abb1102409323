//! Deliveries: what was told to a webhook, or is to be told again, or reached nobody.

mod command;
mod decide;
mod event;
pub mod refusal;
mod state;

pub use command::{Command, Told};
pub use event::Event;
pub use state::{Delivery, DeliveryState};

/// Seconds before each try, the first at once (D§8.3): after the last one a delivery is a dead letter.
pub const WAITS_S: [i64; 10] = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

#[cfg(test)]
mod tests;
