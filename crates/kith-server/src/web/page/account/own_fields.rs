//! Dimensions and the fields of the organisation's own: what they say, each with the way to edit it.

use kith_api::view::{CustomFieldView, MoneyView};
use kith_domain::refusal::ended;
use kith_template::{html, say};
use maud::Markup;
use serde_json::Value;

use super::master::{pencil, waits};
use super::{AccountPage, AccountTab};
use crate::web::clock::date;
use crate::web::link::Link;
use crate::web::number::{count, money, value, words};
use crate::web::words::t;

/// The card; without values and the right to edit there is none.
pub(super) fn own_fields(page: &AccountPage) -> Markup {
    let account = &page.account;
    let here = |field: &&CustomFieldView| {
        let held = account.custom.contains_key(&field.name);
        held || (!field.retired
            && field.entity.as_ref().is_none_or(|entity| *entity == account.owning_entity))
    };
    let fields: Vec<&CustomFieldView> = page.custom_fields.iter().filter(here).collect();
    let open: Vec<String> =
        fields.iter().filter(|field| !field.retired).map(|field| format!("custom.{}", field.name)).collect();
    let edit = Link::to(&format!("/accounts/{}/edit", account.id)).with("field", &open.join(","));
    html! {
        @if !account.dimensions.is_empty() || !fields.is_empty() {
            section .card aria-labelledby="custom-fields" {
                header {
                    h2 #custom-fields { "Dimensions and custom fields" }
                    @if editable(page) && !open.is_empty() { a .btn .sm .push href=(edit.done()) { "Edit" span .vh { " custom fields" } } }
                }
                .body { dl .kv .wide {
                    @for row in &account.dimensions { dt { (words(&row.kind)) } dd { (row.value) @if let Some(entity) = &row.entity { " " span .pill { (entity) } } } }
                    @for field in &fields { (line(page, field)) }
                } }
            }
        }
        @if !account.metadata.is_empty() {
            section .card aria-labelledby="own-fields" {
                header { h2 #own-fields { "Your own fields" } }
                .body { dl .kv .wide {
                    @for (name, member) in &account.metadata { dt { (words(name)) } dd { (value(member)) } }
                } }
            }
        }
    }
}

/// Whether the fields can be edited in the view that is open: they have no values for single entities.
fn editable(page: &AccountPage) -> bool {
    page.may_edit && page.entity.is_none()
}

fn line(page: &AccountPage, field: &CustomFieldView) -> Markup {
    let held = page.account.custom.get(&field.name).filter(|held| !held.is_null());
    let editable = editable(page) && !field.retired;
    let id = format!("custom.{}", field.name);
    html! {
        @if held.is_some() || (editable && page.tab == AccountTab::Master) {
            dt { (field.label) }
            dd .editable[editable] data-field=(id) {
                @match held {
                    Some(held) => span { (shown(page, field, held)) },
                    None => span .muted { "not set" },
                }
                (waits(page, &id))
                @if editable { (pencil(page, &id, &field.label)) }
            }
        }
    }
}

fn shown(page: &AccountPage, field: &CustomFieldView, held: &Value) -> Markup {
    match (field.kind.as_str(), held) {
        ("date", Value::String(day)) => html! { (date(day)) },
        ("reference", Value::String(account)) => html! {
            a .ul href=(format!("/accounts/{account}")) { (page.names.get(account).unwrap_or(account)) }
        },
        ("money", held) => match serde_json::from_value::<MoneyView>(held.clone()) {
            Ok(amount) => html! { (money(&amount)) },
            Err(_) => html! { (value(held)) },
        },
        _ => html! { (value(held)) },
    }
}

/// What is said to whoever fills in a field of the organisation's own.
pub(crate) fn custom_help(field: &CustomFieldView) -> String {
    let form = match field.kind.as_str() {
        "reference" => Some(t("The id of an account, acc_…").to_owned()),
        "number" => range(field, ""),
        "text" => {
            range(field, t(" characters")).or_else(|| field.mask.as_ref().map(|mask| say!("Form {mask}")))
        }
        _ => None,
    };
    let help = field.help.as_deref().map(ended);
    help.into_iter().chain(form).collect::<Vec<_>>().join(" ")
}

fn range(field: &CustomFieldView, unit: &str) -> Option<String> {
    let figure = |text: &String| text.parse().map_or_else(|_| text.clone(), count);
    match (&field.min, &field.max) {
        (Some(min), Some(max)) => Some(say!("{min} to {max}{unit}", min = figure(min), max = figure(max))),
        (Some(min), None) => Some(say!("{min}{unit} or more", min = figure(min))),
        (None, Some(max)) => Some(say!("{max}{unit} or less", max = figure(max))),
        (None, None) => None,
    }
}
