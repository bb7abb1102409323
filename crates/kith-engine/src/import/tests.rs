//! Imports from the file to the accounts, on a real store in a directory of its own.

mod carry;
mod company;
mod stage;
