//! The outbox: the list, one mail, and what is done with it.

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::access::Grant;
use kith_domain::mail::MailState;
use kith_engine::MailRequest;

use super::form::Sent;
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::web::page::{self, MailPage, OutboxPage};
use crate::web::shell::Section;
use crate::web::words::t;

/// Mails of a page.
const LIMIT: usize = 50;

pub(super) async fn list(visit: Visit) -> Page {
    let state = visit.param("state").unwrap_or_else(|| "all".to_owned());
    let known = MailState::ALL.into_iter().find(|known| known.as_str() == state);
    if known.is_none() && state != "all" {
        return Err(Miss::not_found());
    }
    let request = MailRequest { state: known, account: None, cursor: visit.param("cursor"), limit: LIMIT };
    let status = visit.engine.outbox(&visit.caller).await??;
    let found = visit.engine.mails(&visit.caller, request).await??;
    let may_act = visit.caller.principal.may(Grant::AccountsWrite, None);
    let page = OutboxPage { status, items: found.items, state, next: found.next_cursor, may_act };
    let shell = visit.shell(t("Outbox"), Section::Outbox).await?;
    Ok(Html(page::outbox(&shell, &page).into_string()).into_response())
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Page {
    draw(&visit, &id, None).await
}

async fn draw(visit: &Visit, id: &str, fault: Option<String>) -> Page {
    let mail = visit.engine.mail(&visit.caller, id).await??;
    let may_act = visit.caller.principal.may(Grant::AccountsWrite, None);
    let shell = visit.shell(t("Mail"), Section::Outbox).await?;
    Ok(Html(page::mail(&shell, &MailPage { mail, may_act, fault }).into_string()).into_response())
}

pub(super) async fn act(Path((id, act)): Path<(String, String)>, sent: Sent) -> Page {
    let Sent { visit, .. } = sent;
    let done = match act.as_str() {
        "retry" => visit.engine.retry_mail(&visit.caller, &id).await?,
        "discard" => visit.engine.discard_mail(&visit.caller, &id).await?,
        _ => return Err(Miss::not_found()),
    };
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/outbox/{id}")).into_response()),
        Err(refusal) => draw(&visit, &id, Some(sentence(&refusal))).await,
    }
}
