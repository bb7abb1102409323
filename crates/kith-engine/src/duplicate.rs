//! Duplicates among the accounts: an index that follows the record, the scan of all, the pairs that wait for a person.

mod ask;
mod cluster;
mod desk;
mod likeness;
mod scan;

pub(crate) use ask::asked;
pub use cluster::ClusterRequest;
pub use desk::DuplicateRequest;
pub(crate) use desk::rounded;
pub(crate) use likeness::{Likeness, PROBABLE, SIMILAR, pair_id, similar};
pub(crate) use scan::Scan;
