//! What may be asked of an account.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Draft, HoldDraft, HoldType, LimitGround, Picks, Relationship};
use crate::approval::Operation;
use crate::value::{AccountId, EntityCode, HoldId, Money, NoteId, Personal, RelationshipId, TaxProfileId};

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
        /// It applies: it begins in onboarding, and a case decides what becomes of it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        application: bool,
    },
    /// Change it. Everything in the draft, or nothing.
    Update {
        /// The fields as given.
        draft: Box<Draft>,
    },
    /// Set the credit limit that behaviour is worth.
    AdjustLimit {
        /// The legal entity whose limit it is; `None` for the master record's.
        entity: Option<EntityCode>,
        /// The limit that it was made for.
        from: Option<Money>,
        /// The limit.
        to: Money,
        /// Whether it is more than before.
        raises: bool,
        /// Why.
        ground: Box<LimitGround>,
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
        /// The day that was agreed for the next one; `None` goes by the cadence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next_on: Option<Date>,
    },
    /// Let it apply to become a customer.
    Apply {
        /// It was rejected before.
        again: bool,
    },
    /// Turn it down.
    Reject {
        /// For a match with a list of sanctions.
        match_found: bool,
        /// Why.
        reason: Personal<String>,
    },
    /// Take it on: every step of its case is settled.
    Admit {
        /// Without probation.
        skip_probation: bool,
        /// When it is looked into again.
        review_on: Date,
    },
    /// Take it out of probation.
    Activate {
        /// Why.
        reason: Personal<String>,
    },
    /// Remember how far the condition of a rule has come. Kith itself does.
    NoteCondition {
        /// Which rule.
        rule: String,
        /// How far; 0 where it does not hold.
        level: u32,
    },
    /// Make it inactive: a customer no more, for now.
    Deactivate {
        /// Why; sealed under who asks.
        reason: Personal<String>,
        /// Even though invoices are open.
        #[serde(default)]
        allow_open_ar: bool,
    },
    /// Make an inactive account a customer again.
    Reactivate {
        /// Why.
        reason: Personal<String>,
    },
    /// Close it: a customer no more.
    Close {
        /// Why.
        reason: Personal<String>,
    },
    /// Make a closed account inactive again.
    Reopen {
        /// Why.
        reason: Personal<String>,
    },
    /// Delete it: only what nothing ever happened to.
    Delete {
        /// Why.
        reason: Personal<String>,
    },
    /// Merge another account into it.
    Merge {
        /// The account that is merged into this one.
        loser: AccountId,
        /// Whose value is taken, where a person says so.
        #[serde(default)]
        picks: Picks,
        /// Why.
        reason: Personal<String>,
    },
    /// Take a merged account out again.
    Unmerge {
        /// The account that was merged into this one.
        loser: AccountId,
        /// Why.
        reason: Personal<String>,
    },
    /// Give it a parent from a day on, or none.
    SetParent {
        /// The parent; none takes it away.
        parent: Option<AccountId>,
        /// First day.
        valid_from: Date,
        /// Why.
        #[serde(default)]
        reason: Option<Personal<String>>,
    },
    /// Relate it to another account, or change a relationship: the whole of it.
    Relate {
        /// The relationship.
        relationship: Relationship,
    },
    /// Take a relationship away, as if it had never been.
    Unrelate {
        /// Which one.
        id: RelationshipId,
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
    /// Put a hold on it.
    PlaceHold {
        /// The hold.
        hold: Box<HoldDraft>,
    },
    /// Take a hold off again.
    ReleaseHold {
        /// Which hold.
        #[serde(rename = "hold_id")]
        id: HoldId,
        /// Of what kind it is: that says who releases it.
        kind: HoldType,
        /// Why.
        reason: Personal<String>,
    },
    /// Keep an eye on it.
    SetWatch {
        /// Why.
        reason: Personal<String>,
        /// The rule that asks for it; nothing for a person.
        #[serde(default)]
        cause: Option<String>,
        /// Until when; 90 days when absent.
        #[serde(default)]
        expires_at: Option<Timestamp>,
    },
    /// Keep no eye on it any more.
    ClearWatch {
        /// Why.
        #[serde(default)]
        reason: Option<Personal<String>>,
    },
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Create { application: true, .. } | Self::Apply { again: false } => Operation::AccountApply,
            Self::Create { .. } => Operation::AccountCreate,
            Self::Apply { .. } => Operation::AccountApplyAgain,
            Self::Reject { .. } => Operation::AccountReject,
            Self::Admit { .. } => Operation::AccountAdmit,
            Self::Activate { .. } => Operation::AccountActivate,
            Self::NoteCondition { .. } => Operation::AccountNoteCondition,
            Self::Update { .. } => Operation::AccountUpdate,
            Self::AdjustLimit { raises: true, .. } => Operation::LimitRaise,
            Self::AdjustLimit { raises: false, .. } => Operation::LimitCut,
            Self::AddNote { .. } => Operation::AccountAddNote,
            Self::Review { .. } => Operation::AccountReview,
            Self::Deactivate { .. } => Operation::AccountDeactivate,
            Self::Reactivate { .. } => Operation::AccountReactivate,
            Self::Close { .. } => Operation::AccountClose,
            Self::Reopen { .. } => Operation::AccountReopen,
            Self::Delete { .. } => Operation::AccountDelete,
            Self::Merge { .. } => Operation::AccountMerge,
            Self::Unmerge { .. } => Operation::AccountUnmerge,
            Self::SetParent { .. } => Operation::AccountSetParent,
            Self::Relate { .. } | Self::Unrelate { .. } => Operation::AccountRelate,
            Self::VerifyTaxProfile { .. } => Operation::TaxProfileVerify,
            Self::RevokeTaxProfile { .. } => Operation::TaxProfileRevoke,
            Self::PlaceHold { .. } => Operation::HoldPlace,
            Self::ReleaseHold { kind, .. } if kind.is_compliance() => Operation::ComplianceHoldRelease,
            Self::ReleaseHold { .. } => Operation::HoldRelease,
            Self::SetWatch { .. } => Operation::WatchSet,
            Self::ClearWatch { .. } => Operation::WatchClear,
        }
    }
}

