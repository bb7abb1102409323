//! What the faces and the engine say to each other and to the world: operations and wire types.
//!
//! Knows no HTTP server, no SQL, no async. Start reading at [`view`], then `operation`.

pub mod view;
