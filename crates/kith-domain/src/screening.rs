//! Screening: lists in force, hits of accounts on their entries, what people decide about them, and who owns an account.
//!
//! A hit goes open → in review → false positive | true match | inconclusive → escalated. What ends it, a false positive or a
//! true match, one person proposes and another one agrees to (decision 0032). A false positive is remembered until the party
//! or the entry changes.

pub mod hit;
pub mod list;
pub mod owners;
pub mod refusal;

#[cfg(test)]
mod tests;

pub use hit::{Features, Finding, Hit, HitState, Listed, Party, PartyRole, Verdict};
pub use list::{ListFile, ScreeningList, Snapshot};
pub use owners::{Owner, OwnerKind, Owners};
