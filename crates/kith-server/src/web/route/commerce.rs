//! What is asked for on the tabs of prices, tax and documents.

use axum::extract::{Path, Request};
use axum::response::{IntoResponse, Redirect};
use kith_domain::account::{Command as AccountCommand, Draft};
use kith_domain::command::Command;
use kith_domain::document::Command as DocumentCommand;
use kith_domain::value::{AccountId, TaxProfileId};
use kith_engine::{Answer, Request as Asked};
use serde_json::{Map, Value, json};

use super::account::{draw, read};
use super::form::Sent;
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::rest::document::{attached, read_form};
use crate::web::number::typed::figure;
use crate::web::number::words;
use crate::web::page::{AccountPage, NoteDraft};
use crate::web::words::t;

/// The members of a new row of prices that the form has.
const PRICE: [&str; 13] = [
    "item",
    "item_group",
    "price_type",
    "price",
    "currency",
    "min_qty",
    "max_qty",
    "uom",
    "effective_from",
    "effective_to",
    "entity",
    "qty_basis",
    "supersede",
];
/// The same of a tax profile.
const PROFILE: [&str; 8] = [
    "country",
    "region",
    "tax_category",
    "certificate_no",
    "issued_on",
    "effective_from",
    "effective_to",
    "entity",
];

pub(super) async fn price(Path(name): Path<String>, sent: Sent) -> Page {
    ask(&name, sent, "pricing", &PRICE).await
}

pub(super) async fn tax_profile(Path(name): Path<String>, sent: Sent) -> Page {
    ask(&name, sent, "tax_profiles", &PROFILE).await
}

/// Asks for a new row: the change that waits is shown, with its lane and its approvers; what is refused is shown with
/// what was typed.
async fn ask(name: &str, sent: Sent, rows: &str, members: &[&str]) -> Page {
    let Sent { mut visit, form } = sent;
    let account = visit.engine.account(&visit.caller, name).await??;
    let id: AccountId = account.id.parse().map_err(|_| Miss::not_found())?;
    let mut row = Map::from_iter([("action".to_owned(), json!("add"))]);
    for member in members {
        let text = form.text(member);
        let value = match *member {
            "supersede" => json!(text == "true"),
            "price" | "min_qty" | "max_qty" if !text.is_empty() => match figure(text) {
                Ok(plain) => json!(plain),
                Err(misread) => {
                    let fault = format!("{}: {}", words(member), misread.sentence());
                    return again(&mut visit, name, "commerce", Told { fault, typed: form.members() }).await;
                }
            },
            _ => json!(text),
        };
        if !text.is_empty() {
            row.insert((*member).to_owned(), value);
        }
    }
    let engine = visit.engine.clone();
    let mut ids = move || engine.new_uuid().unwrap_or_default();
    let body = Value::Object(Map::from_iter([(rows.to_owned(), json!([row]))]));
    let (draft, _) = Draft::read_patch(&body, id, &mut ids);
    visit.caller.reason = Some(form.text("reason").to_owned()).filter(|reason| !reason.is_empty());
    let command = AccountCommand::Update { draft: Box::new(draft) };
    let command = Command::Account { id, command };
    let fault = match visit.engine.execute(&visit.caller, Asked::from(command)).await?.answer {
        Answer::Waiting(change) => {
            return Ok(Redirect::to(&format!("/changes/{}", change.id)).into_response());
        }
        Answer::Done(_) => return Ok(Redirect::to(&tab(&account.id, "commerce")).into_response()),
        Answer::Refused(refusal) => sentence(&refusal),
    };
    again(&mut visit, name, "commerce", Told { fault, typed: form.members() }).await
}

/// Why something was not taken, and what was typed.
struct Told {
    fault: String,
    typed: std::collections::HashMap<String, String>,
}

fn tab(account: &str, name: &str) -> String {
    format!("/accounts/{account}?tab={name}")
}

async fn again(visit: &mut Visit, name: &str, tab: &str, told: Told) -> Page {
    visit.query.insert("tab".to_owned(), tab.to_owned());
    let page = read(visit, name, NoteDraft::default()).await?;
    draw(visit, &AccountPage { fault: Some(told.fault), typed: told.typed, ..page }).await
}

pub(super) async fn verify_profile(Path((name, row)): Path<(String, String)>, sent: Sent) -> Page {
    let Sent { mut visit, form } = sent;
    let account = visit.engine.account(&visit.caller, &name).await??;
    let id: AccountId = account.id.parse().map_err(|_| Miss::not_found())?;
    let row: TaxProfileId = row.parse().map_err(|_| Miss::not_found())?;
    let command = Command::Account { id, command: AccountCommand::VerifyTaxProfile { id: row } };
    match visit.engine.execute(&visit.caller, Asked::from(command)).await?.answer {
        Answer::Refused(refusal) => {
            let told = Told { fault: sentence(&refusal), typed: form.members() };
            again(&mut visit, &name, "commerce", told).await
        }
        Answer::Done(_) | Answer::Waiting(_) => {
            Ok(Redirect::to(&tab(&account.id, "commerce")).into_response())
        }
    }
}

pub(super) async fn upload(mut visit: Visit, Path(name): Path<String>, request: Request) -> Page {
    let (parts, body) = request.into_parts();
    let unread = || {
        Miss::new(
            400,
            t("This form cannot be read"),
            t("Nothing was kept. The file may be larger than 50 MB."),
        )
    };
    let (upload, others) = read_form(&parts.headers, body).await.map_err(|_| unread())?;
    let token = others.iter().find(|(name, _)| name == "csrf").map_or("", |(_, token)| token.as_str());
    if !visit.engine.csrf_fits(&visit.session, token) {
        return Err(Miss::stale_form());
    }
    let account = visit.engine.account(&visit.caller, &name).await??;
    match visit.engine.document_add(&visit.caller, &name, upload).await? {
        Ok(_) => Ok(Redirect::to(&tab(&account.id, "documents")).into_response()),
        Err(refusal) => {
            let told = Told { fault: sentence(&refusal), typed: Default::default() };
            again(&mut visit, &name, "documents", told).await
        }
    }
}

pub(super) async fn content(visit: Visit, Path((name, id)): Path<(String, String)>) -> Page {
    let personal = kith_domain::access::Grant::PersonalRead;
    if !visit.caller.principal.may(personal, None) {
        return Err(Miss::not_found());
    }
    Ok(attached(visit.engine.document_content(&visit.caller, &name, &id).await??))
}

pub(super) async fn verify_document(Path((name, id)): Path<(String, String)>, sent: Sent) -> Page {
    let Sent { mut visit, form } = sent;
    let account = visit.engine.account(&visit.caller, &name).await??;
    match visit.engine.document_act(&visit.caller, (&name, &id), DocumentCommand::Verify).await? {
        Ok(()) => Ok(Redirect::to(&tab(&account.id, "documents")).into_response()),
        Err(refusal) => {
            let told = Told { fault: sentence(&refusal), typed: form.members() };
            again(&mut visit, &name, "documents", told).await
        }
    }
}
