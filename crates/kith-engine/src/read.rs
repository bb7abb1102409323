//! What the faces show of the record. Rights are applied here, once.

mod account;
mod audit;
pub(crate) mod care;
mod catalogue;
mod change;
mod change_view;
mod contract;
mod decider;
mod document;
mod effective;
mod family;
mod hold;
mod identifier;
mod lane;
mod merged;
mod people;
mod person;
mod price;
mod profile;
mod relationship;
mod rollup;
mod tax;
mod team;
mod timeline;
mod title;
mod veil;
mod view;
mod worklist;

pub(crate) use profile::instant;
pub(crate) use title::tell;
pub(crate) use view::teams_of;

pub use audit::AuditRequest;
pub use care::{QUALITY_TARGET, ReviewRequest};
pub use change::ChangeRequest;
pub use contract::ContractRequest;
pub use document::VehicleRequest;
pub use effective::{AsOf, Viewpoint};
pub use price::PriceAnswer;
pub use profile::ProfileRequest;
pub use rollup::RollupRequest;
pub use tax::ExpiryRequest;
pub use timeline::{GROUPS, TimelineRequest};
pub use view::{DRAWN_COLUMNS, usual_view};
