//! The face over HTTP: pages, and what serves them.

pub mod web;
