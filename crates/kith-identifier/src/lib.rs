//! Identifiers of companies and persons: what a value of a kind looks like, its check digits, its one normalised form.
//!
//! Rules are in a file for each country and kind, named `br.cnpj` or `lei`; [`validate`] knows them by these names and
//! by the words that callers use: `vat`, `tax_id`, `company_reg`, `phone`. Nothing here asks anybody whether the
//! number was given out, and nothing depends on anything but the value and the day.

mod check;
mod contact;
mod country;
mod day;
mod fault;
mod fold;
mod kind;
mod number;
mod rule;
mod world;

pub use contact::email::Mailbox;
pub use contact::web::{domain, host, website};
pub use day::Day;
pub use fault::Fault;
pub use kind::{Refused, Valid, Warning, rule_of, rules, validate};

pub use world::country::is_country;
pub use world::eu::is_eu_vat_area;

#[cfg(test)]
mod tests;
