//! Changes of the record: the list, one of them, and the decision.

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::approval::{Command as ChangeCommand, Word};
use kith_domain::command::Command;
use kith_domain::value::{ChangeId, Personal};
use kith_engine::{Answer, ChangeRequest, Request};

use super::form::Sent;
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::web::page::{self, ChangesPage, Decision};
use crate::web::shell::Section;

/// Changes of a page.
const LIMIT: usize = 50;

pub(super) async fn list(visit: Visit) -> Page {
    let state = visit.query.get("state").cloned().unwrap_or_else(|| "waiting".to_owned());
    let page = read(&visit, state, visit.param("cursor")).await?;
    let shell = visit.shell("Changes", Section::Changes).await?;
    Ok(Html(page::changes(&shell, &page).into_string()).into_response())
}

async fn read(visit: &Visit, state: String, cursor: Option<String>) -> Result<ChangesPage, Miss> {
    let first = cursor.is_none();
    let request = ChangeRequest {
        state: Some(state.clone()).filter(|state| !state.is_empty()),
        cursor,
        limit: LIMIT,
        ..ChangeRequest::default()
    };
    let mut found = visit.engine.changes(&visit.caller, request).await??;
    if state == "waiting" && first && !found.has_more {
        // Who has waited longest comes first, as long as all fit on one page.
        found.items.reverse();
    }
    Ok(ChangesPage {
        changes: found.items,
        state,
        next: found.next_cursor,
        decidable: visit.decidable().await?,
    })
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Page {
    draw(&visit, &id, Decision::default()).await
}

async fn draw(visit: &Visit, id: &str, decision: Decision) -> Page {
    let change = visit.engine.change(&visit.caller, id).await??;
    let may = visit.engine.may_decide_id(&visit.caller, id).await?;
    let beside = match visit.caller.principal.may(kith_domain::access::Grant::ChangesRead, None) {
        true => Some(read(visit, "waiting".to_owned(), None).await?),
        false => None,
    };
    let beside = beside.filter(|page| page.changes.iter().any(|other| other.id == change.id));
    let shell = visit.shell(&change.title, Section::Changes).await?;
    let page = page::change(&shell, &change, Some(&decision).filter(|_| may), beside.as_ref());
    Ok(Html(page.into_string()).into_response())
}

pub(super) async fn approve(Path(id): Path<String>, sent: Sent) -> Page {
    decide(&id, sent, |comment| ChangeCommand::Approve(Word { comment, ..Word::default() })).await
}

pub(super) async fn reject(Path(id): Path<String>, sent: Sent) -> Page {
    decide(&id, sent, |comment| ChangeCommand::Reject(Word { comment, ..Word::default() })).await
}

async fn decide(
    name: &str,
    sent: Sent,
    command: impl FnOnce(Option<Personal<String>>) -> ChangeCommand,
) -> Page {
    let Sent { visit, form } = sent;
    let id: ChangeId = name.parse().map_err(|_| Miss::not_found())?;
    // Who may not see the change learns nothing of it.
    visit.engine.change(&visit.caller, name).await??;
    let user = visit.caller.principal.user().map_or_else(String::new, |user| user.to_string());
    let typed = form.text("comment").to_owned();
    let comment = (!typed.is_empty()).then(|| Personal::new(user, typed.clone()));
    let command = Command::Change { id, command: command(comment) };
    match visit.engine.execute(&visit.caller, Request::from(command)).await?.answer {
        Answer::Refused(refusal) => {
            draw(&visit, name, Decision { comment: typed, fault: Some(sentence(&refusal)) }).await
        }
        Answer::Done(_) | Answer::Waiting(_) => Ok(Redirect::to(&format!("/changes/{name}")).into_response()),
    }
}
