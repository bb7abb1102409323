//! The customer account: who the customer is, whose it is, and on which terms it is served (D§1.2, §1.4, §1.5).
//!
//! prospect → onboarding → probation → active → inactive → closed, with rejected and erased at the sides (D§2.1).
//! A command carries a [`Draft`]: the fields as they were given. `decide` checks every one of them and names
//! all that are at fault; the events carry [`Changes`]: normalised, typed values.

mod changes;
mod command;
mod draft;
mod event;
mod facts;
mod key;
mod rows;
mod state;
mod terms;

pub use changes::{Changes, RowChange};
pub use command::{Command, fields_touched};
pub use draft::{
    AddressDraft, AgreementDraft, ContactDraft, Draft, IdentifierDraft, LaneDraft, MoneyDraft,
    PartyRoleDraft, RowAction, RowDraft, TaxIdDraft,
};
pub use event::Event;
pub use facts::Facts;
pub use key::{Key, KeyKind};
pub use rows::{Address, Agreement, Contact, Identifier, Lane, Note, PartyRole, TaxId};
pub use state::{Account, Kyb, KybState, NOTES_KEPT, Review, account_number};
pub use terms::{
    AddressKind, AgreementKind, ContactRole, ContactStatus, CustomerType, PartyRoleKind, Stage, Tier,
};

#[cfg(test)]
mod tests;
