//! Moves a case on: runs the work of every step that can be worked on, records what it found, and takes the customer on
//! once all steps are settled.

use kith_domain::account::{Account, CustomerType};
use kith_domain::command::Command as Whole;
use kith_domain::document::Document;
use kith_domain::onboarding::{Command, Onboarding, StepName, StepState};
use kith_domain::refusal::Refusal;
use kith_domain::value::{OnboardingId, Personal};
use kith_store::{Fault, Noun};
use tokio::task::JoinSet;

use super::work::{Desk, Finding, work_of};
use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::noun::{load, read};

/// Rounds of one call: each settles at least one step.
const ROUNDS_MAX: usize = 16;
/// Most documents of one account that are looked at.
const DOCUMENTS_MAX: u32 = 1_000;

impl Engine {
    /// Runs whatever a case can be moved on by, until nothing moves any more.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write; what was recorded before stays.
    pub(crate) async fn advance_case(&self, id: OnboardingId) -> Result<(), Fault> {
        for _ in 0..ROUNDS_MAX {
            let Some(desk) = self.case_desk(id).await? else { return Ok(()) };
            if desk.case.open_steps().is_empty() {
                let skip_probation = skips_probation(&desk);
                self.tell_case(id, Command::Complete { skip_probation }).await?;
                return Ok(());
            }
            let steps: Vec<StepName> = desk.case.workable();
            if !self.run_steps(&desk, &steps).await? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Moves a case on beside whatever goes on.
    pub(crate) fn start_advancing(&self, id: OnboardingId) {
        let engine = self.clone();
        tokio::spawn(async move {
            if let Err(fault) = engine.advance_case(id).await {
                tracing::warn!(%fault, "a case of onboarding could not be moved on; it is tried again");
            }
        });
    }

    /// Runs steps side by side; whether one of them was settled.
    async fn run_steps(&self, desk: &Desk, steps: &[StepName]) -> Result<bool, Fault> {
        let mut running = JoinSet::new();
        for step in steps.iter().copied().filter(|step| runs_by_itself(&desk.case, *step)) {
            let desk = desk.clone();
            running.spawn(async move { (step, work_of(step).run(&desk).await) });
        }
        let mut settled = false;
        while let Some(done) = running.join_next().await {
            let (step, found) = done.map_err(|_| Fault::Panicked)?;
            let found = found?;
            if !waits_by_hand(&desk.case, step) || found.state.is_settled() {
                settled |= self.record(&desk.case, step, &found).await?;
            }
        }
        Ok(settled)
    }

    /// Records a finding; whether it settled the step.
    async fn record(&self, case: &Onboarding, step: StepName, found: &Finding) -> Result<bool, Fault> {
        let reason = found.reason.clone().map(|reason| Personal::new(case.account, reason));
        let command = Command::Record { step, state: found.state, reason, evidence: found.evidence(case) };
        // A refusal means that somebody else was quicker: the next look sees what they did.
        let recorded = self.tell_case(case.id, command).await?;
        Ok(recorded.is_none() && found.state.is_settled())
    }

    /// Carries out a command of Kith's own to a case; the refusal, if the rules say no.
    pub(super) async fn tell_case(
        &self,
        id: OnboardingId,
        command: Command,
    ) -> Result<Option<Refusal>, Fault> {
        let command = Whole::Onboarding { id, command };
        Ok(match self.execute(&Caller::system(), Request::from(command)).await?.answer {
            Answer::Refused(refusal) => Some(refusal),
            Answer::Done(_) | Answer::Waiting(_) => None,
        })
    }

    /// What the work of the steps has before it; nothing for a case that is not open.
    pub(super) async fn case_desk(&self, id: OnboardingId) -> Result<Option<Desk>, Fault> {
        let engine = self.clone();
        let today = self.today_in(&self.organisation().timezone);
        self.store()
            .read(move |reader| {
                let case = load::<Onboarding>(reader, &id.to_string())?.state;
                if !case.is_open() {
                    return Ok(None);
                }
                let account = case.account.to_string();
                let loaded = load::<Account>(reader, &account)?;
                let found =
                    reader.list(Noun::Document, &[("account_id", (&account).into())], None, DOCUMENTS_MAX)?;
                let documents = found.into_iter().map(|one| Ok(read::<Document>(one)?.state));
                let documents = documents.collect::<Result<Vec<_>, Fault>>()?;
                Ok(Some(Desk {
                    engine: engine.clone(),
                    case,
                    account: loaded.state,
                    row: loaded.row,
                    documents,
                    today,
                }))
            })
            .await
    }

    /// Looks again at a case after something came in: also at what Kith itself found to fail for want of a document.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write.
    pub async fn look_again(&self, id: OnboardingId) -> Result<(), Fault> {
        if let Some(desk) = self.case_desk(id).await? {
            for step in [StepName::Registry, StepName::TaxId, StepName::Documents] {
                let failed = desk.case.step(step) == StepState::Failed;
                let said = desk.case.steps.get(&step).and_then(|record| record.trail.last());
                if failed && said.is_some_and(|entry| entry.by.is_none()) {
                    let found = work_of(step).run(&desk).await?;
                    self.record(&desk.case, step, &found).await?;
                }
            }
        }
        self.advance_case(id).await
    }

    /// Runs the work of one step now, and whatever follows from it.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write.
    pub async fn run_step(&self, id: OnboardingId, step: StepName) -> Result<Result<(), Refusal>, Fault> {
        let Some(desk) = self.case_desk(id).await? else {
            return Ok(Err(kith_domain::onboarding::refusal::ended()));
        };
        let blocked = desk.case.blocked_by(step);
        if desk.case.step(step).is_settled() || !blocked.is_empty() {
            // The rules say it in their own words.
            let command = Command::Record { step, state: StepState::Running, reason: None, evidence: vec![] };
            return Ok(match self.tell_case(id, command).await? {
                Some(refusal) => Err(refusal),
                None => Ok(()),
            });
        }
        let found = work_of(step).run(&desk).await?;
        self.record(&desk.case, step, &found).await?;
        self.advance_case(id).await.map(Ok)
    }
}

/// Whether a person said that the customer is waited for: only what is done ends that by itself.
fn waits_by_hand(case: &Onboarding, step: StepName) -> bool {
    let last = case.steps.get(&step).and_then(|record| record.trail.last());
    last.is_some_and(|entry| entry.state == StepState::AwaitingCustomer && entry.by.is_some())
}

/// Whether a step is looked at without being asked: what failed waits for a person.
fn runs_by_itself(case: &Onboarding, step: StepName) -> bool {
    !matches!(case.step(step), StepState::Failed)
}

/// Public bodies, and companies of a group that is a customer already, are taken on without probation (D§2.2).
fn skips_probation(desk: &Desk) -> bool {
    let in_group = {
        let inner = desk.engine.directory().read();
        let parent = desk.account.parent_on(desk.today).and_then(|parent| inner.row(parent));
        parent.and_then(|row| inner.entry(row)).is_some()
    };
    desk.account.customer_type == CustomerType::Government || in_group
}
