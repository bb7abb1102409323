//! The custom fields of one account: the form, and the edit that it becomes.

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::account::{Command as AccountCommand, Draft};
use kith_domain::command::Command;
use kith_domain::refusal::RefusalKind;
use kith_domain::value::{AccountId, Personal};
use kith_engine::{Answer, Request};
use serde_json::{Map, Value};

use super::form::Sent;
use super::miss::{Miss, Page};
use super::visit::Visit;
use crate::web::page::{self, OwnFieldsPage};
use crate::web::part::field::Typed;
use crate::web::shell::Section;

pub(super) async fn show(visit: Visit, Path(name): Path<String>) -> Page {
    draw(&visit, &name, None).await
}

/// What the account can have now; what it is asked for.
async fn read(visit: &Visit, name: &str) -> Result<OwnFieldsPage, Miss> {
    let account = visit.engine.account(&visit.caller, name).await??;
    let here =
        |entity: &Option<String>| entity.as_ref().is_none_or(|entity| *entity == account.owning_entity);
    let fields = visit.engine.custom_fields().items.into_iter();
    let fields = fields.filter(|field| !field.retired && here(&field.entity)).collect();
    Ok(OwnFieldsPage { account, fields, typed: None })
}

async fn draw(visit: &Visit, name: &str, typed: Option<Typed>) -> Page {
    let page = OwnFieldsPage { typed, ..read(visit, name).await? };
    let title = format!("Custom fields of {}", page.account.name);
    let shell = visit.shell(&title, Section::Accounts).await?;
    Ok(Html(page::own_fields(&shell, &page).into_string()).into_response())
}

pub(super) async fn save(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let page = read(&visit, &name).await?;
    let id: AccountId = page.account.id.parse().map_err(|_| Miss::not_found())?;
    let mut values = Map::new();
    for field in &page.fields {
        let value = match form.text(&field.name) {
            "" => Value::Null,
            text => text.into(),
        };
        // What is not there and stays away is not said: only what is said is an edit.
        if !value.is_null() || page.account.custom.contains_key(&field.name) {
            values.insert(field.name.clone(), value);
        }
    }
    let draft = Draft { custom: Some(Some(Personal::new(id, Value::Object(values)))), ..Draft::default() };
    let command = AccountCommand::Update { draft: Box::new(draft) };
    let command = Command::Account { id, command };
    let expected_version = form.text("version").parse().ok();
    let request = Request { command, key: None, expected_version };
    match visit.engine.execute(&visit.caller, request).await?.answer {
        Answer::Done(_) => Ok(Redirect::to(&format!("/accounts/{id}?tab=master")).into_response()),
        Answer::Waiting(change) => Ok(Redirect::to(&format!("/changes/{}", change.id)).into_response()),
        Answer::Refused(refusal)
            if matches!(refusal.kind, RefusalKind::Forbidden | RefusalKind::NotFound) =>
        {
            Err(refusal.into())
        }
        Answer::Refused(refusal) => draw(&visit, &name, Some(Typed::refused(form.members(), &refusal))).await,
    }
}
