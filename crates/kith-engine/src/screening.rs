//! Screening: lists in force, names and accounts against them, hits for people to decide, owners.

mod account;
mod ask;
mod desk;
mod follow;
mod hit;
mod list;
mod names;
mod owners;
mod party;
mod shelf;

pub(crate) use account::is_undecided;
pub use ask::screen_faults;
pub use desk::HitRequest;
pub(crate) use hit::carry_out;
pub use list::ListUpload;
pub(crate) use shelf::Screening;
