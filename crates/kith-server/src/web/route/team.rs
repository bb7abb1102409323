//! Teams: the list, one of them, and what is changed in it.

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::access::Grant;
use kith_domain::command::Command;
use kith_domain::team::{Command as TeamCommand, TeamDraft, team_code};
use kith_domain::value::UserId;
use kith_engine::{Answer, Request};

use super::form::{Form, Sent};
use super::miss::{Miss, Page, sentence_by_place};
use super::visit::Visit;
use crate::web::page::{self, TeamPage, TeamsPage};
use crate::web::shell::Section;
use crate::web::words::t;

pub(super) async fn list(visit: Visit) -> Page {
    draw_all(&visit, TeamsPage::default()).await
}

async fn draw_all(visit: &Visit, page: TeamsPage) -> Page {
    let page = TeamsPage {
        teams: visit.engine.teams(&visit.caller, true).await?.items,
        entities: entities(visit),
        may_manage: may_manage(visit),
        ..page
    };
    let shell = visit.shell(t("Teams"), Section::Settings).await?;
    Ok(Html(page::teams(&shell, &page).into_string()).into_response())
}

fn may_manage(visit: &Visit) -> bool {
    visit.caller.principal.may(Grant::UsersManage, None)
}

fn entities(visit: &Visit) -> Vec<String> {
    visit.engine.organisation_view().entities.into_iter().map(|entity| entity.code).collect()
}

pub(super) async fn show(visit: Visit, Path(code): Path<String>) -> Page {
    draw(&visit, &code, None).await
}

async fn draw(visit: &Visit, code: &str, fault: Option<String>) -> Page {
    let (engine, caller) = (&visit.engine, &visit.caller);
    let page = TeamPage {
        team: engine.team(caller, code).await??,
        portfolio: engine.team_portfolio(caller, code, 1, None).await??,
        entities: entities(visit),
        users: engine.users(caller).await?.items,
        may_manage: may_manage(visit),
        fault,
    };
    let shell = visit.shell(&page.team.name, Section::Settings).await?;
    Ok(Html(page::team(&shell, &page).into_string()).into_response())
}

/// A member of a form: what it says, or that it shall be none.
fn said(form: &Form, name: &str) -> Option<Option<String>> {
    Some(Some(form.text(name).to_owned()).filter(|text| !text.is_empty()))
}

pub(super) async fn create(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let typed = (form.text("code").to_owned(), form.text("name").to_owned());
    let code = team_code(&typed.0);
    let draft =
        TeamDraft { name: said(&form, "name"), entity: said(&form, "entity"), ..TeamDraft::default() };
    let command = TeamCommand::Create { code: code.clone(), draft: Box::new(draft) };
    match ask(&visit, &code, command).await? {
        None => Ok(Redirect::to(&format!("/teams/{code}")).into_response()),
        fault => draw_all(&visit, TeamsPage { typed, fault, ..TeamsPage::default() }).await,
    }
}

pub(super) async fn update(Path(code): Path<String>, sent: Sent) -> Page {
    let form = &sent.form;
    let draft = TeamDraft {
        name: said(form, "name"),
        lead: said(form, "lead"),
        entity: said(form, "entity"),
        retired: Some(Some(form.text("retired") == "true")),
        ..TeamDraft::default()
    };
    settle(&sent.visit, &code, TeamCommand::Update { draft: Box::new(draft) }).await
}

pub(super) async fn member_add(Path(code): Path<String>, sent: Sent) -> Page {
    let user: UserId = sent.form.text("user").parse().map_err(|_| Miss::not_found())?;
    settle(&sent.visit, &code, TeamCommand::AddMember { user }).await
}

pub(super) async fn member_remove(Path(code): Path<String>, sent: Sent) -> Page {
    let user: UserId = sent.form.text("user").parse().map_err(|_| Miss::not_found())?;
    settle(&sent.visit, &code, TeamCommand::RemoveMember { user }).await
}

async fn settle(visit: &Visit, code: &str, command: TeamCommand) -> Page {
    match ask(visit, &team_code(code), command).await? {
        None => Ok(Redirect::to(&format!("/teams/{}", team_code(code))).into_response()),
        fault => draw(visit, code, fault).await,
    }
}

async fn ask(visit: &Visit, code: &str, command: TeamCommand) -> Result<Option<String>, Miss> {
    let command = Command::Team { id: code.to_owned(), command };
    Ok(match visit.engine.execute(&visit.caller, Request::from(command)).await?.answer {
        Answer::Refused(refusal) => Some(sentence_by_place(&refusal)),
        Answer::Done(_) | Answer::Waiting(_) => None,
    })
}
