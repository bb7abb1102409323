//! The face over HTTP: REST as a loop over the table of operations, the live stream, pages, health.
//!
//! Knows no SQL and decides nothing: rights and rules are the engine's. Start reading at [`router`], then
//! `rest`, then [`web`].

mod auth;
mod docs;
mod health;
mod reply;
mod rest;
mod serve;
mod stream;
mod upload;
pub mod web;

pub use serve::{router, serve};
