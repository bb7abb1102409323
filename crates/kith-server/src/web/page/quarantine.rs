//! Touchpoints that wait for a person or for their account.

use kith_api::view::QuarantineView;
use kith_template::html;
use maud::Markup;

use super::super::link::Link;
use super::super::number::words;
use super::super::part::icon::Icon;
use super::super::part::note::{Kind, empty, note};
use super::super::part::pager::pager;
use super::super::part::tone;
use super::super::shell::{Frame, Shell, framed};
use crate::web::words::{t, told, word};

/// The list of touchpoints in quarantine.
#[derive(Debug, Clone, Default)]
pub struct QuarantinePage {
    /// What waits, or was decided.
    pub items: Vec<QuarantineView>,
    /// `state` of the address: `waiting`, `replayed`, `accepted`, `discarded`.
    pub state: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// The reader may replay and discard.
    pub may_decide: bool,
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

/// The quarantine.
#[must_use]
pub fn quarantine(shell: &Shell, page: &QuarantinePage) -> Markup {
    let frame = Frame { above: &[], here: t("Quarantine"), kind: "quarantine", account: None, wide: false };
    let to = |state: &str| Link::to("/quarantine").with("state", state);
    let next = page.next.as_deref().map(|cursor| to(&page.state).with("cursor", cursor).done());
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
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        .card {
            @if page.items.is_empty() {
                (empty(Icon::Passed, t("Nothing here"), &html! { "Every touchpoint found its account." }))
            } @else {
                ul .list .waits { @for item in &page.items { (line(shell, page, item)) } }
            }
        }
        (pager(next.as_deref(), None, t("More")))
    };
    framed(shell, &frame, &content)
}

fn line(shell: &Shell, page: &QuarantinePage, item: &QuarantineView) -> Markup {
    let waiting = item.state == "waiting";
    html! {
        li {
            span .grow .stack .x {
                span .row .wrap .gap1 {
                    b { (words(&item.code)) }
                    @if !waiting { span class=(format!("pill {}", tone::of_state(&item.state))) { (words(&item.state)) } }
                }
                span { (told(&item.detail)) }
                span .sm .muted .broken {
                    (item.source) " · " span .mono { (item.external_id) }
                    @if let Some(subject) = &item.subject { " · names " span .mono { (subject) } }
                    @if !item.pointer.is_empty() { " · at " span .mono { (item.pointer) } }
                }
                @if let Some(by) = item.decided_by_name.as_ref().or(item.decided_by.as_ref()) {
                    span .sm .muted { "Decided by " (by) @if let Some(reason) = &item.reason { ": " (reason) } }
                }
            }
            span .sm .muted .nowrap { (shell.clock.age_mark(Some(&item.received_at))) }
            @if waiting && page.may_decide { (decision(shell, item)) }
        }
    }
}

fn decision(shell: &Shell, item: &QuarantineView) -> Markup {
    let field = format!("reason-{}", item.id);
    html! {
        form .row .wrap method="post" action=(format!("/quarantine/{}/replay", item.id)) {
            input type="hidden" name="csrf" value=(shell.csrf);
            label .vh for=(field) { "Reason" }
            input .field .short #(field) name="reason" maxlength="500" autocomplete="off" placeholder="Reason";
            button .btn .sm type="submit" { (Icon::Replay.small()) "Replay" }
            button .btn .sm .danger type="submit" formaction=(format!("/quarantine/{}/discard", item.id)) { "Discard" }
        }
    }
}
