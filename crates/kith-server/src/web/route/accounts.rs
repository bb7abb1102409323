//! The list of accounts: what its address asks for, and what the engine makes of it.

use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use kith_api::view::{AnswerKind, AskReply, ChipView, FieldView, SavedView, Worklist};
use kith_domain::access::Grant;
use kith_domain::refusal::Refusal;
use kith_domain::view::{WIDTH_LEAST, WIDTH_MOST};
use kith_engine::{DRAWN_COLUMNS, LIMIT, ListRequest, Question, SheetFormat};
use kith_template::say;
use serde_json::json;

use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::rest;
use crate::web::link::joined;
use crate::web::page::accounts::{USUAL, is_plain};
use crate::web::page::{self, AccountsPage, Clause, Column, FilterFault};
use crate::web::shell::Section;
use crate::web::words::{t, told};

mod clause;

pub(super) use clause::{clauses, filter};

/// Those who need attention first; who has no score comes last.
const USUAL_SORT: &str = "health";

/// Fields of an exported file, after the columns that are shown.
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

/// Columns, at most.
const COLUMNS_MOST: usize = 20;

pub(super) async fn show(visit: Visit) -> Page {
    let page = read(&visit).await?;
    draw(&visit, &page).await
}

/// Fields that stand in the list without being asked for.
const NAME: &str = "name";

/// The page around a state of the list.
pub(super) async fn draw(visit: &Visit, page: &AccountsPage) -> Page {
    let title = page.view.as_ref().map_or(t("Accounts"), |view| view.name.as_str());
    let shell = visit.shell(title, Section::Accounts).await?;
    Ok(Html(page::accounts(&shell, page).into_string()).into_response())
}

/// The rows again, for the live refresh.
pub(super) async fn rows(visit: Visit) -> Page {
    let page = read(&visit).await?;
    Ok(Html(page::accounts_rows(&page).into_string()).into_response())
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
    let layout = layout(visit, view.as_ref()).await?;
    let chips = visit.engine.chips(&filter);
    let clauses = clauses(visit, &chips).await?;
    let mut page = AccountsPage {
        sort: sort(visit, asked.as_ref(), view.as_ref()),
        error: fault(visit, &filter),
        worded: worded(visit, &chips, &clauses).await?,
        clauses,
        adding: clause::adding(visit).await?,
        askable: clause::askable(visit),
        currency: visit.engine.organisation_view().currency,
        chips,
        question,
        filter,
        view,
        cursor: visit.param("cursor"),
        from: visit.text("from").parse().unwrap_or(0),
        columns: layout.columns,
        name_width: layout.name_width,
        cols: visit.text("cols").to_owned(),
        total: visit.text("of").parse().ok(),
        acts: super::bulk::acts(visit),
        may_create: visit.may_somewhere(Grant::AccountsWrite),
        teams: teams(visit).await?,
        ..AccountsPage::default()
    };
    page.changed = page.view.as_ref().is_some_and(|view| is_changed(visit, &page, view));
    page.fields = visit.engine.field_list(&visit.caller);
    page.fields.retain(|field| field.id != NAME && !page.columns.iter().any(|column| column.id == field.id));
    page.fields.splice(0..0, drawn_fields(&page.columns));
    if listed && page.error.is_none() {
        page.list = list(visit, &page, asked.as_ref())?;
        visit.engine.count_tasks(&mut page.list.rows).await?;
        page.total = page.list.total.or(page.total);
    }
    if let Some(reply) = &asked {
        page.meanings = super::meaning::meanings(visit, reply).await?;
    }
    page.reply = asked;
    Ok(page)
}

/// The chips in words, for those that no form can say.
async fn worded(
    visit: &Visit,
    chips: &[ChipView],
    clauses: &[Option<Clause>],
) -> Result<Vec<(String, String)>, Miss> {
    let mut worded = Vec::with_capacity(chips.len());
    for (chip, clause) in chips.iter().zip(clauses) {
        worded.push(match clause {
            Some(_) => Default::default(),
            None => super::meaning::one(visit, &chip.expression, (&chip.label, &chip.text)).await?,
        });
    }
    Ok(worded)
}

/// Whether the address asks for something else than the view holds.
fn is_changed(visit: &Visit, page: &AccountsPage, view: &SavedView) -> bool {
    let sort = if view.sort.is_empty() { USUAL_SORT } else { view.sort.as_str() };
    page.filter != view.filter.trim() || page.sort != sort || visit.query.contains_key("cols")
}

/// The teams that the reader is in.
pub(super) async fn teams(visit: &Visit) -> Result<Vec<(String, String)>, Miss> {
    let Some(user) = visit.caller.principal.user().map(|user| user.to_string()) else {
        return Ok(Vec::new());
    };
    let teams = visit.engine.teams(&visit.caller, false).await?.items.into_iter();
    let own = teams.filter(|team| team.members.iter().any(|member| member.user == user));
    Ok(own.map(|team| (team.id, team.name)).collect())
}

