//! Touchpoints in quarantine: the list, and what is done about each.

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::access::Grant;
use kith_domain::command::Command;
use kith_domain::quarantine::Command as QuarantineCommand;
use kith_domain::value::{Personal, QuarantineId};
use kith_engine::{Answer, Request};

use super::form::Sent;
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::web::page::{self, QuarantinePage};
use crate::web::shell::Section;
use crate::web::words::t;

/// Items of a page.
const LIMIT: usize = 50;

pub(super) async fn list(visit: Visit) -> Page {
    let state = visit.param("state").unwrap_or_else(|| "waiting".to_owned());
    draw(&visit, state, None).await
}

async fn draw(visit: &Visit, state: String, fault: Option<String>) -> Page {
    if !["waiting", "replayed", "accepted", "discarded"].contains(&state.as_str()) {
        return Err(Miss::not_found());
    }
    let cursor = visit.param("cursor");
    let found = visit.engine.quarantined(&visit.caller, state.clone(), cursor, LIMIT).await??;
    let page = QuarantinePage {
        items: found.items,
        state,
        next: found.next_cursor,
        may_decide: visit.caller.principal.may(Grant::TouchpointsDecide, None),
        fault,
    };
    let shell = visit.shell(t("Quarantine"), Section::Quarantine).await?;
    Ok(Html(page::quarantine(&shell, &page).into_string()).into_response())
}

pub(super) async fn replay(Path(id): Path<String>, sent: Sent) -> Page {
    let id: QuarantineId = id.parse().map_err(|_| Miss::not_found())?;
    let answer = sent.visit.engine.release(&sent.visit.caller, id, false).await?.answer;
    settled(&sent.visit, answer).await
}

pub(super) async fn discard(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let id: QuarantineId = name.parse().map_err(|_| Miss::not_found())?;
    let typed = form.text("reason");
    if typed.is_empty() {
        let fault = t("Say why it is discarded: the reason is kept with the decision.");
        return draw(&visit, "waiting".to_owned(), Some(fault.to_owned())).await;
    }
    let user = visit.caller.principal.user().map_or_else(String::new, |user| user.to_string());
    let command = QuarantineCommand::Discard { reason: Some(Personal::new(user, typed.to_owned())) };
    let command = Command::Quarantine { id, command };
    let answer = visit.engine.execute(&visit.caller, Request::from(command)).await?.answer;
    settled(&visit, answer).await
}

/// Back to the list; with the reason when the decision was not taken.
async fn settled(visit: &Visit, answer: Answer) -> Page {
    match answer {
        Answer::Refused(refusal) => draw(visit, "waiting".to_owned(), Some(sentence(&refusal))).await,
        Answer::Done(_) | Answer::Waiting(_) => Ok(Redirect::to("/quarantine").into_response()),
    }
}
