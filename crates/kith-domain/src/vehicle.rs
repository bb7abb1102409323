//! Vehicles: what was built, whose it is, who sold it to whom (D§1.9).

mod command;
mod decide;
mod draft;
mod event;
pub mod refusal;
mod state;
mod vin;

pub use command::Command;
pub use decide::{Facts, wanted_accounts};
pub use draft::VehicleDraft;
pub use event::Event;
pub use state::{Vehicle, VehicleStatus, Warranty};
pub use vin::{Vin, VinError, is_north_american};

#[cfg(test)]
mod tests;
