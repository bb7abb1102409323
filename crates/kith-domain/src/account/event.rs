//! What happened to an account. STORED FORMAT: add variants and optional members, never change one.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Changes, Hold, HoldType, LimitGround, Note, Parent, Relationship, Stage, Watch};
use crate::tax::{Revocation, Verification};
use crate::value::{AccountId, EntityCode, HoldId, Personal, RelationshipId, TaxProfileId};

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
    /// Its credit limit was set to what behaviour is worth.
    LimitAdjusted {
        /// What differs.
        changes: Box<Changes>,
        /// Why.
        ground: Box<LimitGround>,
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
        /// The day that was agreed for the next one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next_on: Option<Date>,
        /// When that was recorded.
        at: Timestamp,
    },
    /// It moved on in its life.
    StageChanged {
        /// From which stage.
        from: Stage,
        /// To which stage.
        to: Stage,
        /// For a customer that came back: the day on which knowing the business is due.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kyb_review_due_on: Option<Date>,
        /// Why.
        reason: Personal<String>,
        /// When.
        at: Timestamp,
    },
    /// The condition of a rule has come so far.
    ConditionNoted {
        /// Which rule.
        rule: String,
        /// How far.
        level: u32,
        /// When.
        at: Timestamp,
    },
    /// It was deleted; what is left is that it was.
    Deleted {
        /// Why.
        reason: Personal<String>,
        /// When.
        at: Timestamp,
    },
    /// Another account was merged into it.
    Merged {
        /// Which one.
        loser: AccountId,
        /// What it took over.
        changes: Box<Changes>,
        /// What stood there before.
        replaced: Box<Changes>,
        /// Rows that came from the loser.
        rows: BTreeSet<String>,
        /// Holds that came from the loser.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        holds: Vec<Hold>,
        /// The stage, if it is another one now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stage: Option<Stage>,
        /// The parents, if they are others now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parents: Option<Vec<Parent>>,
        /// Why.
        reason: Personal<String>,
        /// When.
        at: Timestamp,
    },
    /// It was merged into another account.
    MergedInto {
        /// Into which one.
        survivor: AccountId,
        /// When.
        at: Timestamp,
    },
    /// A merged account was taken out again.
    Unmerged {
        /// Which one.
        loser: AccountId,
        /// What it gave back.
        changes: Box<Changes>,
        /// The stage, if it is another one now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stage: Option<Stage>,
        /// The parents, if they are others now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parents: Option<Vec<Parent>>,
        /// Rows added since the merge, which stay here: somebody must say whose they are.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        left: BTreeSet<String>,
        /// Why.
        reason: Personal<String>,
        /// When.
        at: Timestamp,
    },
    /// It was taken out of the account that it had been merged into.
    SplitOff {
        /// Out of which one.
        survivor: AccountId,
        /// What happened to its rows there.
        changes: Box<Changes>,
        /// When.
        at: Timestamp,
    },
    /// It has other parents.
    ParentChanged {
        /// All of them, in the order of their days.
        parents: Vec<Parent>,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Personal<String>>,
        /// When.
        at: Timestamp,
    },
    /// It was related to another account, or the relationship is another one now.
    Related {
        /// The whole relationship.
        relationship: Relationship,
        /// When.
        at: Timestamp,
    },
    /// A relationship was taken away.
    Unrelated {
        /// Which one.
        id: RelationshipId,
        /// When.
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
    /// A hold was put on it.
    HoldPlaced {
        /// The whole hold.
        hold: Box<Hold>,
        /// When.
        at: Timestamp,
    },
    /// A hold was taken off.
    HoldReleased {
        /// Which hold.
        id: HoldId,
        /// Of what kind it was.
        kind: HoldType,
        /// The legal entity that alone it held for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        entity: Option<EntityCode>,
        /// Why.
        reason: Personal<String>,
        /// When.
        at: Timestamp,
    },
    /// An eye is kept on it.
    WatchSet {
        /// The whole watch.
        watch: Watch,
        /// When.
        at: Timestamp,
    },
    /// No eye is kept on it any more.
    WatchCleared {
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Personal<String>>,
        /// When.
        at: Timestamp,
    },
}
