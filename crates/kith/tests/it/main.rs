//! The command line as its users meet it: words in, requests out, text and exit codes back.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot set itself up fails by panicking")]

mod door;
mod parse;
mod render;
mod request;
mod server;
mod story;
mod tool;
