//! Alerts: the list, one of them, and what a person says of it.

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::access::Grant;
use kith_domain::alert::{AlertOutcome, Command as AlertCommand};
use kith_domain::command::Command;
use kith_domain::value::{AlertId, Personal};
use kith_engine::{AlertRequest, Answer, Request};

use super::form::Sent;
use super::miss::{Miss, Page};
use super::visit::Visit;
use crate::web::page::{self, AlertsPage};
use crate::web::shell::Section;
use crate::web::words::t;

/// Alerts of a page.
const LIMIT: usize = 50;

pub(super) async fn list(visit: Visit) -> Page {
    draw(&visit, None, None).await
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Page {
    draw(&visit, Some(&id), None).await
}

async fn draw(visit: &Visit, id: Option<&str>, fault: Option<String>) -> Page {
    let state = visit.text("state").to_owned();
    if !["", "closed"].contains(&state.as_str()) {
        return Err(Miss::not_found());
    }
    let request = AlertRequest {
        state: Some(state.clone()).filter(|state| !state.is_empty()),
        cursor: visit.param("cursor"),
        limit: LIMIT,
        ..AlertRequest::default()
    };
    let found = visit.engine.alerts(&visit.caller, request).await??;
    let open = match id {
        Some(id) => Some(visit.engine.alert(&visit.caller, id).await??),
        None => found.items.first().cloned(),
    };
    let page = AlertsPage {
        alerts: found.items,
        state,
        next: found.next_cursor,
        open,
        named: id.is_some(),
        may_decide: visit.caller.principal.may(Grant::AlertsDecide, None),
        may_hook: visit.caller.principal.may(Grant::OrganisationManage, None),
        thresholds: visit.engine.alert_thresholds(&visit.caller).await??,
        fault,
    };
    let shell = visit.shell(t("Alerts"), Section::Alerts).await?;
    Ok(Html(page::alerts(&shell, &page).into_string()).into_response())
}

pub(super) async fn acknowledge(Path(name): Path<String>, sent: Sent) -> Page {
    act(&sent.visit, &name, AlertCommand::Acknowledge).await
}

pub(super) async fn close(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let outcome = AlertOutcome::ALL.into_iter().find(|outcome| outcome.as_str() == form.text("outcome"));
    let Some(outcome) = outcome else {
        return draw(&visit, Some(&name), Some(t("Say what it was.").to_owned())).await;
    };
    let user = visit.caller.principal.user().map_or_else(String::new, |user| user.to_string());
    let comment = Some(form.text("comment").to_owned()).filter(|text| !text.is_empty());
    let comment = comment.map(|text| Personal::new(user, text));
    act(&visit, &name, AlertCommand::Close { outcome, comment }).await
}

async fn act(visit: &Visit, name: &str, command: AlertCommand) -> Page {
    let id: AlertId = name.parse().map_err(|_| Miss::not_found())?;
    let request = Request::from(Command::Alert { id, command });
    match visit.engine.execute(&visit.caller, request).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Done(_) | Answer::Waiting(_) => Ok(Redirect::to(&format!("/alerts/{name}")).into_response()),
    }
}
