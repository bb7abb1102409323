//! Saved views: the state of the list under a name, and how one's own list looks.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use kith_api::view::SavedView;
use kith_domain::command::Command;
use kith_domain::refusal::Refusal;
use kith_domain::value::ViewId;
use kith_domain::view::{Command as ViewCommand, Layout};
use kith_engine::{Answer, DRAWN_COLUMNS, ListRequest, Request, usual_view};
use kith_template::say;

use super::accounts::{self, parted};
use super::form::{Form, Sent};
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::web::link::Link;
use crate::web::page::{self, ViewsPage};
use crate::web::shell::Section;

/// The members of a form that say which state of the list is meant.
const STATE: [&str; 5] = ["q", "f", "sort", "cols", "view"];

pub(super) async fn list(visit: Visit) -> Page {
    draw(&visit, None).await
}

async fn draw(visit: &Visit, fault: Option<String>) -> Page {
    let page = ViewsPage {
        views: visit.engine.views(&visit.caller).await?.items,
        teams: accounts::teams(visit).await?,
        fault,
    };
    let shell = visit.shell("Saved views", Section::Accounts).await?;
    Ok(Html(page::views(&shell, &page).into_string()).into_response())
}

/// The address of a view leads to the list.
pub(super) async fn open(visit: Visit, Path(id): Path<String>) -> Page {
    let view = visit.engine.view(&visit.caller, &id).await?.ok_or_else(Miss::not_found)?;
    Ok(to_list(&view.id).into_response())
}

fn to_list(id: &str) -> Redirect {
    Redirect::to(&Link::to("/accounts").with("view", id).done())
}

pub(super) async fn save(sent: Sent) -> Page {
    let Sent { mut visit, form } = sent;
    let kept = match form.text("id") {
        "" => None,
        id => Some(visit.engine.view(&visit.caller, id).await?.ok_or_else(Miss::not_found)?),
    };
    let (columns, widths) = columns_of(form.text("columns"));
    let (shared, team) = match &kept {
        Some(view) => (view.shared, view.team.clone()),
        None => audience(form.text("for")),
    };
    let question = Some(form.text("q").to_owned()).filter(|question| !question.is_empty());
    let layout = Layout {
        name: form.text("name").to_owned(),
        shared,
        team,
        pinned: kept.as_ref().map_or(form.text("pinned") == "true", |view| view.pinned),
        usual: false,
        question,
        filter: form.text("f").to_owned(),
        sort: form.text("sort").to_owned(),
        columns,
        widths,
    };
    let id = match &kept {
        Some(view) => view.id.parse().map_err(|_| Miss::not_found())?,
        None => ViewId(visit.engine.new_uuid()?),
    };
    match keep(&visit, id, layout).await? {
        Ok(id) => Ok(to_list(&id).into_response()),
        Err(reason) => {
            // The list as it was, and why it has no name yet.
            visit.query = STATE.iter().map(|name| ((*name).to_owned(), form.text(name).to_owned())).collect();
            visit.query.retain(|name, value| !value.is_empty() || name == "f");
            let mut page = accounts::read(&visit).await?;
            page.refused = Some(say!("The view was not saved. {reason}"));
            accounts::draw(&visit, &page).await
        }
    }
}

/// Who sees it: everybody, or a team.
fn audience(text: &str) -> (bool, Option<String>) {
    (text == "everybody", text.strip_prefix("team:").map(str::to_owned))
}

/// `name:240,health` → the columns, and their widths where they are said.
fn columns_of(text: &str) -> (Vec<String>, BTreeMap<String, u16>) {
    let told: Vec<(String, Option<u16>)> =
        text.split(',').filter(|one| !one.is_empty()).map(parted).collect();
    let widths = told.iter().filter_map(|(id, width)| Some((id.clone(), (*width)?))).collect();
    (told.into_iter().map(|(id, _)| id).filter(|id| id != "name").collect(), widths)
}

/// Keeps the view; gives its id, or why it was not kept.
async fn keep(visit: &Visit, id: ViewId, layout: Layout) -> Result<Result<String, String>, Miss> {
    // A view that cannot run is not kept.
    let trial = ListRequest {
        filter: layout.filter.clone(),
        sort: layout.sort.clone(),
        fields: layout.columns.iter().filter(|id| !DRAWN_COLUMNS.contains(&id.as_str())).cloned().collect(),
        limit: Some(1),
        ..ListRequest::default()
    };
    if let Err(refusal) = visit.engine.list(&visit.caller, &trial) {
        return Ok(Err(sentence(&refusal)));
    }
    let done = carry(visit, id, ViewCommand::Save { id, layout }).await?;
    Ok(done.map(|()| id.to_string()).map_err(|refusal| sentence(&refusal)))
}

