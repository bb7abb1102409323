//! Exchange rates: what is on record, and one more.

use kith_api::view::RateView;
use kith_template::{html, say};
use maud::Markup;

use super::{heading, within};
use crate::web::clock::date;
use crate::web::number::amount;
use crate::web::part::field::{Line, Said, Typed};
use crate::web::part::icon::Icon;
use crate::web::part::note::empty;
use crate::web::part::pager::pager;
use crate::web::shell::Shell;
use crate::web::words::t;

/// What the page shows, and what was typed.
#[derive(Debug, Clone, Default)]
pub struct RatesPage {
    /// A page of rates, newest day first.
    pub rates: Vec<RateView>,
    /// The address of the next page.
    pub next: Option<String>,
    /// The day of today in the organisation's zone.
    pub today: String,
    /// The currency in which the organisation compares.
    pub currency: String,
    /// The reader may load rates.
    pub may_change: bool,
    /// A form that was not taken.
    pub typed: Option<Typed>,
}

/// The page.
#[must_use]
pub fn rates(shell: &Shell, page: &RatesPage) -> Markup {
    let content = html! {
        (heading(t("Exchange rates"), t("A rate counts for its day and the seven after it. Where there is none, a value in another currency is unknown, never zero.")))
        @if page.may_change { (add(shell, page)) }
        section .card aria-labelledby="rates" {
            header { h2 #rates { "Rates" } }
            @if page.rates.is_empty() {
                (empty(Icon::Money, t("No rates yet"), &html! { "Add one here, or load a file: " code { "kith fx load rates.csv" } }))
            } @else {
                .scroll tabindex="0" role="region" aria-label="Table of rates" {
                    table .tbl {
                        thead { tr { th scope="col" { "Day" } th scope="col" { "One" } th scope="col" .n { "Costs" } th scope="col" { "Of" } th scope="col" { "Source" } } }
                        tbody { @for rate in &page.rates { tr {
                            td .nowrap { (date(&rate.day)) } td { (rate.base) } td .n { (rate.rate) } td { (rate.quote) } td .muted { (rate.source) }
                        } } }
                    }
                }
            }
        }
        (pager(page.next.as_deref(), None, t("Earlier")))
    };
    within(shell, t("Exchange rates"), &content)
}

fn add(shell: &Shell, page: &RatesPage) -> Markup {
    let said = Said::of("rate", page.typed.as_ref());
    html! {
        section .card aria-labelledby="add-rate" {
            header { h2 #add-rate { "Add a rate" } }
            form #rate .body .asked method="post" action="/settings/rates" {
                (said.head(&shell.csrf))
                (said.line(&Line { most: 3, ..Line::must("base", t("One unit of")) }, ""))
                (said.line(&Line { most: 40, ..Line::must("rate", t("Costs")).help(&say!("A number such as {example}", example = amount("0.9213"))) }, ""))
                (said.line(&Line { most: 3, ..Line::must("quote", t("Of")) }, &page.currency))
                (said.line(&Line::must("day", t("Day")).kind("date"), &page.today))
                (said.line(&Line::must("source", t("Source")).help(t("Who says so")), ""))
                button .btn .pri type="submit" { "Add" }
            }
        }
    }
}
