//! Nouns and rules of the customer record.
//!
//! Pure: no clock, no chance, no input or output, no async, and no other crate of ours but leaves. Each noun is a
//! folder with the same files: `command`, `event`, the state, `decide`, `refusal`, `tests`.
//! Start reading at [`decider::Decider`], then [`value`], [`access`] and [`account`].

pub mod access;
pub mod account;
pub mod alert;
pub mod approval;
pub mod command;
pub mod context;
pub mod contract;
pub mod contract_template;
pub mod credit;
pub mod decider;
pub mod delegation;
pub mod delivery;
pub mod document;
pub mod duplicate;
pub mod feed;
pub mod import;
pub mod mail;
pub mod mapping;
pub mod members;
pub mod notification;
pub mod onboarding;
pub mod order;
pub mod organisation;
pub mod policy;
pub mod price_list;
pub mod pricing;
pub mod quarantine;
pub mod refusal;
pub mod reservation;
pub mod risk;
pub mod scorecard;
pub mod screening;
pub mod task;
pub mod tax;
pub mod team;
pub mod token;
pub mod user;
pub mod value;
pub mod vehicle;
pub mod view;
pub mod webhook;

mod row;

pub use command::{Command, operation, required};

#[cfg(test)]
mod law;
#[cfg(test)]
mod story;
