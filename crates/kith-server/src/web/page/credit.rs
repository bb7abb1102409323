//! The credit desk: who is over a limit or close to it, what is held, what was decided against lately.

use kith_api::view::{
    CreditAccuracyView, CreditDeskView, CreditRow, CreditSourcesView, EntityView, PaymentBehaviourView,
    ReconciliationFiled,
};
use kith_template::{html, say};
use maud::Markup;

use crate::web::link::Link;
use crate::web::number::{count, words};
use crate::web::part::icon::Icon;
use crate::web::part::note::empty;
use crate::web::part::{behaviour, decision, exposure};
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::t;

mod accuracy;
mod source;

/// The credit desk.
#[derive(Debug, Clone, Default)]
pub struct CreditPage {
    /// What it shows.
    pub desk: CreditDeskView,
    /// Legal entities that the reader may choose from.
    pub entities: Vec<EntityView>,
    /// `entity`: the one that it is narrowed to.
    pub entity: Option<String>,
    /// Who feeds exposure.
    pub sources: Vec<CreditSourcesView>,
    /// The latest extracts that were compared.
    pub filed: Vec<ReconciliationFiled>,
    /// How right limits and decisions were, where it was computed.
    pub accuracy: Option<CreditAccuracyView>,
    /// How all customers pay, where it was added up.
    pub behaviour: Option<PaymentBehaviourView>,
    /// Whether the reader may register who feeds exposure.
    pub may_register: bool,
    /// Why what was sent did not go.
    pub fault: Option<String>,
}

/// The credit desk.
#[must_use]
pub fn credit(shell: &Shell, page: &CreditPage) -> Markup {
    let frame = Frame { above: &[], here: t("Credit"), kind: "credit", account: None, wide: false };
    let desk = &page.desk;
    let content = html! {
        .head {
            .stack .x { h1 { "Credit" } p .muted { "Where customers stand, at the end of the log. " a .ul href="/orders?state=held" { "Held orders" } " · " a .ul href="/credit/scorecards" { "Scorecards" } } }
            @if page.entities.len() > 1 { nav .seg .push aria-label="Legal entity" {
                a href="/credit" aria-current=[page.entity.is_none().then_some("true")] { "All" }
                @for entity in &page.entities {
                    a href=(Link::to("/credit").with("entity", &entity.code).done())
                        aria-current=[(page.entity.as_deref() == Some(entity.code.as_str())).then_some("true")] { (entity.code) }
                }
            } }
        }
        section .card aria-label="In short" {
            .tiles {
                (tile(t("Over the limit"), desk.over, "bad"))
                (tile(t("Close to it, from 90 %"), desk.close, "warn"))
                (tile(t("On hold"), desk.held, "warn"))
                (tile(t("Reservations pending"), desk.pending, ""))
            }
        }
        .cols {
            section .card aria-labelledby="limits" {
                header { h2 #limits { "Limits" } span .sm .muted .push { "the most used first" } }
                @if desk.rows.is_empty() {
                    (empty(Icon::Money, t("No limits yet"), &html! { "Accounts with a credit limit or open invoices appear here." }))
                } @else { (table(&desk.rows)) }
            }
            section .card aria-labelledby="against" {
                header { h2 #against { "Held and rejected" } span .sm .muted .push { "latest requests that did not go" } }
                @if desk.against.is_empty() {
                    (empty(Icon::Passed, t("Nothing was turned down"), &html! { "Requests for credit that are held or rejected appear here with their reasons." }))
                } @else {
                    ul .list { @for view in &desk.against { (decision::line(&shell.clock, view, true)) } }
                }
            }
        }
    };
    let content = html! {
        (content)
        @if let Some(view) = &page.behaviour { (behaviour::card(view)) }
        @if let Some(view) = &page.accuracy { (accuracy::card(view)) }
        (source::card(shell, page))
    };
    framed(shell, &frame, &content)
}

fn tile(title: &str, number: u64, tone: &str) -> Markup {
    html! {
        .kpi {
            span .sm .muted { (title) }
            b class=(format!("big {}", if number > 0 { tone } else { "" })) { (count(number)) }
        }
    }
}

fn table(rows: &[CreditRow]) -> Markup {
    html! {
        .scroll {
            table .tbl .tight .folds {
                thead { tr {
                    th { "Account" }
                    th .n { "Limit" }
                    th .n { "Exposure" }
                    th .n { "Available" }
                    th .n { "Used" }
                } }
                tbody { @for row in rows { (line(row)) } }
            }
        }
    }
}

fn line(row: &CreditRow) -> Markup {
    let standing = &row.standing;
    html! {
        tr {
            td {
                span .stack .x {
                    span .row .gap1 .wrap {
                        a .ul .b href=(format!("/accounts/{}?tab=credit&entity={}", row.account, standing.entity)) { (row.name) }
                        span .sm .muted { (standing.entity) }
                        @for hold in &standing.holds { span .pill .bad { (say!("{kind} hold", kind = words(hold))) } }
                        @if standing.watch { span .pill .warn { "Watch" } }
                    }
                    (exposure::bar(standing))
                }
            }
            td .n .num data-label=(t("Limit")) { @match &standing.limit { Some(limit) => (exposure::amount(Some(limit))), None => span .muted { "none" } } }
            td .n .num data-label=(t("Exposure")) { (exposure::amount(standing.exposure.as_ref())) }
            td .n .num data-label=(t("Available")) { (exposure::amount(standing.available.as_ref())) }
            td .n .num data-label=(t("Used")) { span class=(format!("pill {}", exposure::tone(standing))) { (exposure::used(standing)) } }
        }
    }
}
