//! The screening desk, and what is decided there.

pub(super) mod lists;

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::access::Grant;
use kith_domain::refusal::Refusal;
use kith_domain::screening::{HitState, Verdict};
use kith_engine::HitRequest;

use super::form::Sent;
use super::miss::{Miss, Page, by_field, refused, sentence};
use super::visit::Visit;
use crate::web::page::{self, ScreeningPage};
use crate::web::shell::Section;
use crate::web::words::t;

/// Hits of a page.
const LIMIT: usize = 50;

/// What was typed and not taken.
#[derive(Default)]
struct Typed {
    reason: String,
    evidence: String,
    refusal: Option<Refusal>,
}

pub(super) async fn list(visit: Visit) -> Page {
    draw(&visit, None, Typed::default()).await
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Page {
    draw(&visit, Some(&id), Typed::default()).await
}

async fn draw(visit: &Visit, id: Option<&str>, typed: Typed) -> Page {
    let state = visit.param("state").unwrap_or_else(|| "pending".to_owned());
    let states: Vec<HitState> = match state.as_str() {
        "pending" => HitState::ALL.into_iter().filter(|state| state.is_pending()).collect(),
        word => HitState::ALL.into_iter().filter(|state| state.as_str() == word).collect(),
    };
    if states.is_empty() {
        return Err(Miss::not_found());
    }
    let request = HitRequest { states, account: None, cursor: visit.param("cursor"), limit: LIMIT };
    let found = visit.engine.hits(&visit.caller, request).await??;
    let open = match id {
        Some(id) => Some(visit.engine.hit(&visit.caller, id).await??),
        None => found.items.first().cloned(),
    };
    let page = ScreeningPage {
        hits: found.items,
        state,
        next: found.next_cursor,
        open,
        named: id.is_some(),
        may_decide: visit.caller.principal.may(Grant::VerificationsWrite, None),
        reader: visit.caller.principal.user().map(|user| user.to_string()).unwrap_or_default(),
        lists: visit.engine.screening_lists(&visit.caller).await??.items,
        reason: typed.reason,
        evidence: typed.evidence,
        fault: typed.refusal.as_ref().map(sentence),
        at: by_field(typed.refusal.as_ref()),
    };
    let shell = visit.shell(t("Screening"), Section::Screening).await?;
    let drawn = Html(page::screening(&shell, &page).into_string()).into_response();
    Ok(refused(drawn, typed.refusal.as_ref()))
}

pub(super) async fn dispose(Path(id): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let (reason, evidence) = (form.text("reason").to_owned(), form.text("evidence").to_owned());
    let Some(verdict) = Verdict::parse(form.text("disposition")) else { return Err(Miss::not_found()) };
    let texts = [reason.clone(), evidence.clone()];
    match visit.engine.dispose_hit(&visit.caller, &id, verdict, texts).await? {
        // Somebody else goes on with it: what they see is shown.
        Ok(view) if view.proposed.is_some() => Ok(Redirect::to(&format!("/screening/{id}")).into_response()),
        Ok(_) => Ok(Redirect::to("/screening").into_response()),
        Err(refusal) => draw(&visit, Some(&id), Typed { reason, evidence, refusal: Some(refusal) }).await,
    }
}