async fn carry(visit: &Visit, id: ViewId, command: ViewCommand) -> Result<Result<(), Refusal>, Miss> {
    let command = Command::View { id, command };
    Ok(match visit.engine.execute(&visit.caller, Request::from(command)).await?.answer {
        Answer::Refused(refusal) => Err(refusal),
        Answer::Done(_) | Answer::Waiting(_) => Ok(()),
    })
}

fn layout_of(view: SavedView) -> Layout {
    Layout {
        name: view.name,
        shared: view.shared,
        team: view.team,
        pinned: view.pinned,
        usual: false,
        question: view.question,
        filter: view.filter,
        sort: view.sort,
        columns: view.columns,
        widths: view.widths,
    }
}

/// Renames, gives away, pins or deletes a view of one's own.
pub(super) async fn change(Path(id): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let view = visit.engine.view(&visit.caller, &id).await?.ok_or_else(Miss::not_found)?;
    let id: ViewId = view.id.parse().map_err(|_| Miss::not_found())?;
    let command = if form.text("delete") == "true" {
        ViewCommand::Delete
    } else {
        let (shared, team) = audience(form.text("for"));
        let pinned = form.text("pinned") == "true";
        let name = form.text("name").to_owned();
        ViewCommand::Save { id, layout: Layout { name, shared, team, pinned, ..layout_of(view) } }
    };
    match carry(&visit, id, command).await? {
        Ok(()) => Ok(Redirect::to("/views").into_response()),
        Err(refusal) => draw(&visit, Some(sentence(&refusal))).await,
    }
}

/// Which columns, in which order, how wide: kept for the reader, or shown as a change of the view that is open.
pub(super) async fn columns(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let told = if form.text("reset") == "true" { String::new() } else { picked(&form) };
    let view = form.text("view");
    if view.is_empty() {
        arrange_usual(&visit, &told).await?;
    }
    let link = Link::to("/accounts").with("q", form.text("q"));
    let link = if form.text("f").is_empty() { link } else { link.with("f", form.text("f")) };
    let link = link.with("sort", form.text("sort")).with("view", view);
    let link = if view.is_empty() { link } else { link.with("cols", &told) };
    Ok(Redirect::to(&link.done()).into_response())
}

/// The columns of the chooser by their places, as an address has them.
fn picked(form: &Form) -> String {
    let mut chosen: Vec<(u32, String)> = form
        .picked("on.")
        .into_iter()
        .map(|id| (form.text(&format!("at.{id}")).parse().unwrap_or(u32::MAX), id))
        .collect();
    chosen.sort();
    let add = form.text("add");
    let ids = chosen.into_iter().map(|(_, id)| id);
    let with = |id: String| match form.text(&format!("wide.{id}")) {
        "" => id,
        width => format!("{id}:{width}"),
    };
    ids.map(with).chain(Some(add.to_owned()).filter(|add| !add.is_empty())).collect::<Vec<_>>().join(",")
}

/// Keeps how the reader's own list looks.
async fn arrange_usual(visit: &Visit, told: &str) -> Result<(), Miss> {
    let Some(user) = visit.caller.principal.user() else { return Ok(()) };
    let id = usual_view(user);
    let (columns, widths) = columns_of(told);
    let layout = Layout { name: "Usual".to_owned(), usual: true, columns, widths, ..Layout::default() };
    Ok(carry(visit, id, ViewCommand::Save { id, layout }).await??)
}

/// Keeps columns and widths as they were dragged: in the view that is open if it is one's own, else for oneself.
pub(super) async fn arrange(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let told = form.text("columns");
    match form.text("view") {
        "" => arrange_usual(&visit, told).await?,
        id => {
            let view = visit.engine.view(&visit.caller, id).await?.ok_or_else(Miss::not_found)?;
            let id: ViewId = view.id.parse().map_err(|_| Miss::not_found())?;
            let (columns, widths) = columns_of(told);
            let layout = Layout { columns, widths, ..layout_of(view) };
            carry(&visit, id, ViewCommand::Save { id, layout }).await??;
        }
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}
