//! Codes: the page, and what is changed on it.

use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::access::Grant;
use kith_domain::command::Command;
use kith_domain::organisation::{CatalogueDraft, CodeDraft, Command as OrganisationCommand};
use kith_engine::{Answer, Request};

use super::form::Sent;
use super::miss::{Page, sentence};
use super::visit::Visit;
use crate::web::page::{self, CataloguesPage};
use crate::web::shell::Section;
use crate::web::words::t;

pub(super) async fn show(visit: Visit) -> Page {
    draw(&visit, None).await
}

async fn draw(visit: &Visit, fault: Option<String>) -> Page {
    let page = CataloguesPage {
        catalogues: visit.engine.catalogues().items,
        may_change: visit.caller.principal.may(Grant::OrganisationManage, None),
        fault,
    };
    let shell = visit.shell(t("Codes"), Section::Settings).await?;
    Ok(Html(page::catalogues(&shell, &page).into_string()).into_response())
}

/// A member that was typed; nothing typed is nothing said.
fn typed(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

pub(super) async fn code_add(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let draft = CodeDraft { label: typed(form.text("label")).map(Some), ..CodeDraft::default() };
    let (kind, code) = (form.text("kind").to_owned(), form.text("code").to_owned());
    change(&visit, OrganisationCommand::AddCode { kind, code, draft }).await
}

pub(super) async fn code_retire(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let draft = CodeDraft { retired: Some(form.text("retired") == "true"), ..CodeDraft::default() };
    let (kind, code) = (form.text("kind").to_owned(), form.text("code").to_owned());
    change(&visit, OrganisationCommand::ChangeCode { kind, code, draft }).await
}

pub(super) async fn code_rename(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let draft = CodeDraft { label: Some(typed(form.text("label"))), ..CodeDraft::default() };
    let (kind, code) = (form.text("kind").to_owned(), form.text("code").to_owned());
    change(&visit, OrganisationCommand::ChangeCode { kind, code, draft }).await
}

pub(super) async fn code_default(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let default_code = Some(Some(form.text("code").to_owned()));
    let draft = CatalogueDraft { default_code, ..CatalogueDraft::default() };
    change(&visit, OrganisationCommand::ChangeCatalogue { kind: form.text("kind").to_owned(), draft }).await
}

pub(super) async fn code_delete(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let (kind, code) = (form.text("kind").to_owned(), form.text("code").to_owned());
    change(&visit, OrganisationCommand::DeleteCode { kind, code }).await
}

/// Back to the page; with the reason when the change was not taken.
async fn change(visit: &Visit, command: OrganisationCommand) -> Page {
    let request = Request::from(Command::Organisation(command));
    match visit.engine.execute(&visit.caller, request).await?.answer {
        Answer::Refused(refusal) => draw(visit, Some(sentence(&refusal))).await,
        Answer::Done(_) | Answer::Waiting(_) => Ok(Redirect::to("/settings/codes").into_response()),
    }
}
