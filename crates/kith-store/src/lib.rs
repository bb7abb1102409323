//! SQLite and PostgreSQL behind one [`Store`]: a transaction loads, appends, projects and commits.
//!
//! Start reading at [`Store`], then [`Unit`] (one transaction) and [`Reader`] (what may be read). A noun's
//! table, its writer and its readers are one file: [`document`], [`account`], [`touchpoint`] and so on.
//! What differs between the two databases stands in `dialect`, and nowhere else.

pub mod account;
pub mod backup;
pub mod bulk_job;
pub mod contract;
pub mod credit;
pub mod cursor;
pub mod document;
pub mod expiry;
pub mod fault;
pub mod heard;
pub mod idempotency;
pub mod import;
pub mod lease;
pub mod ledger;
pub mod many;
pub mod proof;
pub mod rate;
pub mod reconciliation;
pub mod secrets;
pub mod session;
pub mod sql;
pub mod store;
pub mod touchpoint;
pub mod unit;
pub mod vault;
pub mod vehicle;

mod attempt;
mod bloom;
mod dialect;
mod keeper;
mod migrate;
mod open;
mod postgres;
mod queue;
mod sealed;
mod seen;
mod sqlite;
mod task;
mod verify;
mod worker;
mod working;
mod writer;

pub use account::AccountPlace;
pub use contract::PortalUser;
pub use credit::LineMove;
pub use document::{Document, Noun};
pub use fault::Fault;
pub use idempotency::{Answer, Remembered};
pub use import::ImportBatch;
pub use ledger::{Appended, NewRecord, StoredRecord};
pub use many::{Index, NewDocument};
pub use proof::TreeHead;
pub use secrets::Secrets;
pub use session::Session;
pub use sql::Param;
pub use store::{Location, Store};
pub use touchpoint::{Hit, NewTouchpoint, StoredTouchpoint, Touchpoint, TouchpointView};
pub use unit::{Ending, Heads, Log, Reader, Unit};
pub use vault::{Sealer, Vault};
pub use working::IMPORTS;
