//! The control of one field of a form: typed or chosen, with its help and what is wrong with it.

use kith_template::html;
use maud::Markup;

use super::field::{EditField, Typing, money_parts};
use super::{EditPage, waits};
use crate::web::number::amount;
use crate::web::shell::Shell;
use crate::web::words::t;

/// What a control is drawn from.
struct Control<'a> {
    page: &'a EditPage,
    field: &'a EditField,
    id: String,
    class: &'static str,
    invalid: Option<&'static str>,
    described: Option<String>,
    typed: &'a str,
    focused: bool,
}

impl<'a> Control<'a> {
    fn of(page: &'a EditPage, field: &'a EditField, inline: bool) -> Self {
        let id = format!("edit-{}", field.id.replace('.', "-"));
        let fault = page.faults.contains_key(&*field.id);
        let waits = page.waiting.iter().any(|found| found.field == field.id);
        let described: Vec<String> = [("fault", fault), ("help", !field.help.is_empty()), ("waits", waits)]
            .into_iter()
            .filter(|(_, there)| *there)
            .map(|(part, _)| format!("{id}-{part}"))
            .collect();
        let at_fault = page.fields.iter().find(|field| page.faults.contains_key(&*field.id));
        let first = at_fault.or(page.fields.first());
        Self {
            page,
            field,
            class: if fault { "field err" } else { "field" },
            invalid: fault.then_some("true"),
            described: Some(described.join(" ")).filter(|described| !described.is_empty()),
            typed: page.typed.get(&*field.id).map_or("", String::as_str),
            focused: !inline && first == Some(field),
            id,
        }
    }

    fn choices(&self) -> &'a [(String, String)] {
        self.page.choices.get(&*self.field.id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// A field with its label, its control, and what is said of it.
pub(super) fn input(shell: &Shell, page: &EditPage, field: &EditField, inline: bool) -> Markup {
    let control = Control::of(page, field, inline);
    let id = &control.id;
    html! {
        .stack .x {
            @if field.typing == Typing::Flag {
                label .row { input #(id) type="checkbox" name=(field.id) value="true" checked[control.typed == "true"] autofocus[control.focused]; (field.label()) }
            } @else {
                label .sm .b .vh[inline] for=(id) { (field.label()) @if field.required { span .muted .plain { " required" } } }
                (typed(&control))
            }
            @if let Some(fault) = page.faults.get(&*field.id) { p #(format!("{id}-fault")) .sm .bad role="alert" { (fault) } }
            @if !field.help.is_empty() { p #(format!("{id}-help")) .xs .muted { (field.help) } }
            @if field.typing == Typing::List && control.invalid.is_none() && !inline { span .xs .muted { "Several are separated by commas." } }
            @for found in page.waiting.iter().filter(|found| found.field == field.id) { (waits(shell, found, &format!("{id}-waits"))) }
        }
    }
}

fn typed(control: &Control<'_>) -> Markup {
    match control.field.typing {
        Typing::Choice => select(control),
        Typing::Code if !control.choices().is_empty() => select(control),
        Typing::Money => money(control),
        Typing::Lines => html! {
            textarea #(control.id) class=(control.class) name=(control.field.id) rows="3" autofocus[control.focused]
                aria-invalid=[control.invalid] aria-describedby=[control.described.as_deref()] { (control.typed) }
        },
        _ => line(control),
    }
}

fn line(control: &Control<'_>) -> Markup {
    let proposed = control.field.typing == Typing::Known && !control.choices().is_empty();
    let list = format!("{}-list", control.id);
    let kind = match control.field.typing {
        Typing::Email => "email",
        Typing::Phone => "tel",
        Typing::Day => "date",
        _ => "text",
    };
    let counts = matches!(control.field.typing, Typing::Whole | Typing::Number);
    let mode = counts.then_some("decimal");
    let shown = if counts { amount(control.typed) } else { control.typed.to_owned() };
    html! {
        input #(control.id) class=(control.class) type=(kind) name=(control.field.id) value=(shown) inputmode=[mode]
            list=[proposed.then_some(&list)] autofocus[control.focused]
            aria-invalid=[control.invalid] aria-describedby=[control.described.as_deref()] autocomplete="off";
        @if proposed { datalist #(list) data-names=[names(&control.field.id)] { @for (value, title) in control.choices() { option value=(value) { (title) } } } }
    }
}

/// The currency is chosen beside the amount; a code that is typed with the amount comes before it.
fn money(control: &Control<'_>) -> Markup {
    let (code, figure) = money_parts(control.typed);
    let account = &control.page.account;
    let code = code.or_else(|| account.currency.clone()).unwrap_or_default();
    let known = control.choices().iter().any(|(value, _)| *value == code);
    let label = control.field.label();
    html! {
        span .row .money {
            input #(control.id) class=(control.class) type="text" name=(control.field.id) value=(amount(&figure)) inputmode="decimal"
                autofocus[control.focused] aria-invalid=[control.invalid] aria-describedby=[control.described.as_deref()] autocomplete="off";
            select .field name=(format!("{}.currency", control.field.id)) aria-label=(kith_template::say!("Currency of {label}")) {
                @if !known && !code.is_empty() { option value=(code) selected { (code) } }
                @for (value, title) in control.choices() { option value=(value) selected[*value == code] { (title) } }
            }
        }
    }
}

fn select(control: &Control<'_>) -> Markup {
    let (choices, typed) = (control.choices(), control.typed);
    let known = typed.is_empty() || choices.iter().any(|(value, _)| value == typed);
    html! {
        select #(control.id) class=(control.class) name=(control.field.id) data-names=[names(&control.field.id)] autofocus[control.focused]
            aria-invalid=[control.invalid] aria-describedby=[control.described.as_deref()] {
            @if !control.field.required || typed.is_empty() { option value="" selected[typed.is_empty()] { (t("not set")) } }
            @if !known { option value=(typed) selected { (typed) } }
            @for (value, title) in choices { option value=(value) selected[value == typed] { (title) } }
        }
    }
}

/// Codes to which the browser knows names in the reader's language.
fn names(field: &str) -> Option<&'static str> {
    match field {
        "country" => Some("region"),
        "language" => Some("language"),
        "currency" => Some("currency"),
        _ => None,
    }
}
