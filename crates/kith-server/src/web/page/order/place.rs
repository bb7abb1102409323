//! A new order, as somebody of ours takes it down: who orders, what, where to.

use std::collections::HashMap;

use kith_api::view::{AccountView, OrderReasonView};
use kith_template::html;
use maud::Markup;

use super::super::super::part::icon::Icon;
use super::super::super::part::note::{Kind, note};
use super::super::super::shell::{Frame, Shell, framed};
use crate::web::words::{t, told};

/// Rows for lines.
pub const LINES: usize = 5;

/// The form as it was filled in, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct PlacePage {
    /// Who orders; nobody yet where the account is still to be named.
    pub account: Option<Box<AccountView>>,
    /// What was typed, by field.
    pub typed: HashMap<String, String>,
    /// The key that makes the form count once.
    pub key: String,
    /// Legal entities: code and name.
    pub entities: Vec<(String, String)>,
    /// Why it was not taken.
    pub faults: Vec<String>,
    /// Why it was rejected.
    pub reasons: Vec<OrderReasonView>,
}

impl PlacePage {
    fn typed(&self, name: &str) -> Option<&str> {
        self.typed.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }
}

/// The form.
#[must_use]
pub fn place(shell: &Shell, page: &PlacePage) -> Markup {
    let frame = Frame {
        above: &[(t("Orders"), "/orders?state=all")],
        here: t("New order"),
        kind: "order",
        account: None,
        wide: false,
    };
    let content = html! {
        .head { .stack .x {
            h1 { "New order" @if let Some(account) = &page.account { " of " (account.name) } }
            p .muted { "It is priced, checked and decided at once: accepted, held for a person, or rejected, with every reason." }
        } }
        @if !page.faults.is_empty() || !page.reasons.is_empty() {
            (note(Kind::Bad, &html! {
                p #order-fault .b { @if page.reasons.is_empty() { "The order cannot be taken like this." } @else { "The order was rejected." } }
                @for fault in &page.faults { p { (fault) } }
                @for reason in page.reasons.iter().filter(|reason| reason.severity == "reject") {
                    p { (told(&reason.text)) @if !reason.clears.is_empty() { " " (told(&reason.clears)) } }
                }
            }))
        }
        @match &page.account {
            None => (whose(page)),
            Some(account) => (form(shell, page, account)),
        }
    };
    framed(shell, &frame, &content)
}

/// Whose order it is, where that is not known yet.
fn whose(page: &PlacePage) -> Markup {
    html! {
        section .card aria-labelledby="whose" {
            header { h2 #whose { "Whose order is it?" } }
            form .body .stack .t method="get" action="/orders/new" {
                label .stack .x for="account" {
                    span .sm .b { "Account " span .muted .plain { "number, tax number or e-mail" } }
                    input #account .field name="account" required autocomplete="off" value=[page.typed("account")] placeholder="C-000123";
                }
                .row { button .btn .pri type="submit" { (Icon::Right.show()) "Go on" } }
            }
        }
    }
}

fn field(page: &PlacePage, name: &str, (label, hint): (&str, &str), kind: &str) -> Markup {
    html! {
        label .stack .x for=(name) {
            span .sm .b { (label) @if !hint.is_empty() { " " span .muted .plain { (hint) } } }
            input #(name) .field type=(kind) name=(name) value=[page.typed(name)] autocomplete="off";
        }
    }
}

fn choice(page: &PlacePage, name: &str, label: &str, choices: &[(String, String)]) -> Markup {
    html! {
        label .stack .x for=(name) {
            span .sm .b { (label) }
            select #(name) .field name=(name) {
                @for (code, title) in choices { option value=(code) selected[page.typed(name) == Some(code.as_str())] { (title) } }
            }
        }
    }
}

fn form(shell: &Shell, page: &PlacePage, account: &AccountView) -> Markup {
    let named = |code: &str, title: &str| (code.to_owned(), title.to_owned());
    let kinds = [named("goods", t("Goods")), named("service", t("Service"))];
    let people: Vec<(String, String)> = account
        .contacts
        .iter()
        .filter_map(|contact| {
            let (name, email) = (contact.name.clone()?, contact.emails.first()?.clone());
            Some((email.clone(), format!("{name}, {email}")))
        })
        .chain([named("", t("Somebody else"))])
        .collect();
    html! {
        form #place .stack method="post" action="/orders/new" {
            input type="hidden" name="csrf" value=(shell.csrf);
            input type="hidden" name="key" value=(page.key);
            input type="hidden" name="account" value=(account.id);
            section .card aria-labelledby="what" {
                header { h2 #what { "Order" } span .sm .muted .push .hide-s { (account.account_number) ", " (account.currency.as_deref().unwrap_or(t("the currency of the entity"))) } }
                .body { .asked {
                    (choice(page, "type", t("Kind"), &kinds))
                    (choice(page, "entity", t("Sold by"), &page.entities))
                    (choice(page, "ordered_by", t("Who orders"), &people))
                    (field(page, "customer_order_no", (t("Their number"), t("if they gave one")), "text"))
                    (field(page, "requested_delivery", (t("Wanted on"), ""), "date"))
                    (field(page, "total", (t("Amount"), t("where there are no lines")), "text"))
                } }
            }
            section .card aria-labelledby="lines" {
                header { h2 #lines { "Lines" } span .sm .muted .push .hide-s { "a price only where one was promised" } }
                .body .stack .t {
                    @for place in 1..=LINES {
                        @let name = |member: &str| format!("{member}_{place}");
                        fieldset .asked {
                            legend .vh { "Line " (place) }
                            (field(page, &name("item"), (t("Item"), ""), "text"))
                            (field(page, &name("qty"), (t("Quantity"), ""), "text"))
                            (field(page, &name("price"), (t("Price"), t("of one unit")), "text"))
                        }
                    }
                }
            }
            section .card aria-labelledby="ship" {
                header { h2 #ship { "Where to" } span .sm .muted .push .hide-s { "for goods" } }
                .body { .asked {
                    (field(page, "ship_name", (t("Name"), ""), "text"))
                    (field(page, "street", (t("Street"), ""), "text"))
                    (field(page, "postal_code", (t("Postal code"), ""), "text"))
                    (field(page, "city", (t("City"), ""), "text"))
                    (field(page, "country", (t("Country"), t("two letters")), "text"))
                } }
            }
            .row .wrap {
                button .btn .pri type="submit" { (Icon::Check.show()) "Place the order" }
                a .btn .ghost href=(format!("/accounts/{}", account.id)) { "Cancel" }
            }
        }
    }
}
