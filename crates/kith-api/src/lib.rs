//! What the faces and the engine say to each other and to the world: operations and wire types.
//!
//! Knows no HTTP server, no SQL, no async. Start reading at [`table`], then [`view`].

pub mod conform;
pub mod openapi;
pub mod operation;
pub mod problem;
pub mod request;
pub mod strict;
pub mod table;
pub mod view;
