//! What Kith's tests and benchmarks stand on: temporary databases, the real program as a process, a client for it and
//! a browser.
//!
//! Never part of the product: a helper here fails the test that called it, with the place of the call.
#![expect(clippy::panic, reason = "a test's tool fails the test")]

pub mod browser;
pub mod company;
pub mod happening;
pub mod http;
pub mod labelled;
pub mod load;
pub mod market;
pub mod measure;
pub mod overshoot;
pub mod postgres;
pub mod process;
pub mod yardstick;
