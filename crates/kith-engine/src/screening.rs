//! Screening: lists in force, names and accounts against them, hits for people to decide, owners.

mod account;
mod desk;
mod follow;
mod list;
mod names;
mod owners;
mod party;
mod shelf;

pub use desk::HitRequest;
pub use list::ListUpload;
pub(crate) use shelf::Screening;
