//! The pages of the real program, read and used in a real browser.

#![expect(clippy::unwrap_used, reason = "a test's failure is its report")]

mod account;
mod accounts;
mod alert;
mod audit;
mod care;
mod change;
mod commerce;
mod company;
mod contract;
mod credit;
mod door;
mod duplicate;
mod import;
mod language;
mod merge;
mod onboarding;
mod order;
mod screening;
