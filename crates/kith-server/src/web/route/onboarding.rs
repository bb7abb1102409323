//! Onboarding: the list of cases, one case, and what is done with its steps.

pub(super) mod act;
pub(super) mod apply;

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::access::Grant;
use kith_domain::command::Command as Whole;
use kith_domain::onboarding::{CaseState, Command, RejectCode, StepName};
use kith_domain::screening::HitState;
use kith_domain::value::{OnboardingId, Personal};
use kith_engine::{Answer, CaseRequest, HitRequest, Request};

use super::form::Sent;
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::web::page::{self, CasePage, OnboardingPage};
use crate::web::shell::Section;
use crate::web::words::t;

/// Cases of a page.
const LIMIT: usize = 50;

pub(super) async fn list(visit: Visit) -> Page {
    let asked = visit.text("state");
    let state = if asked.is_empty() { "open" } else { asked }.to_owned();
    let request = CaseRequest {
        state: CaseState::get(&state),
        account: None,
        limit: LIMIT,
        cursor: visit.param("cursor"),
    };
    let found = visit.engine.cases(&visit.caller, request).await??;
    let kpi = visit.engine.onboarding_kpi(&visit.caller).await?;
    let may_apply = visit.caller.principal.may(Grant::AccountsWrite, None);
    let page = OnboardingPage { state, cases: found.items, next: found.next_cursor, kpi, may_apply };
    let shell = visit.shell(t("Onboarding"), Section::Onboarding).await?;
    Ok(Html(page::onboarding(&shell, &page).into_string()).into_response())
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Page {
    draw(&visit, &id, None).await
}

async fn draw(visit: &Visit, id: &str, fault: Option<String>) -> Page {
    let case = visit.engine.case(&visit.caller, id).await??;
    let entity = case.entity.parse().ok();
    let may = |grant| visit.caller.principal.may(grant, entity.as_ref());
    let every = HitState::ALL.to_vec();
    let request =
        HitRequest { states: every, account: Some(case.account.clone()), cursor: None, limit: LIMIT };
    let found = visit.engine.hits(&visit.caller, request).await?;
    let mut hits = found.map(|page| page.items).unwrap_or_default();
    hits.retain(|hit| hit.state != HitState::Withdrawn.as_str());
    let page = CasePage {
        may_work: may(Grant::AccountsWrite),
        may_judge: may(Grant::VerificationsWrite),
        may_upload: may(Grant::DocumentsWrite),
        reader: visit.caller.principal.user().map(|user| user.to_string()).unwrap_or_default(),
        hits,
        case,
        fault,
    };
    let shell = visit.shell(&page.case.account_name, Section::Onboarding).await?;
    Ok(Html(page::case(&shell, &page).into_string()).into_response())
}

fn step_of(name: &str) -> Result<StepName, Miss> {
    StepName::get(name).ok_or_else(Miss::not_found)
}

fn id_of(id: &str) -> Result<OnboardingId, Miss> {
    id.parse().map_err(|_| Miss::not_found())
}

/// The work of a step is done again.
pub(super) async fn run(Path((id, step)): Path<(String, String)>, sent: Sent) -> Page {
    let visit = &sent.visit;
    let case = visit.engine.case(&visit.caller, &id).await??;
    visit.engine.may_work_on(&visit.caller, &case)??;
    match visit.engine.run_step(id_of(&id)?, step_of(&step)?).await? {
        Ok(()) => Ok(Redirect::to(&format!("/onboarding/{id}#step-{step}")).into_response()),
        Err(refusal) => draw(visit, &id, Some(sentence(&refusal))).await,
    }
}

/// A step is decided by hand.
pub(super) async fn decide(Path((id, step)): Path<(String, String)>, mut sent: Sent) -> Page {
    let step = step_of(&step)?;
    let reason = reason(&mut sent);
    let command = match sent.form.text("act") {
        "complete" => Command::Judge { step, passed: true, reason, evidence: Vec::new() },
        "fail" => Command::Judge { step, passed: false, reason, evidence: Vec::new() },
        "await_customer" => Command::Await { step, reason },
        "waive" => Command::Waive { step, reason },
        _ => return Err(Miss::not_found()),
    };
    carry(&sent.visit, &id, command).await
}

/// The case is ended another way.
pub(super) async fn end(Path(id): Path<String>, mut sent: Sent) -> Page {
    let reason = reason(&mut sent);
    let code = RejectCode::get(match sent.form.text("act") {
        "withdraw" => "withdrawn",
        other => other,
    });
    let code = code.ok_or_else(Miss::not_found)?;
    carry(&sent.visit, &id, Command::Reject { code, reason }).await
}

fn reason(sent: &mut Sent) -> Personal<String> {
    let text = sent.form.text("reason").to_owned();
    sent.visit.caller.reason = Some(text.clone());
    let user = sent.visit.caller.principal.user().map_or_else(String::new, |user| user.to_string());
    Personal::new(user, text)
}

async fn carry(visit: &Visit, id: &str, command: Command) -> Page {
    let request = Request::from(Whole::Onboarding { id: id_of(id)?, command });
    match visit.engine.onboard(&visit.caller, request).await?.answer {
        Answer::Refused(refusal) => draw(visit, id, Some(sentence(&refusal))).await,
        Answer::Waiting(change) => Ok(Redirect::to(&format!("/changes/{}", change.id)).into_response()),
        Answer::Done(_) => Ok(Redirect::to(&format!("/onboarding/{id}")).into_response()),
    }
}
