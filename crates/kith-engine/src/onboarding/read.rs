//! Cases as the faces show them.

use kith_api::view::{CaseOwnerView, CaseStepView, EvidenceItem, OnboardingView, Page, PaperView, StepEntry};
use kith_domain::access::Grant;
use kith_domain::account::Account;
use kith_domain::document::Document;
use kith_domain::onboarding::{CaseState, EdiId, Evidence, Onboarding, StepName, mandatory_papers};
use kith_domain::refusal::Refusal;
use kith_domain::value::{Personal, UserId};
use kith_store::{Fault, Noun};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{load, read};
use crate::permit;

/// Most documents of one account that are looked at.
const DOCUMENTS_MAX: u32 = 1_000;

/// Which cases.
#[derive(Debug, Clone, Default)]
pub struct CaseRequest {
    /// Only those that stand so.
    pub state: Option<CaseState>,
    /// Only those of one account: its id or number.
    pub account: Option<String>,
    /// How many.
    pub limit: usize,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

/// What may be shown of personal values.
struct Sight(bool);

impl Sight {
    fn text(&self, value: &Personal<String>) -> Option<String> {
        value.get().filter(|_| self.0).cloned()
    }
}

impl Engine {
    /// Cases, the latest first.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn cases(
        &self,
        caller: &Caller,
        request: CaseRequest,
    ) -> Result<Result<Page<OnboardingView>, Refusal>, Fault> {
        let account = match &request.account {
            Some(name) => match self.load_account(caller, name).await? {
                Ok(loaded) => Some(loaded.id),
                Err(refusal) => return Ok(Err(refusal)),
            },
            None => None,
        };
        let most = u32::try_from(request.limit.saturating_add(1)).unwrap_or(u32::MAX);
        let (cursor, state) = (request.cursor.clone(), request.state);
        let found = self
            .store()
            .read(move |reader| {
                let mut index = Vec::new();
                if let Some(state) = state {
                    index.push(("state", state.as_str().into()));
                }
                if let Some(account) = &account {
                    index.push(("account_id", account.into()));
                }
                let page = reader.list_newest(Noun::Onboarding, &index, cursor.as_deref(), most)?;
                let mut cases = Vec::new();
                for document in page {
                    let case = read::<Onboarding>(document)?.state;
                    let account = load::<Account>(reader, &case.account.to_string())?.state;
                    cases.push((case, account));
                }
                Ok(cases)
            })
            .await?;
        let page = Page::cut(found, request.limit, |(case, _)| case.id.to_string());
        Ok(Ok(page.shown(|found| {
            let seen = found.iter().filter(|(_, account)| permit::sees(&caller.principal, account));
            seen.map(|(case, account)| self.case_view(caller, case, account, &[])).collect()
        })))
    }

