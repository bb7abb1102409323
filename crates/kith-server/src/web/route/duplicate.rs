//! Accounts that may be one customer: the review desk, and what is decided there.

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::access::Grant;
use kith_domain::command::Command;
use kith_domain::duplicate::Command as DuplicateCommand;
use kith_domain::value::{DuplicateId, Personal};
use kith_engine::{Answer, DuplicateRequest, Request};

use super::form::Sent;
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::web::page::{self, DuplicatesPage};
use crate::web::shell::Section;
use crate::web::words::t;

/// Pairs of a page.
const LIMIT: usize = 50;

/// What was typed and not taken.
#[derive(Default)]
struct Typed {
    reason: String,
    fault: Option<String>,
}

pub(super) async fn list(visit: Visit) -> Page {
    draw(&visit, None, Typed::default()).await
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Page {
    draw(&visit, Some(&id), Typed::default()).await
}

async fn draw(visit: &Visit, id: Option<&str>, typed: Typed) -> Page {
    let state = visit.param("state").unwrap_or_else(|| "open".to_owned());
    if !["open", "dismissed", "merged"].contains(&state.as_str()) {
        return Err(Miss::not_found());
    }
    let request = DuplicateRequest {
        state: state.clone(),
        min_probability: 0.0,
        cursor: visit.param("cursor"),
        limit: LIMIT,
    };
    let found = visit.engine.duplicates(&visit.caller, request).await??;
    let open = match id {
        Some(id) => Some(visit.engine.duplicate(&visit.caller, id).await??),
        None => found.items.first().cloned(),
    };
    let page = DuplicatesPage {
        pairs: found.items,
        state,
        next: found.next_cursor,
        open,
        named: id.is_some(),
        may_decide: visit.caller.principal.may(Grant::AccountsWrite, None),
        scan: visit.engine.duplicate_scan(),
        typed: typed.reason,
        fault: typed.fault,
    };
    let shell = visit.shell(t("Duplicates"), Section::Duplicates).await?;
    Ok(Html(page::duplicates(&shell, &page).into_string()).into_response())
}

pub(super) async fn scan(sent: Sent) -> Page {
    match sent.visit.engine.start_duplicate_scan(&sent.visit.caller) {
        // Somebody else has begun one: that is the one to look at.
        Ok(_) => Ok(Redirect::to("/duplicates").into_response()),
        Err(refusal) if refusal.code == "duplicate.scan_running" => {
            Ok(Redirect::to("/duplicates").into_response())
        }
        Err(refusal) => Err(refusal.into()),
    }
}

pub(super) async fn dismiss(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let id: DuplicateId = name.parse().map_err(|_| Miss::not_found())?;
    // Who may not see the pair learns nothing of it.
    visit.engine.duplicate(&visit.caller, &name).await??;
    let reason = form.text("reason").to_owned();
    if reason.is_empty() {
        let fault = Some(t("Say why they are two: the reason is kept with the decision.").to_owned());
        return draw(&visit, Some(&name), Typed { reason, fault }).await;
    }
    let user = visit.caller.principal.user().map_or_else(String::new, |user| user.to_string());
    let command = DuplicateCommand::Dismiss { reason: Some(Personal::new(user, reason.clone())) };
    let request = Request::from(Command::Duplicate { id, command });
    match visit.engine.execute(&visit.caller, request).await?.answer {
        Answer::Refused(refusal) => {
            draw(&visit, Some(&name), Typed { reason, fault: Some(sentence(&refusal)) }).await
        }
        Answer::Done(_) | Answer::Waiting(_) => Ok(Redirect::to("/duplicates").into_response()),
    }
}
