//! How the reader wants the pages; the reader's own password and sessions.

use kith_domain::command::Command;
use kith_domain::refusal::FieldFault;
use kith_domain::user::{Command as UserCommand, Preferences};

use super::super::form::Sent;
use super::super::miss::{Miss, Page};
use super::super::visit::Visit;
use super::{Came, carry_out, html, said, to, to_change, zones};
use crate::web::page::{self, AppearancePage, OwnSignInPage};
use crate::web::part::field::Typed;
use crate::web::shell::Section;

pub(in crate::web::route) async fn show(visit: Visit) -> Page {
    draw(&visit, None).await
}

async fn draw(visit: &Visit, typed: Option<Typed>) -> Page {
    let page = AppearancePage {
        preferences: visit.caller.preferences.clone(),
        zone: visit.engine.organisation().timezone.clone(),
        zones: zones(),
        saved: visit.text("saved") == "yes",
        typed,
    };
    let shell = visit.shell("Appearance", Section::Settings).await?;
    html(&page::appearance(&shell, &page))
}

pub(in crate::web::route) async fn save(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let id = visit.caller.principal.user().ok_or_else(Miss::not_found)?;
    let preferences = Preferences {
        language: said(form.text("language")),
        locale: said(form.text("locale")),
        timezone: said(form.text("timezone")),
        theme: said(form.text("theme")),
        density: said(form.text("density")),
        font: said(form.text("font")),
        shortcuts: Some(form.text("shortcuts") == "true"),
    };
    let command = UserCommand::SetPreferences { preferences };
    match carry_out(&visit, &form, Command::User { id, command }).await? {
        Came::Done => to("/settings/appearance?saved=yes"),
        Came::Waits(change) => to_change(&change),
        Came::Refused(typed) => draw(&visit, Some(typed)).await,
    }
}

pub(in crate::web::route) async fn sign_in(visit: Visit) -> Page {
    draw_sign_in(&visit, None).await
}

async fn draw_sign_in(visit: &Visit, typed: Option<Typed>) -> Page {
    let person = visit.engine.person(&visit.caller).await?.ok_or_else(Miss::not_found)?;
    let email = person.user.email.unwrap_or_default();
    let page = OwnSignInPage { email, saved: visit.text("saved") == "yes", typed };
    let shell = visit.shell("Your sign-in", Section::Settings).await?;
    html(&page::own_sign_in(&shell, &page))
}

pub(in crate::web::route) async fn password(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let id = visit.caller.principal.user().ok_or_else(Miss::not_found)?;
    let (current, fresh) = (form.exact("current").to_owned(), form.exact("fresh").to_owned());
    let mut faults = Vec::new();
    if fresh.chars().count() < 12 || fresh.len() > 1_024 {
        faults.push(FieldFault::new("/fresh", "password_length", "A password has 12 characters or more."));
    } else if !visit.engine.password_fits(id, current).await? {
        faults.push(FieldFault::new("/current", "password_wrong", "This is not your password."));
    }
    if !faults.is_empty() {
        let typed = Typed::at_fault(form.members(), "The password is as it was.", &faults);
        return draw_sign_in(&visit, Some(typed)).await;
    }
    let hash = visit.engine.hash_password(fresh).await?;
    match carry_out(&visit, &form, Command::User { id, command: UserCommand::SetPassword { hash } }).await? {
        Came::Done => to("/settings/sign-in?saved=yes"),
        Came::Waits(change) => to_change(&change),
        Came::Refused(typed) => draw_sign_in(&visit, Some(typed)).await,
    }
}

pub(in crate::web::route) async fn end_sessions(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let id = visit.caller.principal.user().ok_or_else(Miss::not_found)?;
    match carry_out(&visit, &form, Command::User { id, command: UserCommand::EndSessions }).await? {
        Came::Done => to("/sign-in"),
        Came::Waits(change) => to_change(&change),
        Came::Refused(typed) => draw_sign_in(&visit, Some(typed)).await,
    }
}
