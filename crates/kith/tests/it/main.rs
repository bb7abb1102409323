//! Tests over the real program: the command line in words, REST on both stores, sudden death, figures computed elsewhere.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "everything here is a test or a test's tool, and fails it"
)]

mod broken_off;
mod door;
mod durable;
mod figures;
mod house;
mod import;
mod matching;
mod parse;
mod render;
mod request;
mod reserved;
mod rest;
mod scorecard;
mod screening;
mod server;
mod story;
mod tool;
mod traded;
mod words;
