//! The state of a case, and the questions it answers.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Application, CaseState, Clock, RejectCode, StepName, StepState};
use crate::account::CustomerType;
use crate::value::{AccountId, DocumentId, EntityCode, OnboardingId, Personal, UserId};

/// What a finding rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Where it comes from: `account`, `document`, `change`, `person`, or a provider's name.
    pub source: String,
    /// What it says, sealed under the account.
    pub text: Personal<String>,
    /// The document that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
    /// As of when the source says so: the day or the name of its snapshot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
}

/// One entry of a step's trail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Where the step stood from then on.
    pub state: StepState,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Personal<String>>,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Who said so; Kith itself when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<UserId>,
    /// When.
    pub at: Timestamp,
}

/// A step of a case.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StepRecord {
    /// Where it stands.
    pub state: StepState,
    /// When it was begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// Since when it stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// When it was settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled_at: Option<Timestamp>,
    /// How often somebody was reminded since the customer is waited for.
    #[serde(skip_serializing_if = "is_zero")]
    pub reminders: u8,
    /// When it was handed on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalated_at: Option<Timestamp>,
    /// What was found, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub trail: Vec<Entry>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(count: &u8) -> bool {
    *count == 0
}

impl StepRecord {
    /// Seconds from its beginning until it was settled, or until now.
    #[must_use]
    pub fn dwell_seconds(&self, now: Timestamp) -> i64 {
        let Some(start) = self.started_at else { return 0 };
        self.settled_at.unwrap_or(now).as_second().saturating_sub(start.as_second()).max(0)
    }
}

/// A case of onboarding.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Onboarding {
    /// Which case.
    pub id: OnboardingId,
    /// Whom it takes on.
    pub account: AccountId,
    /// The legal entity that takes it on.
    pub entity: EntityCode,
    /// What kind of customer.
    pub customer_type: CustomerType,
    /// What the application says besides the account.
    pub application: Application,
    /// Where it stands.
    pub state: CaseState,
    /// Its clock.
    pub clock: Clock,
    /// Who started it; Kith itself when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_by: Option<UserId>,
    /// When anything happened to it last, reminders apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub touched_at: Option<Timestamp>,
    /// Its steps; those that nobody began are not there.
    pub steps: BTreeMap<StepName, StepRecord>,
    /// Whether the customer was taken on without probation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub skipped_probation: bool,
    /// Why it was turned down, in one word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reject_code: Option<RejectCode>,
    /// Why it was turned down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reject_reason: Option<Personal<String>>,
}

impl Onboarding {
    /// Whether it was started.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.clock.submitted_at.is_some()
    }

    /// Whether it is worked on.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.exists() && self.state == CaseState::Open
    }

    /// Where a step stands.
    #[must_use]
    pub fn step(&self, step: StepName) -> StepState {
        self.steps.get(&step).map(|record| record.state).unwrap_or_default()
    }

    /// The steps that a step still waits for.
    #[must_use]
    pub fn blocked_by(&self, step: StepName) -> Vec<StepName> {
        step.needs().iter().copied().filter(|needed| !self.step(*needed).is_settled()).collect()
    }

    /// The steps that are not settled and wait for no other.
    #[must_use]
    pub fn workable(&self) -> Vec<StepName> {
        if !self.is_open() {
            return Vec::new();
        }
        let open = StepName::ALL.iter().copied().filter(|step| !self.step(*step).is_settled());
        open.filter(|step| self.blocked_by(*step).is_empty()).collect()
    }

    /// The steps that are not settled.
    #[must_use]
    pub fn open_steps(&self) -> Vec<StepName> {
        StepName::ALL.iter().copied().filter(|step| !self.step(*step).is_settled()).collect()
    }

    /// Whether the customer is waited for in any step.
    #[must_use]
    pub fn awaits_customer(&self) -> bool {
        self.steps.values().any(|record| record.state == StepState::AwaitingCustomer)
    }

    /// Whether a step is with us: somebody of ours works on it, or must decide what to do about it.
    #[must_use]
    pub fn is_with_us(&self) -> bool {
        let ours = |record: &StepRecord| matches!(record.state, StepState::Running | StepState::Failed);
        self.steps.values().any(ours)
    }

    /// Whether the clock stands still: the customer owes something that we cannot go on without, or signs a contract while nothing is
    /// with us. A contract that is out holds up none of our own steps.
    #[must_use]
    pub fn stands_still(&self) -> bool {
        let owed = |step: &StepName| self.step(*step) == StepState::AwaitingCustomer;
        let others = StepName::ALL.iter().filter(|step| **step != StepName::Contract).any(owed);
        others || (owed(&StepName::Contract) && !self.is_with_us())
    }

    /// When a step is to be done, without the time in which the customer was waited for since it began; none for a step
    /// that nobody began.
    #[must_use]
    pub fn due_at(&self, step: StepName) -> Option<Timestamp> {
        let started = self.steps.get(&step)?.started_at?;
        let budget = i64::from(step.budget_minutes()).saturating_mul(60);
        let seconds = budget.saturating_add(self.clock.paused_seconds_since(started));
        started.checked_add(jiff::SignedDuration::from_secs(seconds)).ok()
    }
}
