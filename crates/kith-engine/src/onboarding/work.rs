//! The work of the steps: what Kith finds out by itself. One value of [`StepWork`] for each step; to connect another
//! part of the house, put its work into [`work_of`].

mod credit;
mod inside;
mod outside;
mod papers;
mod provision;

use std::pin::Pin;

use jiff::civil::Date;
use kith_domain::account::Account;
use kith_domain::document::Document;
use kith_domain::onboarding::{Evidence, Onboarding, StepName, StepState};
use kith_domain::value::{DocumentId, Personal};
use kith_store::Fault;

use crate::engine::Engine;

/// What the work of a step has before it.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    pub(crate) engine: Engine,
    pub(crate) case: Onboarding,
    pub(crate) account: Account,
    /// The account's row, for the directory and the profile.
    pub(crate) row: Option<u32>,
    pub(crate) documents: Vec<Document>,
    pub(crate) today: Date,
}

/// What the work of a step found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Finding {
    pub(crate) state: StepState,
    pub(crate) reason: Option<String>,
    pub(crate) proofs: Vec<Proof>,
}

/// What a finding rests on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Proof {
    pub(crate) source: String,
    pub(crate) text: String,
    pub(crate) document: Option<DocumentId>,
    pub(crate) as_of: Option<String>,
}

impl Proof {
    pub(crate) fn of(source: &str, text: impl Into<String>) -> Self {
        Self { source: source.to_owned(), text: text.into(), document: None, as_of: None }
    }
}

impl Finding {
    fn of(state: StepState, reason: impl Into<String>) -> Self {
        Self { state, reason: Some(reason.into()), proofs: Vec::new() }
    }

    /// It is done.
    pub(crate) fn passed(reason: impl Into<String>) -> Self {
        Self::of(StepState::Passed, reason)
    }

    /// It came out badly.
    pub(crate) fn failed(reason: impl Into<String>) -> Self {
        Self::of(StepState::Failed, reason)
    }

    /// Somebody outside does not answer.
    pub(crate) fn pending(reason: impl Into<String>) -> Self {
        Self::of(StepState::PendingExternal, reason)
    }

    /// The customer must do something.
    pub(crate) fn awaiting(reason: impl Into<String>) -> Self {
        Self::of(StepState::AwaitingCustomer, reason)
    }

    /// Somebody of ours must do something.
    pub(crate) fn ours(reason: impl Into<String>) -> Self {
        Self::of(StepState::Running, reason)
    }

    pub(crate) fn with(mut self, proofs: impl IntoIterator<Item = Proof>) -> Self {
        self.proofs.extend(proofs);
        self
    }

    /// The evidence as the case keeps it.
    pub(crate) fn evidence(&self, case: &Onboarding) -> Vec<Evidence> {
        let kept = |proof: &Proof| Evidence {
            source: proof.source.clone(),
            text: Personal::new(case.account, proof.text.clone()),
            document: proof.document,
            as_of: proof.as_of.clone(),
        };
        self.proofs.iter().map(kept).collect()
    }
}

/// What comes of work that is under way.
pub(crate) type Work<'d> = Pin<Box<dyn Future<Output = Result<Finding, Fault>> + Send + 'd>>;

/// The work of one step.
pub(crate) trait StepWork: Sync {
    /// Looks, and says what was found. It writes nothing of the case: whoever runs it records the finding.
    fn run<'d>(&self, desk: &'d Desk) -> Work<'d>;
}

/// Work that needs nothing but the desk.
struct Look(fn(&Desk) -> Result<Finding, Fault>);

impl StepWork for Look {
    fn run<'d>(&self, desk: &'d Desk) -> Work<'d> {
        let found = (self.0)(desk);
        Box::pin(std::future::ready(found))
    }
}

/// The work of a step.
pub(crate) fn work_of(step: StepName) -> &'static dyn StepWork {
    match step {
        StepName::Intake => &Look(inside::intake),
        StepName::DuplicateCheck => &Look(inside::duplicates),
        StepName::Registry => &outside::Registry,
        StepName::TaxId => &outside::TaxId,
        StepName::Owners => &Look(inside::owners),
        StepName::Screening => &inside::Screening,
        StepName::Documents => &Look(papers::documents),
        StepName::Credit => &credit::Credit,
        StepName::Approvals => &inside::Approvals,
        StepName::Contract => &papers::Contract,
        StepName::Provisioning => &provision::Provisioning,
        StepName::Welcome => &inside::Welcome,
    }
}
