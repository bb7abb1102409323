//! The data model: fields that the organisation adds to accounts, while Kith runs.

use kith_api::view::CustomFieldView;
use kith_template::{html, say};
use maud::Markup;

use super::{heading, within};
use crate::web::number::words;
use crate::web::part::field::{Line, Said, Typed, codes};
use crate::web::part::icon::Icon;
use crate::web::part::note::empty;
use crate::web::shell::Shell;
use crate::web::words::t;

/// The kinds of values that a custom field can have.
const KINDS: [&str; 7] = ["text", "number", "date", "bool", "enum", "money", "reference"];

/// What the page shows, and what was typed.
#[derive(Debug, Clone, Default)]
pub struct FieldsPage {
    /// The fields, in their order.
    pub fields: Vec<CustomFieldView>,
    /// Codes of the legal entities.
    pub entities: Vec<String>,
    /// The reader may change them.
    pub may_change: bool,
    /// A form that was not taken.
    pub typed: Option<Typed>,
}

/// The page.
#[must_use]
pub fn fields(shell: &Shell, page: &FieldsPage) -> Markup {
    let content = html! {
        (heading(t("Custom fields"), t("Fields of your own on accounts. From the moment that one is saved it is in the account's form and page, in lists, filters and files, in imports and in the API.")))
        section .card aria-labelledby="fields" {
            header { h2 #fields { "Fields of accounts" } span .sm .muted .push { (page.fields.len()) " of 64" } }
            @if page.fields.is_empty() {
                (empty(Icon::Columns, t("No custom fields yet"), &html! { "Add what your company knows of a customer and Kith does not ask for." }))
            } @else {
                ol .list #custom-fields {
                    @for (place, field) in page.fields.iter().enumerate() { (line(shell, page, place, field)) }
                }
            }
        }
        @if page.may_change { (add(shell, page)) }
    };
    within(shell, t("Custom fields"), &content)
}

/// What a kind of values is called.
fn kind_of(kind: &str) -> String {
    match kind {
        "bool" => t("Yes or no").to_owned(),
        "enum" => t("Choice").to_owned(),
        "reference" => t("Another account").to_owned(),
        other => words(other),
    }
}

/// What values are like, in words.
fn limits(field: &CustomFieldView) -> Option<String> {
    let unit = if field.kind == "text" { t(" characters") } else { "" };
    let range = match (&field.min, &field.max) {
        (Some(min), Some(max)) => Some(say!("{min} to {max}{unit}")),
        (Some(min), None) => Some(say!("{min}{unit} or more")),
        (None, Some(max)) => Some(say!("{max}{unit} or less")),
        (None, None) => None,
    };
    let mask = field.mask.as_ref().map(|mask| say!("form {mask}"));
    let all: Vec<String> = range.into_iter().chain(mask).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

fn line(shell: &Shell, page: &FieldsPage, place: usize, field: &CustomFieldView) -> Markup {
    let form = format!("field:{}", field.name);
    let said = Said::of(&form, page.typed.as_ref());
    html! {
        li .wraps data-field=(field.name) {
            span .grow .stack .x {
                span .row .wrap .gap1 {
                    b { (field.label) }
                    @if field.required { span .pill { "Required" } }
                    @if field.personal { span .pill { "Personal" } }
                    @if let Some(entity) = &field.entity { span .pill .acc { (entity) " only" } }
                    @if field.retired { span .pill { "Retired" } }
                }
                span .sm .muted .broken {
                    span .mono { (field.name) } ", " (kind_of(&field.kind))
                    @if !field.options.is_empty() { ": " (field.options.join(", ")) }
                    @if let Some(limits) = limits(field) { ", " (limits) }
                }
                @if let Some(help) = &field.help { span .sm { (help) } }
            }
            @if page.may_change {
                @if place > 0 { (act(shell, field, "up", t("Move up"))) }
                (act(shell, field, if field.retired { "use" } else { "retire" }, if field.retired { t("Use again") } else { t("Retire") }))
                details .whole open[said.is_refused()] {
                    summary .btn .sm { "Edit" span .vh { " " (field.label) } }
                    form .stack .row-form method="post" action=(format!("/settings/fields/{}", field.name)) {
                        (said.head(&shell.csrf))
                        (asked(said, page, field))
                        .row { button .btn .pri .sm type="submit" { "Save" } }
                    }
                }
            }
        }
    }
}

fn act(shell: &Shell, field: &CustomFieldView, act: &str, title: &str) -> Markup {
    html! {
        form method="post" action=(format!("/settings/fields/{}/{act}", field.name)) {
            (Said::of(act, None).head(&shell.csrf))
            button .btn .sm type="submit" { (title) span .vh { " " (field.label) } }
        }
    }
}

/// What can be said of a field at any time.
fn asked(said: Said<'_>, page: &FieldsPage, field: &CustomFieldView) -> Markup {
    let entities: Vec<_> = std::iter::once((String::new(), t("Every legal entity").to_owned()))
        .chain(codes(page.entities.iter().map(String::as_str)))
        .collect();
    let text = |held: &Option<String>| held.clone().unwrap_or_default();
    let new = field.name.is_empty();
    html! {
        .asked {
            (said.line(&Line::must("label", t("Label")), &field.label))
            (said.line(&Line::may("help", t("Help")).help(t("A sentence for whoever fills it in")), &text(&field.help)))
            (said.choice("entity", t("On accounts of"), &entities, &text(&field.entity)))
            @if new || field.kind == "enum" {
                (said.line(&Line { most: 4_000, ..Line::may("options", t("Choices")).help(t("Of a choice, separated by commas; only ever added")) }, &field.options.join(", ")))
            }
            @if new || matches!(field.kind.as_str(), "text" | "number" | "date") {
                (said.line(&Line { most: 40, ..Line::may("min", t("Least")).help(t("A number, a day, or characters of a text")) }, &text(&field.min)))
                (said.line(&Line { most: 40, ..Line::may("max", t("Greatest")) }, &text(&field.max)))
            }
            @if new || field.kind == "text" {
                (said.line(&Line { most: 60, ..Line::may("mask", t("Mask")).help(t("Of a text: A a letter, 9 a digit, * either, anything else itself")) }, &text(&field.mask)))
            }
        }
        (said.tick("required", t("Required: every new account has a value"), field.required))
    }
}

fn add(shell: &Shell, page: &FieldsPage) -> Markup {
    let said = Said::of("new-field", page.typed.as_ref());
    let kinds: Vec<_> = KINDS.iter().map(|kind| ((*kind).to_owned(), kind_of(kind))).collect();
    html! {
        section .card aria-labelledby="add-field" {
            header { h2 #add-field { "Add a field" } }
            form #new-field .body .stack method="post" action="/settings/fields" {
                (said.head(&shell.csrf))
                .asked {
                    (said.line(&Line { most: 40, ..Line::must("name", t("Name")).help(t("Small letters, digits and _, like dock_count. It never changes.")) }, ""))
                    (said.choice("type", t("Type"), &kinds, "text"))
                }
                (asked(said, page, &CustomFieldView::default()))
                (said.tick("personal", t("Personal data: sealed, in no list and no filter"), false))
                .row { button .btn .pri type="submit" { (Icon::Plus.show()) "Add field" } }
            }
        }
    }
}
