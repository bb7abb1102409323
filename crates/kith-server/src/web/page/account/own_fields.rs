//! The fields of the organisation's own, as a form for one account.

use kith_api::view::{AccountView, CustomFieldView};
use kith_domain::refusal::ended;
use kith_template::{html, say};
use maud::Markup;
use serde_json::Value;

use crate::web::number::count;
use crate::web::part::field::{Line, Said, Typed};
use crate::web::part::icon::Icon;
use crate::web::part::note::empty;
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::t;

/// What the page shows, and what was typed.
#[derive(Debug, Clone, Default)]
pub struct OwnFieldsPage {
    /// The account.
    pub account: AccountView,
    /// The fields that it can have, in their order.
    pub fields: Vec<CustomFieldView>,
    /// A form that was not taken.
    pub typed: Option<Typed>,
}

/// The page.
#[must_use]
pub fn own_fields(shell: &Shell, page: &OwnFieldsPage) -> Markup {
    let account = &page.account;
    let place = format!("/accounts/{}", account.id);
    let above = [(t("Accounts"), "/accounts"), (account.name.as_str(), place.as_str())];
    let frame =
        Frame { above: &above, here: t("Custom fields"), kind: "own-fields", account: None, wide: false };
    let said = Said::of("own-fields", page.typed.as_ref());
    let content = html! {
        .head { .stack .x { h1 { "Custom fields of " (account.name) } p .muted { "What is changed here goes the way of every edit: it may wait for approval." } } }
        section .card aria-label="Custom fields" {
            @if page.fields.is_empty() {
                (empty(Icon::Columns, t("No custom fields"), &html! { "They are made in the " a .ul href="/settings/fields" { "settings" } "." }))
            } @else {
                form #own-fields .body .stack method="post" action=(format!("{place}/custom-fields")) {
                    (said.head(&shell.csrf))
                    input type="hidden" name="version" value=(account.version);
                    .asked { @for field in &page.fields { (control(said, field, account.custom.get(&field.name))) } }
                    .row .wrap {
                        button .btn .pri type="submit" { "Save" }
                        a .btn href=(format!("{place}?tab=master")) { "Back" }
                    }
                }
            }
        }
    };
    framed(shell, &frame, &content)
}

/// A value as it is typed.
fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Object(money)) => {
            let member = |name: &str| money.get(name).and_then(Value::as_str).unwrap_or_default();
            format!("{} {}", member("amount"), member("currency"))
        }
        Some(other) => other.to_string(),
    }
}

fn control(said: Said<'_>, field: &CustomFieldView, held: Option<&Value>) -> Markup {
    let held = text(held);
    let option = |code: &str, title: &str| (code.to_owned(), title.to_owned());
    match field.kind.as_str() {
        "bool" => {
            let options = [option("", t("Not said")), option("true", t("Yes")), option("false", t("No"))];
            said.choice(&field.name, &label(field), &options, &held)
        }
        "enum" => {
            let options = field.options.iter().map(|one| option(one, one));
            let options: Vec<_> = std::iter::once(option("", t("None"))).chain(options).collect();
            said.choice(&field.name, &label(field), &options, &held)
        }
        kind => {
            let help = help(field);
            let line = Line { required: field.required, most: 1_000, ..Line::may(&field.name, &field.label) };
            let line = line.kind(if kind == "date" { "date" } else { "text" });
            said.line(&line.help(&help), &held)
        }
    }
}

/// A choice has no place for help of its own: it stands in the label.
fn label(field: &CustomFieldView) -> String {
    match &field.help {
        Some(help) => format!("{}: {help}", field.label),
        None => field.label.clone(),
    }
}

fn help(field: &CustomFieldView) -> String {
    let form = match field.kind.as_str() {
        "money" => Some(t("An amount and its currency, such as 100.00 EUR").to_owned()),
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
