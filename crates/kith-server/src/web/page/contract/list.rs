//! The list of contracts.

use kith_api::view::ContractView;
use kith_template::{html, plural, say};
use maud::Markup;

use super::tone;
use crate::web::clock::date;
use crate::web::link::Link;
use crate::web::number::words;
use crate::web::part::icon::Icon;
use crate::web::part::note::empty;
use crate::web::part::pager::pager;
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::{t, word};

/// The list of contracts.
#[derive(Debug, Clone, Default)]
pub struct ContractsPage {
    /// Newest first.
    pub items: Vec<ContractView>,
    /// `state` of the address; empty for all.
    pub state: String,
    /// Cursor of the next page.
    pub next: Option<String>,
}

/// The states that the list can be narrowed to.
const STATES: [(&str, &str); 7] = [
    ("", word("All")),
    ("draft", word("Drafts")),
    ("sent", word("Sent")),
    ("active", word("Active")),
    ("expiring", word("Expiring")),
    ("terminated", word("Terminated")),
    ("discarded", word("Discarded")),
];

/// The list.
#[must_use]
pub fn contracts(shell: &Shell, page: &ContractsPage) -> Markup {
    let frame = Frame { above: &[], here: t("Contracts"), kind: "contracts", account: None, wide: false };
    let to = |state: &str| Link::to("/contracts").with("state", state);
    let next = page.next.as_deref().map(|cursor| to(&page.state).with("cursor", cursor).done());
    let content = html! {
        .head {
            .stack .x {
                h1 { "Contracts" }
                p .muted { "What is agreed with customers, who signed it, and until when. Draft one on the account's page." }
            }
            nav .seg .push aria-label="Show" {
                @for (state, title) in STATES {
                    a href=(to(state).done()) aria-current=[(page.state == state).then_some("true")] { (t(title)) }
                }
            }
        }
        .card {
            @if page.items.is_empty() {
                (empty(Icon::Document, t("No contracts"), &html! { "Contracts are drafted on the page of an account." }))
            } @else {
                (rows(shell, &page.items, true))
            }
        }
        (pager(next.as_deref(), None, t("More")))
    };
    framed(shell, &frame, &content)
}

/// Contracts, one a line; with the account where that is not plain.
pub(crate) fn rows(shell: &Shell, items: &[ContractView], with_account: bool) -> Markup {
    html! {
        ul .list .waits { @for item in items {
            li #(item.id) {
                span .muted { (Icon::Document.show()) }
                span .grow .stack .x {
                    a .ul .b .trunc href=(format!("/contracts/{}", item.id)) { (item.number) " " (item.title) }
                    span .sm .muted {
                        @if with_account { (item.account_name) " · " }
                        (words(&item.kind))
                        @if item.revision > 1 { ", version " (item.revision) }
                        @if let Some(first) = &item.starts_on { ", from " (date(first)) }
                        @match &item.ends_on {
                            Some(last) => { " to " (date(last)) }
                            None => ", without end",
                        }
                    }
                }
                @if let Some(deadline) = item.deadline.as_ref().filter(|_| matches!(item.state.as_str(), "active" | "expiring")) {
                    span .row .gap1 .sm .muted .nowrap title="Last day of notice" { (Icon::Clock.small()) (deadline_in(shell, deadline)) }
                }
                span class=(format!("pill {}", tone(&item.state))) { (words(&item.state)) }
            }
        } }
    }
}

/// `notice until 1 Oct 2027`, with the days that are left where they are few.
fn deadline_in(shell: &Shell, deadline: &str) -> String {
    match shell.clock.days_until(deadline) {
        Some(left) if (0..=120).contains(&left) => {
            plural!(left, "{n} day to give notice", "{n} days to give notice")
        }
        _ => say!("notice until {deadline}", deadline = date(deadline)),
    }
}
