//! What the faces show of the record. Rights are applied here, once.

mod account;
mod audit;
pub(crate) mod care;
mod change;
mod change_view;
mod identifier;
mod people;
mod profile;
mod timeline;
mod title;
mod worklist;

pub use audit::AuditRequest;
pub use care::{QUALITY_TARGET, ReviewRequest};
pub use change::ChangeRequest;
pub use profile::ProfileRequest;
pub use timeline::{GROUPS, TimelineRequest};
