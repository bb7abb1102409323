//! Duplicates among the accounts: an index that follows the record, the scan of all, the pairs that wait for a person.

mod ask;
mod desk;
mod likeness;
mod scan;

pub(crate) use ask::asked;
pub use desk::DuplicateRequest;
pub(crate) use likeness::{Likeness, similar};
pub(crate) use scan::Scan;
