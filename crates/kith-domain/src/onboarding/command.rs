//! What may be asked of a case.

use serde::{Deserialize, Serialize};

use super::{Application, Evidence, RejectCode, StepName, StepState};
use crate::account::{CustomerType, Draft};
use crate::approval::Operation;
use crate::value::{AccountId, EntityCode, OnboardingId, Personal};

/// A case as it begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Started {
    /// The new case's id.
    pub id: OnboardingId,
    /// Whom it takes on.
    pub account: AccountId,
    /// The legal entity that takes it on.
    pub entity: EntityCode,
    /// What kind of customer.
    pub customer_type: CustomerType,
    /// What the application says besides the account.
    pub application: Application,
    /// The account was rejected before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
    /// Of a new account: its fields as given. The case does not keep them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Box<Draft>>,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Begin it.
    Start(Box<Started>),
    /// Put another application in the place of the one that there is.
    Amend {
        /// What it says now.
        application: Box<Application>,
    },
    /// Record what the work of a step found. Kith itself does.
    Record {
        /// Which step.
        step: StepName,
        /// Where it stands now.
        state: StepState,
        /// Why.
        #[serde(default)]
        reason: Option<Personal<String>>,
        /// What it rests on.
        #[serde(default)]
        evidence: Vec<Evidence>,
    },
    /// Say by hand that a step passed or failed.
    Judge {
        /// Which step.
        step: StepName,
        /// Whether it passed.
        passed: bool,
        /// Why.
        reason: Personal<String>,
        /// What it rests on.
        #[serde(default)]
        evidence: Vec<Evidence>,
    },
    /// Wait for the customer, or go on.
    Await {
        /// Which step.
        step: StepName,
        /// What the customer must do.
        reason: Personal<String>,
    },
    /// Go without a step.
    Waive {
        /// Which step.
        step: StepName,
        /// Why.
        reason: Personal<String>,
    },
    /// Agree to take the customer on: the step of the approvals.
    Approve,
    /// Take the customer on: all steps are settled.
    Complete {
        /// Without probation.
        skip_probation: bool,
    },
    /// Turn it down.
    Reject {
        /// Why, in one word.
        code: RejectCode,
        /// Why.
        reason: Personal<String>,
    },
    /// Remind of what the customer owes.
    Remind {
        /// Which step.
        step: StepName,
        /// The how many-th time, from 1.
        count: u8,
    },
    /// Hand a step on that takes too long.
    Escalate {
        /// Which step.
        step: StepName,
    },
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Start(started) if started.again => Operation::OnboardingStartAgain,
            Self::Start(_) => Operation::OnboardingStart,
            Self::Amend { .. } => Operation::OnboardingAmend,
            Self::Await { .. } => Operation::OnboardingAwait,
            Self::Judge { .. } => Operation::OnboardingJudge,
            Self::Waive { .. } => Operation::OnboardingWaive,
            Self::Approve => Operation::OnboardingApprove,
            Self::Reject { code: RejectCode::SanctionsMatch, .. } => Operation::OnboardingRejectMatch,
            Self::Reject { .. } => Operation::OnboardingReject,
            Self::Record { .. } | Self::Complete { .. } | Self::Remind { .. } | Self::Escalate { .. } => {
                Operation::OnboardingTend
            }
        }
    }
}
