//! Who is who: duplicates among companies and people, found by the model of Fellegi and Sunter.
//!
//! Pure: no clock, no chance, no input or output, no thread. Start reading at [`find::find`]: a [`table::Table`] of
//! normalised values is blocked ([`block`]), a model is learned ([`em`]), pairs are scored ([`score`]) and put
//! together ([`cluster`]).

pub mod block;
pub mod cluster;
pub mod comparison;
pub mod dictionary;
pub mod em;
pub mod explain;
pub mod find;
pub mod index;
pub mod infer;
pub mod kind;
mod mix;
pub mod model;
pub mod normalise;
pub mod score;
pub mod similarity;
pub mod table;
pub mod words;
pub mod workers;

#[cfg(test)]
mod tests;
