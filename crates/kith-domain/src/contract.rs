//! Contracts: what is agreed with a customer, signed by whom and how, until when (D§1.8).
//!
//! draft → `in_review` → sent → `partially_signed` → signed → active → expiring → expired | renewed | terminated. A contract is
//! validated once every signature is there, each for the very document that was sent, by people whose authority is confirmed.

mod check;
mod clock;
mod command;
mod decide;
mod draft;
mod event;
mod facts;
pub mod refusal;
mod render;
mod sign;
mod signature;
mod state;
mod terms;

pub use clock::{REMIND_BEFORE_DAYS, SIGNING_REMINDERS_HOURS, deadline};
pub use command::{Command, NoticeKind, Origin, Scan, Sending, Signing};
pub use draft::{ContractDraft, SignerDraft, wanted_documents, wanted_prices, wanted_users};
pub use event::{Event, TemplateRef};
pub use facts::{Facts, OurSigner};
pub use render::{Line, lines, values};
pub use signature::{Authority, Evidence, Link, SignatureMethod, Signer, SignerSide};
pub use state::{Contract, ContractState, Notice, PendingScan, Refused};
pub use terms::{CommittedVolume, Party, PartySide, Period, SlaTargets, Terms};

#[cfg(test)]
mod tests;
