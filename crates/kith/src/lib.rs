//! The command line: every command is an operation of the table, sent through one [`door`].
//!
//! It decides nothing and knows no rule. Start reading at [`cli`], then [`door`].

pub mod cli;
mod demo;
pub mod door;
pub mod failure;
pub mod render;

mod batch;
mod log;
mod matching;
mod progress;
mod random;
mod screen;
mod screening;
mod seed;