/// The whole list as a file.
pub(super) async fn export(visit: Visit, Path(format): Path<String>) -> Page {
    let format = SheetFormat::get(&format).ok_or_else(Miss::not_found)?;
    let page = read(&visit).await?;
    if let Some(fault) = page.error {
        return Err(Miss::new(422, t("This list cannot be read"), fault.message));
    }
    let mut fields: Vec<String> = Vec::new();
    let shown = page.columns.iter().map(|column| column.id.as_str());
    for id in shown.chain(FIELDS) {
        if !fields.iter().any(|known| known == id) {
            fields.push(id.to_owned());
        }
    }
    let known = visit.engine.field_list(&visit.caller);
    let headings = |id: &str| {
        let field = || known.iter().find(|field| field.id == id);
        let drawn = page::accounts::exported_title(id).map(str::to_owned);
        let title = drawn.or_else(|| field().map(|field| told(&field.title).into_owned()))?;
        let currency = say!("{title}, currency");
        Some([title, currency])
    };
    let request = ListRequest { filter: page.filter, sort: page.sort, fields, ..ListRequest::default() };
    let export = visit.engine.export(&visit.caller, request).await??;
    rest::file(export.headed(headings), format)
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

/// The columns of a list and the width of its names.
#[derive(Debug, Default)]
struct Arranged {
    columns: Vec<Column>,
    name_width: Option<u16>,
}

/// What the address says (`cols`, `add`), else the view that is open, else what the reader keeps, else the usual ones.
async fn layout(visit: &Visit, view: Option<&SavedView>) -> Result<Arranged, Miss> {
    if let Some(text) = visit.query.get("cols") {
        let add = visit.param("add");
        let told = text.split(',').map(str::to_owned).chain(add);
        return Ok(arranged(visit, told.map(|one| parted(&one)).collect()));
    }
    let kept = match view {
        Some(view) => Some(view.clone()),
        None => visit.engine.usual_view(&visit.caller).await?,
    };
    let (ids, widths) = kept.map(|view| (view.columns, view.widths)).unwrap_or_default();
    let ids = if ids.is_empty() { USUAL.map(str::to_owned).to_vec() } else { ids };
    let with = |id: String| (widths.get(&id).copied(), id);
    let names = std::iter::once(NAME.to_owned()).filter(|name| widths.contains_key(name));
    Ok(arranged(visit, names.chain(ids).map(with).map(|(width, id)| (id, width)).collect()))
}

/// `tier:96` → the column and its width.
pub(super) fn parted(text: &str) -> (String, Option<u16>) {
    match text.split_once(':') {
        Some((id, width)) => {
            let width = width.parse().ok().filter(|width| (WIDTH_LEAST..=WIDTH_MOST).contains(width));
            (id.to_owned(), width)
        }
        None => (text.to_owned(), None),
    }
}

/// The columns that are named; what is no column is left out.
fn arranged(visit: &Visit, asked: Vec<(String, Option<u16>)>) -> Arranged {
    let fields = visit.engine.field_list(&visit.caller);
    let mut layout = Arranged::default();
    for (id, width) in asked {
        if id == NAME {
            layout.name_width = width;
            continue;
        }
        let field = fields.iter().find(|field| field.id == id);
        let title = match page::accounts::drawn_title(&id) {
            Some(title) => Some(title.to_owned()),
            None => field.map(|field| told(&field.title).into_owned()),
        };
        let Some(title) = title else { continue };
        let (kind, unit) = field.map(|field| (field.kind.clone(), field.unit.clone())).unwrap_or_default();
        if layout.columns.len() < COLUMNS_MOST && !layout.columns.iter().any(|column| column.id == id) {
            layout.columns.push(Column { id, title, width, kind, unit });
        }
    }
    layout
}

/// Columns that only pages draw and that are not shown, as fields that may be added.
fn drawn_fields(shown: &[Column]) -> Vec<FieldView> {
    let missing = DRAWN_COLUMNS.iter().filter(|id| !shown.iter().any(|column| column.id == **id));
    let field = |id: &&str| FieldView {
        id: (*id).to_owned(),
        title: page::accounts::drawn_title(id).unwrap_or_default().to_owned(),
        ..FieldView::default()
    };
    missing.map(field).collect()
}

fn fault(visit: &Visit, filter: &str) -> Option<FilterFault> {
    let fault = visit.engine.filter_fault(&visit.caller, filter)?;
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
        fields: page.columns.iter().map(|column| column.id.clone()).filter(|id| is_plain(id)).collect(),
        limit: Some(most.unwrap_or(LIMIT)),
        count: page.total.is_none(),
        cursor: page.cursor.clone(),
        ..ListRequest::default()
    };
    let mut list = visit.engine.worklist(&visit.caller, &request)?;
    if let Some(most) = most {
        // "Top 10" is ten: there is no next page to a number that was asked for, and no sum of all the others.
        list.next_cursor = None;
        let most = u64::try_from(most).unwrap_or(u64::MAX);
        if list.total.is_some_and(|total| total > most) {
            (list.total, list.revenue) = (Some(most), None);
        }
    }
    Ok(list)
}

/// How many are listed where the words say how many, or where that is all.
fn asked_for(reply: &AskReply) -> Option<usize> {
    let came = reply.items.as_ref()?.len();
    (reply.next_cursor.is_none() && came > 0).then_some(came)
}
