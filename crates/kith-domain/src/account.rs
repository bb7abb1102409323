//! The customer account: who the customer is, whose it is, and on which terms it is served (D§1.2, §1.4, §1.5).
//!
//! prospect → onboarding → probation → active → inactive → closed, with rejected and erased at the sides (D§2.1).
//! A command carries a [`Draft`]: the fields as they were given. `decide` checks every one of them and names
//! all that are at fault; the events carry [`Changes`]: normalised, typed values.

mod cause;
mod changes;
mod check;
mod command;
mod custom;
mod decide;
mod draft;
mod effective;
mod event;
mod facts;
mod hierarchy;
mod hold;
mod key;
mod lane;
mod limit;
mod merge;
mod overrides;
mod quality;
pub mod refusal;
mod relationship;
mod rows;
mod stage;
mod state;
mod tax_profile;
mod terms;
mod transition;
mod warning;

pub use cause::{Cause, causes};
pub(crate) use changes::apply_rows;
pub use changes::{Changes, RowChange};
pub use command::{Command, fields_touched};
pub use custom::CustomValue;
pub(crate) use draft::read_tiers;
pub use draft::{
    AddressDraft, AgreementDraft, ContactDraft, DimensionDraft, Draft, IdentifierDraft, LaneDraft,
    MoneyDraft, OverridesDraft, PartyRoleDraft, RowAction, RowDraft, TaxIdDraft,
};
pub use effective::{Limit, Origin, Seen};
pub use event::Event;
pub use facts::{
    Facts, asked_credit_limits, names_team, wanted_accounts, wanted_documents, wanted_keys, wanted_prices,
    wanted_users,
};
pub use hierarchy::{DEPTH_MAX, KinFacts, Parent};
pub use hold::{Blocks, Hold, HoldDraft, HoldType, Watch};
pub use key::{Key, KeyKind};
pub use lane::{Lane, LaneLevel, Place, Shipment, matching};
pub use limit::LimitGround;
pub use merge::{
    FieldMerge, Merge, MergedInto, Other, Pick, Picks, Provenance, Survivorship, UNMERGE_DAYS, merged_into,
    split_off, survivorship,
};
pub use overrides::{AddressSet, OVERRIDABLE, Override, Overrides, TagSet};
pub use quality::{Quality, freshness};
pub use relationship::Relationship;
pub use rows::{Address, Agreement, Contact, Dimension, Identifier, Note, PartyRole, TaxId};
pub use stage::{Condition, Standing};
pub use state::{Account, Kyb, KybState, Review, account_number};
pub(crate) use terms::words;
pub use terms::{
    AddressKind, AgreementKind, ContactRole, ContactStatus, CustomerType, PartyRoleKind, RelationshipKind,
    Stage, Tier, Verification,
};
pub use transition::{
    Conduct, Guard, Obstacle, SUSPENDED_LATE_DAYS, TRANSITIONS, Transition, Trigger, suspensions, transition,
};

pub use warning::warnings;

#[cfg(test)]
mod tests;
