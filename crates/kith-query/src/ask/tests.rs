//! Questions and what they become.

mod bounds;
mod company;
mod list;
mod one;
mod words;
