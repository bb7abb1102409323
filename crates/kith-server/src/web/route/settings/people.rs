//! People: invited by a link, given roles, suspended, signed out.

use axum::extract::Path;
use kith_api::view::UserView;
use kith_domain::access::{Grant, Role, RoleGrant};
use kith_domain::command::Command;
use kith_domain::refusal::Refusal;
use kith_domain::user::Command as UserCommand;
use kith_domain::value::{Personal, UserId};

use super::super::form::{Form, Sent};
use super::super::miss::{Miss, Page};
use super::super::visit::Visit;
use super::{Came, carry_out, entities, html, may, to, to_change};
use crate::web::page::{self, PeoplePage, PersonPage};
use crate::web::part::field::Typed;
use crate::web::shell::Section;
use crate::web::words::{t, told};

/// The roles of people of ours.
fn roles() -> impl Iterator<Item = Role> {
    let ours = |role: &Role| !matches!(role, Role::PortalAdmin | Role::PortalUser);
    Role::ALL.iter().copied().filter(ours)
}

pub(in crate::web::route) async fn list(visit: Visit) -> Page {
    draw_all(&visit, None).await
}

async fn draw_all(visit: &Visit, typed: Option<Typed>) -> Page {
    let page = PeoplePage {
        users: visit.engine.users(&visit.caller).await?.items,
        roles: roles().map(|role| (role.as_str().to_owned(), told(role.title()).into_owned())).collect(),
        entities: entities(visit),
        may_manage: may(visit, Grant::UsersManage),
        typed,
    };
    let shell = visit.shell(t("People and roles"), Section::Settings).await?;
    html(&page::people(&shell, &page))
}

pub(in crate::web::route) async fn invite(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let entity = Some(form.text("entity")).filter(|entity| !entity.is_empty());
    let grant = match entity {
        Some(entity) => format!("{}@{entity}", form.text("role")),
        None => form.text("role").to_owned(),
    };
    let grant: RoleGrant = grant.parse().map_err(|_| Miss::not_found())?;
    let id = UserId(visit.engine.new_uuid()?);
    let command = UserCommand::Add {
        id,
        name: Personal::new(id, form.text("name").to_owned()),
        email: Personal::new(id, form.text("email").to_owned()),
        roles: vec![grant],
        password_hash: None,
    };
    match carry_out(&visit, &form, Command::User { id, command }).await? {
        Came::Done => draw_link(&visit, id, &form).await,
        Came::Waits(change) => to_change(&change),
        Came::Refused(typed) => draw_all(&visit, Some(typed)).await,
    }
}

pub(in crate::web::route) async fn show(visit: Visit, Path(id): Path<String>) -> Page {
    draw(&visit, &id, PersonPage::default()).await
}

/// A person of ours; customers' people are on their accounts.
async fn found(visit: &Visit, id: &str) -> Result<UserView, Miss> {
    let users = visit.engine.users(&visit.caller).await?.items;
    users.into_iter().find(|user| user.id == id).ok_or_else(Miss::not_found)
}

async fn draw(visit: &Visit, id: &str, page: PersonPage) -> Page {
    let user = found(visit, id).await?;
    let own = visit.caller.principal.user().is_some_and(|own| own.to_string() == user.id);
    let title = user.name.clone().unwrap_or_else(|| t("Somebody").to_owned());
    let page = PersonPage {
        user,
        own,
        roles: roles()
            .map(|role| (role.as_str().to_owned(), told(role.title()).into_owned(), role.approves()))
            .collect(),
        entities: entities(visit),
        may_manage: may(visit, Grant::UsersManage),
        ..page
    };
    let shell = visit.shell(&title, Section::Settings).await?;
    html(&page::person(&shell, &page))
}

async fn draw_link(visit: &Visit, id: UserId, form: &Form) -> Page {
    let told = |refusal: &Refusal| Some(Typed::refused(form.members(), refusal));
    let page = match visit.engine.issue_activation(&visit.caller, id).await? {
        Ok(opening) => {
            let address = format!("{}{}", visit.address, opening.path);
            PersonPage { link: Some((address, opening.expires_at.to_string())), ..PersonPage::default() }
        }
        Err(refusal) => PersonPage { typed: told(&refusal), ..PersonPage::default() },
    };
    draw(visit, &id.to_string(), page).await
}

pub(in crate::web::route) async fn act(Path((id, act)): Path<(String, String)>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let user: UserId = id.parse().map_err(|_| Miss::not_found())?;
    found(&visit, &id).await?;
    let command = match act.as_str() {
        "link" => return draw_link(&visit, user, &form).await,
        "roles" => {
            let roles = form.picked("role.").iter().map(|grant| grant.parse()).collect::<Result<_, _>>();
            UserCommand::SetRoles { roles: roles.map_err(|_| Miss::not_found())? }
        }
        "suspend" => UserCommand::Suspend,
        "reinstate" => UserCommand::Reinstate,
        "sessions" => UserCommand::EndSessions,
        _ => return Err(Miss::not_found()),
    };
    match carry_out(&visit, &form, Command::User { id: user, command }).await? {
        Came::Done => to(&format!("/settings/people/{id}")),
        Came::Waits(change) => to_change(&change),
        Came::Refused(typed) => {
            draw(&visit, &id, PersonPage { typed: Some(typed), ..PersonPage::default() }).await
        }
    }
}
