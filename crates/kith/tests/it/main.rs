//! Tests over the real program: REST on both stores, sudden death, the command line, figures computed elsewhere.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "everything here is a test or a test's tool, and fails it"
)]

mod durable;
mod figures;
mod house;
mod rest;
mod words;
