//! The organisation: the company that keeps the record, its legal entities, terms, rates and business day.
//!
//! founded → set-up (7 days, or until closed) → in service. One per database.

mod command;
mod event;
pub mod refusal;
mod state;

pub use command::{Command, RateQuote};
pub use event::Event;
pub use state::{LegalEntity, Organisation, PAYMENT_TERMS, Rate};

#[cfg(test)]
mod tests;
