//! Scorecards: the versions, training, one of them, and putting it in force.

use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::access::Grant;
use kith_domain::refusal::Refusal;
use kith_engine::{Answer, Request as Asked, ScorecardFile};

use super::form::Sent;
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::rest::scorecard::{OUTCOME_DAYS, names};
use crate::upload::Upload;
use crate::web::page::{self, ScorecardTyped, ScorecardsPage};
use crate::web::shell::Section;
use crate::web::words::t;

/// Largest file to train from, as in one request of the API.
const FILE_MAX: u64 = 64 << 20;

pub(super) async fn list(visit: Visit) -> Page {
    draw_list(&visit, ScorecardTyped::default(), None).await
}

async fn draw_list(visit: &Visit, typed: ScorecardTyped, fault: Option<Refusal>) -> Page {
    let page = ScorecardsPage {
        cards: visit.engine.scorecards(&visit.caller).await??.items,
        may_train: visit.caller.principal.may(Grant::ScorecardsTrain, None),
        may_activate: visit.caller.principal.may(Grant::OrganisationManage, None),
        outcome_days: OUTCOME_DAYS,
        typed,
        fault: fault.as_ref().map(sentence),
    };
    let shell = visit.shell(t("Scorecards"), Section::Credit).await?;
    let status = fault.map_or(200, |refusal| kith_api::problem::status(refusal.kind));
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    Ok((status, Html(page::scorecards(&shell, &page).into_string())).into_response())
}

pub(super) async fn show(visit: Visit, Path(version): Path<String>) -> Page {
    let card = visit.engine.scorecard(&visit.caller, &version).await??;
    let may_activate = visit.caller.principal.may(Grant::OrganisationManage, None);
    let shell = visit.shell(t("Scorecards"), Section::Credit).await?;
    Ok(Html(page::scorecard(&shell, &card, may_activate).into_string()).into_response())
}

/// Trains from a file. The token comes with the form: nothing is trained before it fits.
pub(super) async fn train(visit: Visit, request: Request) -> Page {
    let (parts, body) = request.into_parts();
    let upload = Upload::read(&parts.headers, body).await;
    let upload = upload.map_err(|stop| Miss::new(422, t("This cannot be done"), stop.0.detail))?;
    let text = |name: &str| upload.fields.get(name).map_or("", |text| text.trim()).to_owned();
    if !visit.engine.csrf_fits(&visit.session, &text("csrf")) {
        return Err(Miss::stale_form());
    }
    let typed = ScorecardTyped {
        target: text("target"),
        bad: text("bad"),
        exclude: text("exclude"),
        missing_is_a_bin: text("missing") == "bin",
    };
    let file = match read(&upload, &typed).await {
        Ok(file) => file,
        Err(refusal) => return draw_list(&visit, typed, Some(refusal)).await,
    };
    match visit.engine.train_scorecard(&visit.caller, file).await? {
        Ok(card) => Ok(Redirect::to(&format!("/credit/scorecards/{}", card.version)).into_response()),
        Err(refusal) => draw_list(&visit, typed, Some(refusal)).await,
    }
}

async fn read(upload: &Upload, typed: &ScorecardTyped) -> Result<ScorecardFile, Refusal> {
    let refused = |sentence: &str| {
        let refused = kith_domain::scorecard::refusal::invalid();
        Refusal { sentence: sentence.to_owned(), clears: String::new(), ..refused }
    };
    let brought = upload.files(None).map_err(|stop| refused(&stop.0.detail))?;
    let length = tokio::fs::metadata(&brought.path).await.map_or(0, |about| about.len());
    if length > FILE_MAX {
        return Err(refused(t("The file is larger than 64 MiB.")));
    }
    let bytes = tokio::fs::read(&brought.path).await;
    let bytes = bytes.map_err(|_| refused(t("The file cannot be taken in right now.")))?;
    Ok(ScorecardFile {
        bytes: bytes.into(),
        name: Some(brought.name).filter(|name| !name.is_empty()),
        target: typed.target.clone(),
        bad: Some(typed.bad.clone()).filter(|bad| !bad.is_empty()),
        exclude: names(&typed.exclude),
        missing_is_a_bin: typed.missing_is_a_bin,
    })
}

pub(super) async fn learn(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let days = form.text("outcome_days").parse().unwrap_or(0);
    let card = visit.engine.learn_scorecard(&visit.caller, days).await??;
    Ok(Redirect::to(&format!("/credit/scorecards/{}", card.version)).into_response())
}

/// Proposes to put a version in force: a change of the policy.
pub(super) async fn activate(Path(version): Path<String>, sent: Sent) -> Page {
    let Sent { mut visit, form } = sent;
    visit.caller.reason = Some(form.text("reason").to_owned()).filter(|reason| !reason.is_empty());
    let command = visit.engine.scorecard_command(&visit.caller, &version).await??;
    match visit.engine.execute(&visit.caller, Asked::from(command)).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Waiting(change) => Ok(Redirect::to(&format!("/changes/{}", change.id)).into_response()),
        Answer::Done(_) => Ok(Redirect::to("/credit/scorecards").into_response()),
    }
}
