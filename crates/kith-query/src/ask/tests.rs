//! Questions and what they become.

mod bounds;
mod company;
mod desk;
mod german;
mod list;
mod one;
mod plain;
mod words;
