//! What a customer's person sees: their own account's contracts.

use kith_api::view::{ContractView, PortalView};
use kith_template::html;
use maud::Markup;

use super::contract::tone;
use crate::web::clock::date;
use crate::web::number::words;
use crate::web::part::icon::Icon;
use crate::web::part::note::empty;
use crate::web::shell::{bare, mark};
use crate::web::words::t;

/// The portal.
#[must_use]
pub fn portal(view: &PortalView, reader: &str, csrf: &str) -> Markup {
    let content = html! {
        .card .paper {
            .head {
                .brand { (mark()) (view.name) }
                span .push .row {
                    span .sm .muted { (reader) }
                    form method="post" action="/sign-out" {
                        input type="hidden" name="csrf" value=(csrf);
                        button .btn .sm type="submit" { (Icon::Leave.small()) "Sign out" }
                    }
                }
            }
            h1 #portal { "Contracts" }
            p .muted { "Account " (view.account_number) }
            @if view.contracts.is_empty() {
                (empty(Icon::Document, t("No contracts"), &html! { "Contracts that were sent to you appear here." }))
            } @else {
                ul .list { @for contract in &view.contracts { (line(contract)) } }
            }
        }
    };
    bare("alone", t("Portal"), &content)
}

fn line(contract: &ContractView) -> Markup {
    html! {
        li {
            span .grow .stack .x {
                a .ul .b href=(format!("/portal/contracts/{}/pdf", contract.id)) download { (contract.number) " " (contract.title) }
                span .sm .muted {
                    @if let Some(first) = &contract.starts_on { "from " (date(first)) }
                    @if let Some(last) = &contract.ends_on { " to " (date(last)) }
                }
            }
            span class=(format!("pill {}", tone(&contract.state))) { (words(&contract.state)) }
        }
    }
}
