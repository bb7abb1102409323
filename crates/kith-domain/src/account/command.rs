//! What may be asked of an account.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Draft;
use crate::approval::Operation;
use crate::value::{AccountId, NoteId, Personal, TaxProfileId};

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Create it. Without a stage, or with `prospect`: a prospect. With `active`: a customer that is taken over.
    Create {
        /// The new account's id.
        id: AccountId,
        /// The next number of the organisation.
        number: u64,
        /// Its fields as given.
        draft: Box<Draft>,
    },
    /// Change it. Everything in the draft, or nothing.
    Update {
        /// The fields as given.
        draft: Box<Draft>,
    },
    /// Write a note.
    AddNote {
        /// The new note's id.
        id: NoteId,
        /// What it says, sealed under the account.
        text: Personal<String>,
    },
    /// Record that it was reviewed with the customer.
    Review {
        /// On which day; not in the future.
        on: Date,
    },
    /// Record that the certificate of a tax profile was checked with its issuer; again for a later check.
    VerifyTaxProfile {
        /// Which profile.
        id: TaxProfileId,
    },
    /// Take a tax profile back.
    RevokeTaxProfile {
        /// Which profile.
        id: TaxProfileId,
        /// Why.
        reason: String,
    },
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Create { .. } => Operation::AccountCreate,
            Self::Update { .. } => Operation::AccountUpdate,
            Self::AddNote { .. } => Operation::AccountAddNote,
            Self::Review { .. } => Operation::AccountReview,
            Self::VerifyTaxProfile { .. } => Operation::TaxProfileVerify,
            Self::RevokeTaxProfile { .. } => Operation::TaxProfileRevoke,
        }
    }
}

/// The fields that a command touches: what [`crate::policy`] weighs, and what a stale change is compared by.
#[must_use]
pub fn fields_touched(command: &Command) -> BTreeSet<&'static str> {
    match command {
        Command::Create { draft, .. } | Command::Update { draft } => draft.fields(),
        Command::AddNote { .. } => BTreeSet::from(["note_log"]),
        Command::Review { .. } => BTreeSet::from(["review"]),
        Command::VerifyTaxProfile { .. } | Command::RevokeTaxProfile { .. } => {
            BTreeSet::from(["tax_profiles"])
        }
    }
}
