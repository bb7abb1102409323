//! Price lists and price groups: prices of the organisation, which accounts buy by.
//!
//! A price list holds what items cost; one of them may be the standard, which prices an item where nothing else does. A
//! price group holds rows as an account has them, for all accounts that are in it.

mod command;
mod decide;
mod draft;
mod event;
pub mod refusal;
mod state;

pub use command::Command;
pub use decide::Facts;
pub use draft::PriceListDraft;
pub use event::Event;
pub use state::{PriceList, PriceListKind, normal_code, price_list_id};

#[cfg(test)]
mod tests;
