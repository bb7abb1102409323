//! What the faces show of the record. Rights are applied here, once.

mod account;
mod audit;
mod catalogue;
mod change;
mod change_view;
mod effective;
mod identifier;
mod people;
mod profile;
mod timeline;
mod title;
mod worklist;

pub use audit::AuditRequest;
pub use change::ChangeRequest;
pub use effective::{AsOf, Viewpoint};
pub use profile::ProfileRequest;
pub use timeline::{GROUPS, TimelineRequest};