    /// One case.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn case(&self, caller: &Caller, id: &str) -> Result<Result<OnboardingView, Refusal>, Fault> {
        let name = id.to_owned();
        let (case, account, documents) = self
            .store()
            .read(move |reader| {
                let case = load::<Onboarding>(reader, &name)?.state;
                let account = case.account.to_string();
                let index = [("account_id", (&account).into())];
                let documents = reader.list(Noun::Document, &index, None, DOCUMENTS_MAX)?;
                let documents = documents.into_iter().map(|one| Ok(read::<Document>(one)?.state));
                let documents = documents.collect::<Result<Vec<_>, Fault>>()?;
                Ok((case, load::<Account>(reader, &account)?.state, documents))
            })
            .await?;
        if !case.exists() || !permit::sees(&caller.principal, &account) {
            return Ok(Err(kith_domain::onboarding::refusal::not_found()));
        }
        Ok(Ok(self.case_view(caller, &case, &account, &documents)))
    }

    /// What an application says besides the account, to be changed.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn application_of(
        &self,
        caller: &Caller,
        id: kith_domain::value::OnboardingId,
    ) -> Result<Result<kith_domain::onboarding::Application, Refusal>, Fault> {
        let found = self.case(caller, &id.to_string()).await?;
        let case = self.store().read(move |reader| load::<Onboarding>(reader, &id.to_string())).await?;
        Ok(found.map(|_| case.state.application))
    }

    /// Whether the caller may run the steps of a case.
    ///
    /// # Errors
    /// [`Fault`] never; it is asked like the others.
    pub fn may_work_on(&self, caller: &Caller, case: &OnboardingView) -> Result<Result<(), Refusal>, Fault> {
        let entity = case.entity.parse().map_err(|_| Fault::corrupt("the entity of a case"))?;
        let may = caller.principal.may(Grant::AccountsWrite, Some(&entity));
        Ok(if may { Ok(()) } else { Err(permit::denied_for(Grant::AccountsWrite, &entity)) })
    }

    fn case_view(
        &self,
        caller: &Caller,
        case: &Onboarding,
        account: &Account,
        documents: &[Document],
    ) -> OnboardingView {
        let now = self.now();
        let sight = Sight(caller.principal.may(Grant::PersonalRead, Some(&case.entity)));
        let minutes = |seconds: i64| u64::try_from(seconds / 60).unwrap_or_default();
        let owners = case.application.owners.iter().map(|owner| CaseOwnerView {
            name: sight.text(&owner.name),
            percent: owner.share_bp.map(|share| f64::from(share) / 100.0),
            is_person: owner.is_person,
            controls: owner.controls,
            country: owner.country.clone(),
        });
        let papers = mandatory_papers(case.customer_type, case.application.prepay);
        let papers = papers.into_iter().map(|paper| {
            let found = paper.found(documents, self.day());
            PaperView {
                title: paper.title.to_owned(),
                kinds: paper.kinds.iter().map(|kind| kind.as_str().to_owned()).collect(),
                document: found.map(|(document, _)| document.id.to_string()),
                status: found.map(|(_, status)| status.as_str().to_owned()),
                received_by: found
                    .and_then(|(document, _)| document.received_by)
                    .map(|user| user.to_string()),
            }
        });
        OnboardingView {
            id: case.id.to_string(),
            account: case.account.to_string(),
            account_number: account.account_number.clone(),
            account_name: account.name.clone(),
            stage: account.stage.as_str().to_owned(),
            entity: case.entity.to_string(),
            customer_type: case.customer_type.as_str().to_owned(),
            state: case.state.as_str().to_owned(),
            submitted_at: case.clock.submitted_at.map(|at| at.to_string()).unwrap_or_default(),
            complete_at: case.clock.complete_at.map(|at| at.to_string()),
            ended_at: case.clock.ended_at.map(|at| at.to_string()),
            started_by: case.started_by.map(|user| user.to_string()),
            started_by_name: self.named_user(case.started_by),
            paused: case.clock.is_paused(),
            net_minutes: minutes(case.clock.net_seconds(now)),
            gross_minutes: minutes(case.clock.gross_seconds(now)),
            budget_minutes: 240,
            prepay: case.application.prepay,
            price_list: case.application.price_list.clone(),
            edi_ids: case.application.edi_ids.iter().map(EdiId::text).collect(),
            portal_users: case
                .application
                .portal_users
                .iter()
                .map(|person| sight.text(&person.name))
                .collect(),
            owners: owners.collect(),
            papers: papers.collect(),
            steps: StepName::ALL.iter().map(|step| self.step_view(case, *step, &sight)).collect(),
            reject_code: case.reject_code.map(|code| code.as_str().to_owned()),
            reject_reason: case.reject_reason.as_ref().and_then(|reason| sight.text(reason)),
        }
    }

    fn named_user(&self, user: Option<UserId>) -> Option<String> {
        self.user_name(&user?.to_string())
    }

    fn step_view(&self, case: &Onboarding, step: StepName, sight: &Sight) -> CaseStepView {
        let record = case.steps.get(&step).cloned().unwrap_or_default();
        let now = self.now();
        let words = |steps: Vec<StepName>| steps.iter().map(|step| step.as_str().to_owned()).collect();
        let item = |evidence: &Evidence| EvidenceItem {
            source: evidence.source.clone(),
            text: sight.text(&evidence.text),
            document: evidence.document.map(|id| id.to_string()),
            as_of: evidence.as_of.clone(),
        };
        let trail: Vec<StepEntry> = record
            .trail
            .iter()
            .map(|entry| StepEntry {
                state: entry.state.as_str().to_owned(),
                reason: entry.reason.as_ref().and_then(|reason| sight.text(reason)),
                evidence: entry.evidence.iter().map(item).collect(),
                by: entry.by.map(|user| user.to_string()),
                by_name: self.named_user(entry.by),
                at: entry.at.to_string(),
            })
            .collect();
        let due = case.due_at(step);
        let open = !record.state.is_settled() && case.is_open();
        CaseStepView {
            step: step.as_str().to_owned(),
            title: step.title().to_owned(),
            state: record.state.as_str().to_owned(),
            reason: trail.last().and_then(|entry| entry.reason.clone()),
            needs: words(step.needs().to_vec()),
            blocked_by: words(case.blocked_by(step)),
            budget_minutes: step.budget_minutes(),
            spent_minutes: u64::try_from(record.dwell_seconds(now) / 60).unwrap_or_default(),
            started_at: record.started_at.map(|at| at.to_string()),
            settled_at: record.settled_at.map(|at| at.to_string()),
            due_at: due.map(|at| at.to_string()),
            overdue: open && due.is_some_and(|due| due < now),
            reminders: record.reminders.into(),
            waivable: step.waived_in().is_some(),
            trail,
        }
    }
}
