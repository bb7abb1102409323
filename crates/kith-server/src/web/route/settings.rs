//! Settings: who may see and change them, and what a form came to.

use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::access::Grant;
use kith_domain::command::Command;
use kith_engine::{Answer, Request};
use maud::Markup;

use super::form::Form;
use super::miss::{Miss, Page};
use super::visit::Visit;
use crate::web::page;
use crate::web::part::field::Typed;
use crate::web::shell::Section;

pub(super) mod appearance;
pub(super) mod delegation;
pub(super) mod feed;
pub(super) mod field;
pub(super) mod organisation;
pub(super) mod people;
pub(super) mod rate;
pub(super) mod token;

/// What became of a form.
pub(super) enum Came {
    /// It is done.
    Done,
    /// It waits as this change.
    Waits(String),
    /// It was refused.
    Refused(Typed),
}

/// Carries out what a form asks for.
pub(super) async fn carry_out(visit: &Visit, form: &Form, command: Command) -> Result<Came, Miss> {
    Ok(match visit.engine.execute(&visit.caller, Request::from(command)).await?.answer {
        Answer::Done(_) => Came::Done,
        Answer::Waiting(change) => Came::Waits(change.id.to_string()),
        Answer::Refused(refusal) => Came::Refused(Typed::refused(form.members(), &refusal)),
    })
}

/// The way to a change that waits.
pub(super) fn to_change(id: &str) -> Page {
    Ok(Redirect::to(&format!("/changes/{id}")).into_response())
}

pub(super) fn to(path: &str) -> Page {
    Ok(Redirect::to(path).into_response())
}

pub(super) fn html(page: &Markup) -> Page {
    Ok(Html(page.clone().into_string()).into_response())
}

pub(super) fn may(visit: &Visit, grant: Grant) -> bool {
    visit.caller.principal.may(grant, None)
}

/// Nothing typed is nothing said.
pub(super) fn said(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// Codes of the legal entities.
pub(super) fn entities(visit: &Visit) -> Vec<String> {
    visit.engine.organisation_view().entities.into_iter().map(|entity| entity.code).collect()
}

/// Names of time zones to propose: those of a place.
pub(super) fn zones() -> Vec<String> {
    const PLACES: [&str; 10] = [
        "Africa/",
        "America/",
        "Antarctica/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
        "UTC",
    ];
    let all = jiff::tz::db().available().map(|name| name.to_string());
    let mut zones: Vec<String> =
        all.filter(|name| PLACES.iter().any(|place| name.starts_with(place))).collect();
    zones.sort_unstable();
    zones
}

pub(super) async fn hub(visit: Visit) -> Page {
    let shell = visit.shell("Settings", Section::Settings).await?;
    html(&page::settings(&shell))
}

/// Codes are a page of the settings.
pub(super) async fn catalogues_moved() -> Redirect {
    Redirect::permanent("/settings/codes")
}

/// Delegations are a page of the settings.
pub(super) async fn delegations_moved() -> Redirect {
    Redirect::permanent("/settings/delegations")
}
