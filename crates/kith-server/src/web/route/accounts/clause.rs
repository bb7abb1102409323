//! Conditions of the list as forms: what stands in them, and the filter that they become.

use axum::response::{Html, IntoResponse, Redirect};
use kith_api::view::{ChipView, FieldView};
use kith_engine::{Condition, ME, Relation, Unwritable};

use super::super::edit::{entities, people, teams, terms};
use super::super::miss::{Miss, Page};
use super::super::visit::Visit;
use super::{draw, read};
use crate::web::link::Link;
use crate::web::number::typed::{figure, of_money, whole};
use crate::web::number::words;
use crate::web::page::accounts::{can_ask, clause_form};
use crate::web::page::{AccountsPage, Adding, Clause};
use crate::web::words::t;

/// The chips as forms; `None` for one that no form can say.
pub(in crate::web::route) async fn clauses(
    visit: &Visit,
    chips: &[ChipView],
) -> Result<Vec<Option<Clause>>, Miss> {
    let fields = visit.engine.field_list(&visit.caller);
    let mut clauses = Vec::with_capacity(chips.len());
    for chip in chips {
        let condition = visit.engine.condition(&chip.expression);
        let field = condition.as_ref().and_then(|said| fields.iter().find(|field| field.id == said.field));
        clauses.push(match condition.zip(field) {
            Some((condition, field)) => Some(clause(visit, field, condition).await?),
            None => None,
        });
    }
    Ok(clauses)
}

/// The fields that can be asked about in a form.
pub(super) fn askable(visit: &Visit) -> Vec<FieldView> {
    let mut fields = visit.engine.field_list(&visit.caller);
    fields.retain(can_ask);
    fields
}

/// The form for another condition, where the address opens it: `edit` names the field, or is empty.
pub(super) async fn adding(visit: &Visit) -> Result<Option<Adding>, Miss> {
    let Some(wanted) = visit.query.get("edit") else { return Ok(None) };
    opened(visit, wanted).await.map(Some)
}

async fn opened(visit: &Visit, wanted: &str) -> Result<Adding, Miss> {
    let place = visit.text("at").parse().ok();
    let Some(field) = askable(visit).into_iter().find(|field| field.id == wanted) else {
        return Ok(Adding { place, clause: None });
    };
    let condition = Condition { field: field.id.clone(), relation: usual(&field), values: Vec::new() };
    Ok(Adding { place, clause: Some(clause(visit, &field, condition).await?) })
}

/// What is most often said of a field.
fn usual(field: &FieldView) -> Relation {
    match field.kind.as_str() {
        "int" | "double" | "money" => Relation::AtLeast,
        "date" | "time" => Relation::Within,
        "text_list" => Relation::Contains,
        "text" if !matches!(field.id.as_str(), "account_manager" | "sales_rep" | "team") => {
            Relation::Contains
        }
        _ => Relation::Is,
    }
}

async fn clause(visit: &Visit, field: &FieldView, condition: Condition) -> Result<Clause, Miss> {
    let (choices, closed) = choices(visit, field).await?;
    Ok(Clause { field: field.clone(), condition, choices, closed, fault: None })
}

/// The values that may be chosen, and whether there are no others.
async fn choices(visit: &Visit, field: &FieldView) -> Result<(Vec<(String, String)>, bool), Miss> {
    let same = |values: Vec<String>| values.into_iter().map(|value| (value.clone(), value)).collect();
    Ok(match (field.id.as_str(), field.kind.as_str()) {
        ("account_manager" | "sales_rep", _) => {
            let me = (ME.to_owned(), t("me").to_owned());
            (std::iter::once(me).chain(people(visit).await?).collect(), true)
        }
        ("account_manager_name", _) => {
            (people(visit).await?.into_iter().map(|(_, name)| (name.clone(), name)).collect(), false)
        }
        ("team", _) => (teams(visit).await?, true),
        ("owning_entity", _) => (entities(visit), true),
        ("payment_terms", _) => (terms(visit, &field.values), true),
        ("currency", _) => (same(field.values.clone()), true),
        (id, "enum") if id.starts_with("custom_") => (same(field.values.clone()), true),
        (_, "enum") => (field.values.iter().map(|value| (value.clone(), words(value))).collect(), true),
        ("tags" | "equipment" | "missing_fields", _) => {
            let used = visit.engine.values_in_use(&visit.caller, &field.id);
            (
                used.into_iter()
                    .map(|value| (value.clone(), if field.id == "tags" { value } else { words(&value) }))
                    .collect(),
                false,
            )
        }
        (
            "name" | "account_number" | "email" | "domain" | "website" | "tax_id" | "legal_name" | "parent"
            | "ultimate_parent",
            _,
        ) => (Vec::new(), false),
        (_, "text" | "text_list") => (same(visit.engine.values_in_use(&visit.caller, &field.id)), false),
        _ => (Vec::new(), false),
    })
}

