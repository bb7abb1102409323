//! Delegations: who decides for whom, until when, for what.

use kith_api::view::DelegationView;
use kith_template::html;
use maud::Markup;

use super::{heading, within};
use crate::web::number::words;
use crate::web::part::field::{Line, Said, Typed};
use crate::web::part::icon::Icon;
use crate::web::part::note::empty;
use crate::web::shell::Shell;
use crate::web::words::t;

/// What the page shows, and what was typed.
#[derive(Debug, Clone, Default)]
pub struct DelegationsPage {
    /// The delegations that the reader sees.
    pub delegations: Vec<DelegationView>,
    /// The operations that somebody can decide on.
    pub operations: Vec<String>,
    /// The reader approves, and so may delegate.
    pub may_delegate: bool,
    /// A form that was not taken.
    pub typed: Option<Typed>,
}

/// The page.
#[must_use]
pub fn delegations(shell: &Shell, page: &DelegationsPage) -> Markup {
    let content = html! {
        (heading(t("Delegations"), t("Somebody who approves themselves decides for you while you are away: for 30 days at most, and never on what they submitted.")))
        section .card aria-labelledby="delegations" {
            header { h2 #delegations { "Delegations" } }
            @if page.delegations.is_empty() {
                (empty(Icon::Passed, t("Nobody decides for anybody"), &html! { "A delegation lasts 30 days at most." }))
            } @else { ul .list { @for one in &page.delegations { (line(shell, one)) } } }
        }
        @if page.may_delegate { (make(shell, page)) }
    };
    within(shell, t("Delegations"), &content)
}

fn line(shell: &Shell, one: &DelegationView) -> Markup {
    html! {
        li {
            span .pill { (words(&one.state)) }
            span .grow .stack .x {
                b { (one.to_name.as_deref().unwrap_or(t("Somebody"))) " for " (one.from_name.as_deref().unwrap_or(t("somebody"))) }
                span .sm .muted {
                    (shell.clock.exact(&one.starts)) " to " (shell.clock.exact(&one.ends))
                    @if !one.operations.is_empty() { " · " (one.operations.iter().map(|operation| words(operation)).collect::<Vec<_>>().join(", ")) }
                    @if let Some(cap) = &one.amount_cap { " · up to " (cap.amount) " " (cap.currency) }
                }
            }
            @if matches!(one.state.as_str(), "active" | "planned") {
                form method="post" action=(format!("/delegations/{}/end", one.id)) {
                    (Said::of("end", None).head(&shell.csrf))
                    button .btn .sm type="submit" { "End" span .vh { " that of " (one.to_name.as_deref().unwrap_or(t("somebody"))) } }
                }
            }
        }
    }
}

fn make(shell: &Shell, page: &DelegationsPage) -> Markup {
    let said = Said::of("delegate", page.typed.as_ref());
    html! {
        section .card aria-labelledby="make" {
            header { h2 #make { "Delegate" } }
            form #delegate .body .stack method="post" action="/delegations" {
                (said.head(&shell.csrf))
                .asked {
                    (said.line(&Line::must("to", t("Address of who decides for you")).kind("email"), ""))
                    (said.line(&Line::may("starts", t("From")).kind("date").help(t("Empty: from now on")), ""))
                    (said.line(&Line::must("ends", t("Until the end of")).kind("date"), ""))
                    (said.line(&Line { most: 40, ..Line::may("amount_cap", t("Up to an amount of")).help(t("Such as 50000 EUR; empty: any")) }, ""))
                }
                details {
                    summary .sm { "Only for some operations" }
                    .asked .row-form { @for operation in &page.operations { (said.tick(&format!("operation.{operation}"), &words(operation), false)) } }
                }
                .row { button .btn .pri type="submit" { "Delegate" } }
            }
        }
    }
}
