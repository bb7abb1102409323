//! Duplicates among the accounts: an index that follows the record, the scan of all, the pairs that wait for a person.

mod desk;
mod scan;
mod watch;

pub use desk::DuplicateRequest;
pub(crate) use scan::Scan;
pub(crate) use watch::{Watch, probable, similar};
