//! What may be asked of a notification.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::approval::Operation;
use crate::value::{NotificationId, Personal, UserId};

/// What it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotificationKind {
    /// A step waits for the reader.
    ChangeReminder,
    /// A step was handed on.
    ChangeEscalated,
    /// Nobody decided on a change in time.
    ChangeExpired,
    /// A change was turned down.
    ChangeRejected,
    /// A change must be looked at again: the record moved under it.
    ChangeStale,
    /// A change that the reader approved was edited; the approval is void.
    ChangeEdited,
    /// Somebody said something on a change.
    ChangeCommented,
    /// A change was applied without its steps, and is to be reviewed.
    GlassBroken,
    /// A change that passed by rule was picked for a review.
    SampledReview,
    /// Somebody delegated approvals to the reader.
    DelegationMade,
    /// Reviews of the reader's accounts fell due.
    ReviewDue,
    /// An account was moved by a rule.
    AccountMoved,
    /// A customer that is being taken on owes something.
    OnboardingReminder,
    /// A step of onboarding takes too long.
    OnboardingEscalated,
    /// A customer was taken on.
    OnboardingDone,
    /// Something about one of the reader's accounts is not as it should be.
    AlertRaised,
    /// The credit limit of one of the reader's accounts was lowered.
    LimitLowered,
    /// An extract of another system and the credit book differ.
    ReconciliationBreaks,
    /// Something happened to a contract, or must be done about it.
    Contract,
    /// A task was opened for the reader.
    TaskOpened,
    /// A customer's person has access to the portal, or lost it.
    PortalAccess,
    /// A colleague said what a hit of screening is; a second reviewer has to agree.
    HitProposed,
}

impl NotificationKind {
    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ChangeReminder => "change_reminder",
            Self::ChangeEscalated => "change_escalated",
            Self::ChangeExpired => "change_expired",
            Self::ChangeRejected => "change_rejected",
            Self::ChangeStale => "change_stale",
            Self::ChangeEdited => "change_edited",
            Self::ChangeCommented => "change_commented",
            Self::GlassBroken => "glass_broken",
            Self::SampledReview => "sampled_review",
            Self::DelegationMade => "delegation_made",
            Self::ReviewDue => "review_due",
            Self::AccountMoved => "account_moved",
            Self::OnboardingReminder => "onboarding_reminder",
            Self::OnboardingEscalated => "onboarding_escalated",
            Self::OnboardingDone => "onboarding_done",
            Self::AlertRaised => "alert_raised",
            Self::LimitLowered => "limit_lowered",
            Self::ReconciliationBreaks => "reconciliation_breaks",
            Self::Contract => "contract",
            Self::TaskOpened => "task_opened",
            Self::PortalAccess => "portal_access",
            Self::HitProposed => "hit_proposed",
        }
    }
}

/// What somebody should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Who should know.
    pub to: UserId,
    /// What it is about.
    pub kind: NotificationKind,
    /// One sentence; sealed under its reader, since it may name people.
    pub text: Personal<String>,
    /// What it is about, for example `chg_…`.
    pub about: String,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Tell somebody.
    Send {
        /// The new notification's id.
        id: NotificationId,
        /// What.
        message: Message,
    },
    /// The reader has seen it.
    MarkRead,
    /// The reader wants it to stand out again.
    MarkUnread,
    /// The reader wants to be told later.
    Snooze {
        /// When.
        until: Timestamp,
    },
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Send { .. } => Operation::NotificationSend,
            Self::MarkRead | Self::MarkUnread | Self::Snooze { .. } => Operation::NotificationRead,
        }
    }
}
