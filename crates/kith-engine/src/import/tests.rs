//! Imports from the file to the accounts, on a real store in a directory of its own.

mod back;
mod carry;
mod company;
mod feeds;
mod lane;
mod probable;
mod resume;
mod stage;
mod wide;
