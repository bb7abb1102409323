//! Questions and what they become.

mod bounds;
mod company;
mod desk;
mod list;
mod one;
mod words;
