//! What happened to an account. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Changes, Note, Stage};
use crate::tax::{Revocation, Verification};
use crate::value::{AccountId, TaxProfileId};

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was created.
    Created {
        /// The id.
        id: AccountId,
        /// The number.
        account_number: String,
        /// Where it stands: `prospect`, or `active` for a customer that was taken over.
        stage: Stage,
        /// For a customer taken over: the day on which knowing the business is due.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kyb_review_due_on: Option<Date>,
        /// Everything that was given.
        changes: Box<Changes>,
        /// When.
        at: Timestamp,
    },
    /// It was changed.
    Updated {
        /// What differs.
        changes: Box<Changes>,
        /// When.
        at: Timestamp,
    },
    /// Somebody wrote a note.
    NoteAdded {
        /// The note.
        note: Note,
    },
    /// It was reviewed with the customer.
    Reviewed {
        /// On which day.
        on: Date,
        /// When that was recorded.
        at: Timestamp,
    },
    /// The certificate of a tax profile was checked with its issuer.
    TaxProfileVerified {
        /// Which profile.
        id: TaxProfileId,
        /// Who checked it, and on which day.
        verification: Verification,
        /// When that was recorded.
        at: Timestamp,
    },
    /// A tax profile was taken back.
    TaxProfileRevoked {
        /// Which profile.
        id: TaxProfileId,
        /// Who did it, when, and why.
        revocation: Revocation,
        /// When that was recorded.
        at: Timestamp,
    },
}
