//! Changes of the record: the list, one of them, and the decision.

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_api::view::ChangeView;
use kith_domain::access::{Grant, Role};
use kith_domain::approval::{Command as ChangeCommand, Word};
use kith_domain::command::Command;
use kith_domain::value::{ChangeId, Personal};
use kith_engine::{Answer, Batch, ChangeRequest, Edit, Request};

use super::form::Sent;
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::web::page::{self, Acts, ChangesPage, Decision};
use crate::web::shell::Section;
use crate::web::words::{self, t};

/// Changes of a page.
const LIMIT: usize = 50;

/// Those for the reader, where the reader decides anything; else what waits.
fn usual(visit: &Visit) -> String {
    let decides = visit.caller.principal.may(Grant::ChangesApprove, None);
    if decides { "me" } else { "waiting" }.to_owned()
}

pub(super) async fn list(visit: Visit) -> Page {
    let state = visit.query.get("state").cloned().unwrap_or_else(|| usual(&visit));
    let page = read(&visit, state, visit.param("cursor")).await?;
    drawn(&visit, page).await
}

async fn drawn(visit: &Visit, mut page: ChangesPage) -> Page {
    if let Some(first) = page.changes.first_mut() {
        visit.engine.complete_change(&visit.caller, first).await?;
        page.acts = acts(visit, first);
    }
    let shell = visit.shell(t("Changes"), Section::Changes).await?;
    Ok(Html(page::changes(&shell, &page).into_string()).into_response())
}

async fn read(visit: &Visit, state: String, cursor: Option<String>) -> Result<ChangesPage, Miss> {
    let first = cursor.is_none();
    let own = visit.caller.principal.user().map(|user| user.to_string());
    let request = ChangeRequest {
        state: Some(state.clone()).filter(|state| !matches!(state.as_str(), "" | "me" | "sent")),
        for_me: state == "me",
        submitted_by: own.filter(|_| state == "sent"),
        cursor,
        limit: LIMIT,
        ..ChangeRequest::default()
    };
    let mut found = visit.engine.changes(&visit.caller, request).await??;
    if state == "waiting" && first && !found.has_more {
        // What is due first comes first, as long as all fit on one page.
        found.items.sort_by_key(|change| (change.due_at.clone(), change.id.clone()));
    }
    Ok(ChangesPage {
        changes: found.items,
        state,
        next: found.next_cursor,
        decidable: visit.decidable().await?,
        ..ChangesPage::default()
    })
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Page {
    draw(&visit, &id, Decision::default()).await
}

async fn draw(visit: &Visit, id: &str, decision: Decision) -> Page {
    let mut change = visit.engine.change(&visit.caller, id).await??;
    visit.engine.complete_change(&visit.caller, &mut change).await?;
    let may = visit.engine.may_decide_id(&visit.caller, id).await?;
    let beside = beside(visit, &change).await?;
    let shell = visit.shell(&words::told(&change.title), Section::Changes).await?;
    let decision = Some(&decision).filter(|decision| may || decision.fault.is_some());
    let page = page::change(&shell, &change, decision, acts(visit, &change), beside.as_ref());
    Ok(Html(page.into_string()).into_response())
}

/// The list that the change stands in, if it stands in one of the usual ones.
async fn beside(visit: &Visit, change: &ChangeView) -> Result<Option<ChangesPage>, Miss> {
    if !visit.caller.principal.may(Grant::ChangesRead, None) {
        return Ok(None);
    }
    for state in [usual(visit), "waiting".to_owned()] {
        let page = read(visit, state, None).await?;
        if page.changes.iter().any(|other| other.id == change.id) {
            return Ok(Some(page));
        }
    }
    Ok(None)
}

/// What the reader may do besides; the rules decide again.
fn acts(visit: &Visit, change: &ChangeView) -> Acts {
    let user = visit.caller.principal.user().map(|user| user.to_string());
    let own = user.is_some() && change.submitted_by == user;
    let entity = change.entity.as_ref().and_then(|entity| entity.parse().ok());
    let broke = change.break_glass.as_ref().is_some_and(|glass| Some(&glass.by) == user.as_ref());
    Acts {
        own,
        break_glass: !own && visit.caller.principal.holds(Role::Cfo, entity.as_ref()),
        review: !own && !broke && visit.caller.principal.may(Grant::AuditRead, None),
    }
}

/// Whatever is done to one change: the last part of the address says what.
pub(super) async fn act(Path((name, act)): Path<(String, String)>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let id: ChangeId = name.parse().map_err(|_| Miss::not_found())?;
    // Who may not see the change learns nothing of it.
    visit.engine.change(&visit.caller, &name).await??;
    let said = |member: &str| {
        let user = visit.caller.principal.user().map_or_else(String::new, |user| user.to_string());
        Personal::new(user, form.text(member).to_owned())
    };
    let comment = Some(said("comment")).filter(|comment| comment.get().is_some_and(|text| !text.is_empty()));
    let word =
        || Word { comment: comment.clone(), revision: form.text("revision").parse().ok(), batch: None };
    let command = match act.as_str() {
        "approve" => ChangeCommand::Approve(word()),
        "reject" => ChangeCommand::Reject(word()),
        "cancel" => ChangeCommand::Cancel { comment: comment.clone() },
        "comment" => ChangeCommand::Comment { text: said("text") },
        "break-glass" => ChangeCommand::BreakGlass { reason: Some(said("text")) },
        "review" => ChangeCommand::ReviewGlass { text: said("text") },
        "resubmit" => return resubmit(&visit, &name).await,
        _ => return Err(Miss::not_found()),
    };
    let command = Command::Change { id, command };
    let answer = visit.engine.execute(&visit.caller, Request::from(command)).await?.answer;
    told(&visit, &name, answer, form.text("comment")).await
}

/// To the change, or back to it with why nothing was done.
async fn told(visit: &Visit, name: &str, answer: Answer, typed: &str) -> Page {
    match answer {
        Answer::Refused(refusal) => {
            let fault = Some(sentence(&refusal));
            draw(visit, name, Decision { comment: typed.to_owned(), fault }).await
        }
        Answer::Done(_) | Answer::Waiting(_) => Ok(Redirect::to(&format!("/changes/{name}")).into_response()),
    }
}

async fn resubmit(visit: &Visit, name: &str) -> Page {
    let edit = Edit { patch: serde_json::json!({}), reason: None, stale_only: true };
    match visit.engine.edit_change(&visit.caller, name, edit).await? {
        Ok(outcome) => told(visit, name, outcome.answer, "").await,
        Err(_) => Err(Miss::not_found()),
    }
}

/// Decides on all that were picked.
pub(super) async fn decide_many(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let comment = Some(form.text("comment").to_owned()).filter(|text| !text.is_empty());
    let batch = Batch { ids: form.picked("pick-"), approve: form.text("act") != "reject", comment };
    let decided = visit.engine.decide_many(&visit.caller, &batch).await?;
    let mut page = read(&visit, "me".to_owned(), None).await?;
    match decided {
        Ok(view) => page.told = Some(view),
        Err(refusal) => {
            page.fault = Some(sentence(&refusal));
        }
    }
    drawn(&visit, page).await
}
