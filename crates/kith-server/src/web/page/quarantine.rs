//! The desk of touchpoints that wait for a person or for their account: by cause, then one by one.

mod item;

use std::collections::HashMap;

use kith_api::view::{QuarantineCause, QuarantineDesk, QuarantineView, UserView};
use kith_template::{html, plural, say};
use maud::Markup;

use crate::web::link::Link;
use crate::web::number::{count, money_short, words};
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, empty, note};
use crate::web::part::pager::pager;
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::{t, told, word};

/// What was typed into a form that was not taken.
#[derive(Debug, Clone, Default)]
pub struct QuarantineTyped {
    /// The item that was to be repaired.
    pub item: String,
    /// The event as it was typed.
    pub event: String,
    /// The reason.
    pub reason: String,
    /// Whose it was said to be.
    pub subject: String,
    /// The items that were chosen.
    pub chosen: Vec<String>,
    /// What is wrong with it, by field.
    pub faults: HashMap<String, String>,
}

/// The desk.
#[derive(Debug, Clone, Default)]
pub struct QuarantinePage {
    /// What waits by its causes; empty for what was decided.
    pub desk: QuarantineDesk,
    /// The place of the cause that is open.
    pub open: Option<usize>,
    /// Items of the open cause, or what was decided.
    pub items: Vec<QuarantineView>,
    /// `state` of the address: `waiting`, `replayed`, `accepted`, `discarded`.
    pub state: String,
    /// Cursor of the next page of what was decided.
    pub next: Option<String>,
    /// Whom items can be given to.
    pub people: Vec<UserView>,
    /// What was typed into a form that was not taken.
    pub typed: QuarantineTyped,
    /// What came of the last decision.
    pub told: Option<String>,
    /// Why the last decision was not taken.
    pub fault: Option<String>,
}

/// The states that the list can be narrowed to: value of `state` and title.
const STATES: [(&str, &str); 4] = [
    ("waiting", word("Waiting")),
    ("replayed", word("Replayed")),
    ("accepted", word("Accepted")),
    ("discarded", word("Discarded")),
];

/// The address of a cause.
pub(crate) fn cause_link(cause: &QuarantineCause) -> Link {
    Link::to("/quarantine")
        .always("code", &cause.code)
        .with("source", &cause.source)
        .with("type", &cause.kind)
        .with("at", &cause.pointer)
}

/// The page.
#[must_use]
pub fn quarantine(shell: &Shell, page: &QuarantinePage) -> Markup {
    let frame = Frame { above: &[], here: t("Quarantine"), kind: "quarantine", account: None, wide: false };
    let to = |state: &str| Link::to("/quarantine").with("state", state);
    let next = page.next.as_deref().map(|cursor| to(&page.state).with("cursor", cursor).done());
    let waiting = page.state == "waiting";
    let content = html! {
        .head {
            .stack .x {
                h1 { "Quarantine" }
                p .muted { "Touchpoints whose account or form is not known. They count as soon as they are replayed." }
            }
            nav .seg .push aria-label="Show" {
                @for (state, title) in STATES {
                    a href=(to(state).done()) aria-current=[(page.state == state).then_some("true")] { (t(title)) }
                }
            }
        }
        @if let Some(told) = &page.told { (note(Kind::Info, &html! { p role="status" { (told) } })) }
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        @if waiting { (causes(shell, page)) }
        @if waiting && page.open.is_some() { (item::bulk(shell, page)) }
        @if !waiting {
            .card {
                @if page.items.is_empty() {
                    (empty(Icon::Passed, t("Nothing here"), &html! { "Nothing was decided this way." }))
                } @else {
                    ul .list .waits { @for item in &page.items { (item::line(shell, page, item)) } }
                }
            }
        }
        (pager(next.as_deref(), None, t("More")))
    };
    framed(shell, &frame, &content)
}

/// What waits by its causes, those that hold up most first.
fn causes(shell: &Shell, page: &QuarantinePage) -> Markup {
    let desk = &page.desk;
    html! {
        section .card aria-labelledby="causes-title" {
            header {
                h2 #causes-title { "Causes" }
                span .sm .muted { "most money and customers first" }
                span .push .sm .muted {
                    (plural!(desk.waiting, "{n} waits", "{n} wait"))
                    @if desk.looked_at < desk.waiting { (say!(", shown are the latest {n}", n = count(desk.looked_at))) }
                }
            }
            @if desk.causes.is_empty() {
                (empty(Icon::Passed, t("Nothing waits"), &html! { "Every touchpoint found its account." }))
            } @else {
                ul .list {
                    @for (place, cause) in desk.causes.iter().enumerate() { (one(shell, page, place, cause)) }
                }
            }
        }
    }
}

fn one(shell: &Shell, page: &QuarantinePage, place: usize, cause: &QuarantineCause) -> Markup {
    let open = page.open == Some(place);
    html! {
        li .sel[open] {
            span .grow .stack .x {
                a .b href=(cause_link(cause).done()) aria-current=[open.then_some("true")] {
                    (words(&cause.code)) @if !cause.pointer.is_empty() { " · " span .mono { (cause.pointer) } }
                }
                span .sm .muted .broken {
                    (cause.source) @if !cause.kind.is_empty() { " · " span .mono { (cause.kind) } }
                    " · " (say!("first {ago}", ago = shell.clock.ago(&cause.oldest_at)))
                }
                span .sm { (told(&cause.detail)) }
            }
            span .stack .x .right .nowrap {
                @if let Some(amount) = &cause.amount { span .b .num { (money_short(amount)) } }
                span .sm .muted { (plural!(cause.items, "{n} item", "{n} items")) ", " (plural!(cause.subjects, "{n} customer", "{n} customers")) }
            }
        }
    }
}
