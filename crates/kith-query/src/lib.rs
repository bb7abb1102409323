//! The filter language and asking: CEL text or plain words, checked against the catalogue of fields, run over columns.
//!
//! Pure: no clock, no chance, no input or output, no async. It never reads an account itself: rows come
//! through [`table::Table`], names through [`ask::Names`]. Start reading at [`catalogue::Catalogue`], then
//! [`filter::check`] (text → [`filter::Filter`]), [`top::run`] (filter → ranked rows) and
//! [`ask::understand`] (words → filter).

pub mod ask;
pub mod ast;
pub mod catalogue;
mod check;
pub mod chip;
pub mod condition;
pub mod error;
mod eval;
pub mod filter;
mod lex;
pub mod parse;
mod pattern;
pub mod sort;
pub mod table;
mod term;
pub mod top;
mod value;

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod fixture;
