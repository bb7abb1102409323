//! Changes to the record: what waits, what one would do, and the decision.

mod decide;
mod detail;
mod effect;

use kith_api::view::{BatchView, ChangeView};
use kith_template::html;
use maud::Markup;

use detail::detail;

use super::super::link::Link;
use super::super::number::{phrase, words};
use super::super::part::icon::Icon;
use super::super::part::note::{Kind, empty, note};
use super::super::part::pager::pager;
use super::super::part::record::asker;
use super::super::part::{diff, tone};
use super::super::shell::{Frame, Shell, framed};
use crate::web::words::{t, told, word};

/// A list of changes.
#[derive(Debug, Clone, Default)]
pub struct ChangesPage {
    /// The changes: what is due first comes first, decided ones newest first.
    pub changes: Vec<ChangeView>,
    /// `state` of the address: `me` for those that wait for the reader, `sent` for the reader's own, a state, or
    /// empty for all.
    pub state: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// Ids of the changes that the reader may decide.
    pub decidable: Vec<String>,
    /// What became of changes that were decided together just now.
    pub told: Option<BatchView>,
    /// Why nothing was decided.
    pub fault: Option<String>,
    /// What the reader may do to the first besides.
    pub acts: Acts,
}

/// What the reader may do to a change besides deciding its next step.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Acts {
    /// Withdraw it, or submit it again when it is stale.
    pub own: bool,
    /// Apply it in an emergency.
    pub break_glass: bool,
    /// Review an emergency.
    pub review: bool,
}

/// What the reader is about to decide: what was typed, and why it was not taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// The comment as it was typed.
    pub comment: String,
    /// Why the decision was not taken.
    pub fault: Option<String>,
}

/// The states that the list can be narrowed to: value of `state` and title.
const STATES: [(&str, &str); 5] = [
    ("me", word("For you")),
    ("sent", word("Sent")),
    ("waiting", word("Waiting")),
    ("applied", word("Applied")),
    ("", word("All")),
];

/// The list, with its first change open beside it on a wide screen.
#[must_use]
pub fn changes(shell: &Shell, page: &ChangesPage) -> Markup {
    let frame = Frame { above: &[], here: t("Changes"), kind: "changes", account: None, wide: true };
    let first = page.changes.first();
    let content = html! {
        .cols .inbox .listing {
            (list(shell, page, None, true))
            section .pane-r aria-label="First change" {
                @match first {
                    Some(first) => (detail(shell, first, page.decidable.contains(&first.id).then_some(&Decision::default()), page.acts, false)),
                    None => (empty(Icon::Changes, t("Nothing to decide"), &html! { "Changes that need a second person appear here." })),
                }
            }
        }
    };
    framed(shell, &frame, &content)
}

/// One change; `decision` is there when the reader may decide it, `beside` is the list it was opened from, if it is to stay in sight.
#[must_use]
pub fn change(
    shell: &Shell,
    change: &ChangeView,
    decision: Option<&Decision>,
    acts: Acts,
    beside: Option<&ChangesPage>,
) -> Markup {
    let title = told(&change.title);
    let frame = Frame {
        above: &[(t("Changes"), "/changes")],
        here: &title,
        kind: "change",
        account: None,
        wide: true,
    };
    let content = html! {
        .cols .inbox .alone[beside.is_none()] {
            @if let Some(page) = beside { (list(shell, page, Some(&change.id), false)) }
            section .pane-r aria-label="Change" { (detail(shell, change, decision, acts, true)) }
        }
    };
    framed(shell, &frame, &content)
}

/// The list on the left.
fn list(shell: &Shell, page: &ChangesPage, open: Option<&str>, main: bool) -> Markup {
    let to = |state: &str| Link::to("/changes").always("state", state);
    let together =
        main && page.state == "me" && page.changes.iter().filter(|one| one.lane != "red").count() > 1;
    html! {
        section .pane-l aria-label="Changes" {
            .pane-head {
                @if main { h1 { "Changes" } } @else { p .pane-title { "Changes" } }
                nav .seg aria-label="Show" {
                    @for (state, title) in STATES {
                        a href=(to(state).done()) aria-current=[(page.state == state).then_some("true")] { (t(title)) }
                    }
                }
            }
            @if let Some(told) = &page.told { (decided(told)) }
            @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
            @if page.changes.is_empty() {
                (empty(Icon::Changes, t("Nothing here"), &html! { "No change is in this state." }))
            }
            .appr {
                @for (place, change) in page.changes.iter().enumerate() {
                    @let here = open.map_or(main && place == 0, |id| id == change.id);
                    .choosable {
                        @if together && change.lane != "red" {
                            label {
                                span .vh { "Select " (told(&change.title)) }
                                input type="checkbox" form="together" name=(format!("pick-{}", change.id)) value="on";
                            }
                        }
                        (row(shell, change, here))
                    }
                }
            }
            @if together { (decide::together(shell)) }
            .foot-pager { (pager(page.next.as_deref().map(|cursor| to(&page.state).with("cursor", cursor).done()).as_deref(), None, t("More"))) }
        }
    }
}

/// One change in the list.
fn row(shell: &Shell, change: &ChangeView, here: bool) -> Markup {
    html! {
        a href=(format!("/changes/{}", change.id)) class=(format!("req {}", tone::fill(tone::of_lane(&change.lane))))
            aria-current=[here.then_some("true")] {
            span .row { b .trunc { (told(&change.title)) } (lane_pill(&change.lane, "push")) }
            @if let Some(brief) = diff::brief(&change.diff) { span .trunc .muted { (brief) } }
            span .sm .muted {
                (asker(change)) ", "
                (shell.clock.age_mark(Some(&change.submitted_at)))
                @if change.state == "waiting" {
                    @if let Some(due) = &change.due_at { " · due " (shell.clock.exact(due)) }
                } @else { " · " (phrase(&change.state)) }
            }
        }
    }
}

/// What became of changes decided together.
fn decided(batch: &BatchView) -> Markup {
    let refused: Vec<_> = batch.items.iter().filter(|item| item.refusal.is_some()).collect();
    let kind = if refused.is_empty() { Kind::Info } else { Kind::Warn };
    note(
        kind,
        &html! {
            p .b { (batch.decided) " decided" @if batch.refused > 0 { ", " (batch.refused) " not" } }
            @for item in refused {
                p .sm {
                    a .ul href=(format!("/changes/{}", item.id)) { "One" } ": "
                    (told(item.refusal.as_deref().unwrap_or_default())) " " (told(item.clears.as_deref().unwrap_or_default()))
                }
            }
        },
    )
}

fn lane_pill(lane: &str, class: &str) -> Markup {
    html! {
        @if !lane.is_empty() { span class=(format!("pill {class} {}", tone::of_lane(lane))) { (words(lane)) } }
    }
}