/// The condition that the form says, once it says one.
fn said(visit: &Visit) -> Option<Condition> {
    let relation = Relation::get(visit.text("rel"))?;
    let mut picked: Vec<String> =
        visit.query.keys().filter_map(|name| name.strip_prefix("pick.")).map(str::to_owned).collect();
    picked.sort_unstable();
    let values = match () {
        () if !relation.needs_value() => Vec::new(),
        () if relation.counts_days() => vec![visit.text("days").to_owned()],
        () if picked.is_empty() => visit
            .text("value")
            .lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect(),
        () => picked,
    };
    Some(Condition { field: visit.text("field").to_owned(), relation, values })
}

fn fault(unwritable: Unwritable) -> &'static str {
    match unwritable {
        Unwritable::Field => t("This field cannot be asked about like that. Choose another."),
        Unwritable::Empty => t("Say with what: choose or type a value."),
        Unwritable::Number => t("This is no number. Type one such as 1500."),
        Unwritable::Day => t("This is no day. Type one such as 2026-11-20."),
        Unwritable::Value => t("This is none of the values that the field can have."),
    }
}

/// The condition with its figures in plain decimals; else what is wrong with one.
fn figures(visit: &Visit, asked: Condition) -> Result<Condition, (Condition, String)> {
    let fields = askable(visit);
    let kind = fields.iter().find(|field| field.id == asked.field).map_or("", |field| field.kind.as_str());
    let read = |text: &String| match kind {
        _ if asked.relation.counts_days() => whole(text).map(|days| days.to_string()),
        "money" => of_money(text, None),
        "int" | "double" => figure(text),
        _ => Ok(text.clone()),
    };
    match asked.values.iter().map(read).collect() {
        Ok(values) => Ok(Condition { values, ..asked }),
        Err(misread) => {
            let sentence = misread.sentence();
            Err((asked, sentence))
        }
    }
}

/// A condition was asked for: the list with it, the form for its value, or the form with what is wrong.
pub(in crate::web::route) async fn filter(visit: Visit) -> Page {
    let place: Option<usize> = visit.text("at").parse().ok();
    let fault = match said(&visit) {
        None => None,
        Some(asked) => match figures(&visit, asked) {
            Err((asked, text)) => Some((asked, text)),
            Ok(asked) => match visit.engine.conditioned(visit.text("f"), place, &asked) {
                Ok(filter) => return Ok(Redirect::to(&address(&visit, &filter).done()).into_response()),
                Err(unwritable) => Some((asked, fault(unwritable).to_owned())),
            },
        },
    };
    if fault.is_none() && visit.text("part") != "editor" {
        let link =
            address(&visit, visit.text("f")).always("edit", visit.text("field")).with("at", visit.text("at"));
        return Ok(Redirect::to(&link.done()).into_response());
    }
    let mut page = read(&visit).await?;
    page.adding = Some(opened(&visit, visit.text("field")).await?);
    if let (Some(Adding { clause: Some(clause), .. }), Some((asked, text))) = (&mut page.adding, fault) {
        clause.condition = asked;
        clause.fault = Some(text);
    }
    if visit.text("part") == "editor" {
        return Ok(Html(clause_form(&page).into_string()).into_response());
    }
    refused(&visit, page).await
}

async fn refused(visit: &Visit, page: AccountsPage) -> Page {
    let mut response = draw(visit, &page).await?;
    *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// The list in the state that the form stood on, with a filter.
fn address(visit: &Visit, filter: &str) -> Link {
    let link = Link::to("/accounts").with("q", visit.text("q"));
    let told = !visit.text("q").is_empty() || !visit.text("view").is_empty();
    let link = if told { link.always("f", filter) } else { link.with("f", filter) };
    ["sort", "view", "cols"].into_iter().fold(link, |link, name| link.with(name, visit.text(name)))
}