/// The fields that a command touches: what [`crate::policy`] weighs, and what a stale change is compared by.
#[must_use]
pub fn fields_touched(command: &Command) -> BTreeSet<&'static str> {
    match command {
        Command::Create { draft, .. } | Command::Update { draft } => draft.fields(),
        Command::AdjustLimit { entity: None, .. } => BTreeSet::from(["credit_limit"]),
        Command::AdjustLimit { entity: Some(_), .. } => BTreeSet::from(["overrides"]),
        Command::AddNote { .. } => BTreeSet::from(["note_log"]),
        Command::Review { .. } => BTreeSet::from(["review"]),
        Command::NoteCondition { .. } => BTreeSet::from(["conditions"]),
        Command::Apply { .. }
        | Command::Reject { .. }
        | Command::Admit { .. }
        | Command::Activate { .. }
        | Command::Deactivate { .. }
        | Command::Reactivate { .. }
        | Command::Close { .. }
        | Command::Reopen { .. }
        | Command::Delete { .. } => BTreeSet::from(["stage"]),
        Command::Merge { .. } | Command::Unmerge { .. } => BTreeSet::from(["merged"]),
        Command::SetParent { .. } => BTreeSet::from(["parents"]),
        Command::Relate { .. } | Command::Unrelate { .. } => BTreeSet::from(["relationships"]),
        Command::VerifyTaxProfile { .. } | Command::RevokeTaxProfile { .. } => {
            BTreeSet::from(["tax_profiles"])
        }
        Command::PlaceHold { .. } | Command::ReleaseHold { .. } => BTreeSet::from(["holds"]),
        Command::SetWatch { .. } | Command::ClearWatch { .. } => BTreeSet::from(["watch"]),
    }
}
