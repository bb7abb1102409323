//! The list of accounts: what its address asks for, and what the engine makes of it.

use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use kith_api::view::{AnswerKind, AskReply, SavedView, Worklist};
use kith_domain::refusal::Refusal;
use kith_engine::{LIMIT, ListRequest, Question, SheetFormat};
use serde_json::json;

use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::rest;
use crate::web::link::joined;
use crate::web::page::{self, AccountsPage, Column, FilterFault};
use crate::web::shell::Section;
use crate::web::words::t;

/// Those who need attention first; who has no score comes last.
const USUAL_SORT: &str = "health";

/// Fields of an exported file, before the columns that are shown besides.
const FIELDS: [&str; 9] = [
    "tier",
    "owning_entity",
    "stage",
    "health",
    "order_trend_label_90d",
    "orders_90d",
    "service_issues_30d",
    "revenue_365d",
    "overdue_balance",
];

/// Extra columns, at most.
const COLUMNS_MOST: usize = 8;

pub(super) async fn show(visit: Visit) -> Page {
    let page = read(&visit).await?;
    draw(&visit, &page).await
}

/// The page around a state of the list.
pub(super) async fn draw(visit: &Visit, page: &AccountsPage) -> Page {
    let title = page.view.as_ref().map_or(t("Accounts"), |view| view.name.as_str());
    let shell = visit.shell(title, Section::Accounts).await?;
    Ok(Html(page::accounts(&shell, page).into_string()).into_response())
}

/// The rows again, for the live refresh.
pub(super) async fn rows(visit: Visit) -> Page {
    let page = read(&visit).await?;
    Ok(Html(page::accounts_rows(&page.list, page.from).into_string()).into_response())
}

/// The state that the address names: `f` wins over `q` and `view`, even when it is empty.
pub(super) async fn read(visit: &Visit) -> Result<AccountsPage, Miss> {
    let view = match visit.param("view") {
        Some(id) => Some(visit.engine.view(&visit.caller, &id).await?.ok_or_else(Miss::not_found)?),
        None => None,
    };
    let question = visit.param("q").map(|question| question.trim().to_owned()).unwrap_or_default();
    let asked = if question.is_empty() { None } else { Some(ask(visit, &question).await?) };
    let given = visit.query.get("f").map(|condition| joined(visit.text("with"), condition));
    let listed = given.is_some()
        || view.is_some()
        || asked.as_ref().is_none_or(|reply| reply.kind == AnswerKind::List);
    let filter = given
        .or_else(|| view.as_ref().map(|view| view.filter.clone()))
        .or_else(|| asked.as_ref().and_then(|reply| reply.filter.clone()))
        .unwrap_or_default();
    let filter = filter.trim().to_owned();
    let mut page = AccountsPage {
        sort: sort(visit, asked.as_ref(), view.as_ref()),
        columns: columns(visit, view.as_ref()),
        error: fault(visit, &filter),
        chips: visit.engine.chips(&filter),
        question,
        filter,
        view,
        cursor: visit.param("cursor"),
        from: visit.text("from").parse().unwrap_or(0),
        ..AccountsPage::default()
    };
    page.fields = visit.engine.field_list();
    page.fields.retain(|field| !page.columns.iter().any(|column| column.id == field.id));
    if listed && page.error.is_none() {
        page.list = list(visit, &page, asked.as_ref())?;
    }
    page.reply = asked;
    Ok(page)
}

/// The whole list as a file.
pub(super) async fn export(visit: Visit, Path(format): Path<String>) -> Page {
    let format = SheetFormat::get(&format).ok_or_else(Miss::not_found)?;
    let page = read(&visit).await?;
    if let Some(fault) = page.error {
        return Err(Miss::new(422, t("This list cannot be read"), fault.message));
    }
    let mut fields = FIELDS.map(str::to_owned).to_vec();
    fields
        .extend(page.columns.into_iter().map(|column| column.id).filter(|id| !FIELDS.contains(&id.as_str())));
    let request = ListRequest { filter: page.filter, sort: page.sort, fields, ..ListRequest::default() };
    let export = visit.engine.export(&visit.caller, request).await??;
    rest::file(export, format)
        .map_err(|stop| Miss::new(stop.0.status, t("This file cannot be made"), stop.0.detail))
}

/// The answer to the question; a refused question is an answer too.
async fn ask(visit: &Visit, question: &str) -> Result<AskReply, Miss> {
    let asked = Question { question: question.to_owned(), limit: Some(LIMIT), ..Question::default() };
    let refused = |refusal: Refusal| AskReply {
        kind: AnswerKind::Refusal,
        asked: question.to_owned(),
        refusal: Some(json!({"code": refusal.code, "sentence": sentence(&refusal)})),
        ..AskReply::default()
    };
    Ok(visit.engine.answer(&visit.caller, &asked).await?.unwrap_or_else(refused))
}

fn sort(visit: &Visit, asked: Option<&AskReply>, view: Option<&SavedView>) -> String {
    let of_view = || view.map(|view| view.sort.clone()).filter(|sort| !sort.is_empty());
    let of_question = || asked.and_then(|reply| reply.sort.clone());
    visit.param("sort").or_else(of_view).or_else(of_question).unwrap_or_else(|| USUAL_SORT.to_owned())
}

/// `cols` and the one that `add` names; what is no field is left out.
fn columns(visit: &Visit, view: Option<&SavedView>) -> Vec<Column> {
    let given: Vec<String> = match visit.query.get("cols") {
        Some(ids) => ids.split(',').map(str::to_owned).collect(),
        None => view.map(|view| view.columns.clone()).unwrap_or_default(),
    };
    let fields = visit.engine.field_list();
    let mut columns: Vec<Column> = Vec::new();
    for id in given.into_iter().chain(visit.param("add")) {
        let Some(field) = fields.iter().find(|field| field.id == id) else { continue };
        if columns.len() < COLUMNS_MOST && !columns.iter().any(|column| column.id == id) {
            columns.push(Column { id, title: field.title.clone() });
        }
    }
    columns
}

fn fault(visit: &Visit, filter: &str) -> Option<FilterFault> {
    let fault = visit.engine.filter_fault(filter)?;
    Some(FilterFault {
        filter: filter.to_owned(),
        at: fault.at,
        len: fault.len,
        message: fault.message,
        hint: fault.hint,
    })
}

fn list(visit: &Visit, page: &AccountsPage, asked: Option<&AskReply>) -> Result<Worklist, Miss> {
    let most = asked.filter(|_| !visit.query.contains_key("f")).and_then(asked_for);
    let request = ListRequest {
        filter: page.filter.clone(),
        sort: page.sort.clone(),
        fields: page.columns.iter().map(|column| column.id.clone()).collect(),
        limit: Some(most.unwrap_or(LIMIT)),
        cursor: page.cursor.clone(),
        ..ListRequest::default()
    };
    let mut list = visit.engine.worklist(&visit.caller, &request)?;
    if most.is_some() {
        // "Top 10" is ten: there is no next page to a number that was asked for.
        list.next_cursor = None;
    }
    Ok(list)
}

/// How many were asked for in words: fewer came than there are, and there is no next page.
fn asked_for(reply: &AskReply) -> Option<usize> {
    let came = reply.items.as_ref()?.len();
    let more = reply.count? > u64::try_from(came).ok()?;
    (more && reply.next_cursor.is_none() && came > 0).then_some(came)
}
