//! The pages, one file each.

mod account;
mod accounts;
mod audit;
mod catalogue;
mod change;
mod contract;
mod door;
mod duplicate;
mod error;
mod import;
mod imports;
mod life;
mod merge;
mod metric;
mod notification;
mod policy;
mod portal;
mod quarantine;
mod sign_in;
mod task;

pub use account::{AccountPage, AccountTab, Agreed, Group, NoteDraft, account, account_live};
pub use accounts::{AccountsPage, Choice, Column, FilterFault, accounts, accounts_rows};
pub use audit::{AuditPage, AuditTyped, audit};
pub use catalogue::{CataloguesPage, catalogues};
pub use change::{Acts, ChangesPage, Decision, change, changes};
pub use contract::{ContractPage, ContractsPage, contract, contracts};
pub use door::{ActivationPage, SigningPage, TextLine, activation, notice, signing};
pub use duplicate::{DuplicatesPage, duplicates};
pub use error::error;
pub use import::{ImportPage, import, import_live};
pub use imports::{ImportsPage, imports};
pub use life::{Act, ActPage, act};
pub use merge::{MergePage, merge};
pub use metric::{MetricPage, metric};
pub use notification::{NotificationsPage, notifications};
pub use policy::{ApprovalsPage, approvals};
pub use portal::portal;
pub use quarantine::{QuarantinePage, quarantine};
pub use sign_in::{SignIn, sign_in};
pub use task::{TasksPage, tasks};

pub(crate) use contract::rows as contract_rows;
