//! The command line as its users meet it: words in, requests out, text and exit codes back.

mod door;
mod parse;
mod render;
mod request;
mod server;
mod story;
mod tool;
