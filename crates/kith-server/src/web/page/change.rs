//! Changes to the record: what waits, what one would do, and the decision.

use kith_api::view::ChangeView;
use maud::{Markup, html};
use serde_json::Value;

use super::super::link::Link;
use super::super::number::{phrase, words};
use super::super::part::icon::Icon;
use super::super::part::note::{Kind, empty, note};
use super::super::part::pager::pager;
use super::super::part::steps::steps;
use super::super::part::{diff, tone};
use super::super::shell::{Frame, Shell, framed};

/// A list of changes.
#[derive(Debug, Clone, Default)]
pub struct ChangesPage {
    /// The changes, those that wait longest first, decided ones newest first.
    pub changes: Vec<ChangeView>,
    /// `state` of the address: `waiting`, `applied`, `rejected`, or empty for all.
    pub state: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// Ids of the changes that the reader may decide.
    pub decidable: Vec<String>,
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
const STATES: [(&str, &str); 4] =
    [("waiting", "Waiting"), ("applied", "Applied"), ("rejected", "Rejected"), ("", "All")];

/// The list, with its first change open beside it on a wide screen.
#[must_use]
pub fn changes(shell: &Shell, page: &ChangesPage) -> Markup {
    let frame = Frame { above: &[], here: "Changes", kind: "changes", account: None, wide: true };
    let first = page.changes.first();
    let content = html! {
        .cols .inbox .listing {
            (list(shell, page, None, true))
            section .pane-r aria-label="First change" {
                @match first {
                    Some(first) => (detail(shell, first, page.decidable.contains(&first.id).then_some(&Decision::default()), false)),
                    None => (empty(Icon::Changes, "Nothing to decide", &html! { "Changes that need a second person appear here." })),
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
    beside: Option<&ChangesPage>,
) -> Markup {
    let frame = Frame {
        above: &[("Changes", "/changes")],
        here: &change.title,
        kind: "change",
        account: None,
        wide: true,
    };
    let content = html! {
        .cols .inbox .alone[beside.is_none()] {
            @if let Some(page) = beside { (list(shell, page, Some(&change.id), false)) }
            section .pane-r aria-label="Change" { (detail(shell, change, decision, true)) }
        }
    };
    framed(shell, &frame, &content)
}

/// The list on the left.
fn list(shell: &Shell, page: &ChangesPage, open: Option<&str>, main: bool) -> Markup {
    let to = |state: &str| Link::to("/changes").always("state", state);
    html! {
        section .pane-l aria-label="Changes" {
            .pane-head {
                @if main { h1 { "Changes" } } @else { p .pane-title { "Changes" } }
                nav .seg aria-label="Show" {
                    @for (state, title) in STATES {
                        a href=(to(state).done()) aria-current=[(page.state == state).then_some("true")] { (title) }
                    }
                }
            }
            @if page.changes.is_empty() {
                (empty(Icon::Changes, "Nothing here", &html! { "No change is in this state." }))
            }
            .appr {
                @for (place, change) in page.changes.iter().enumerate() {
                    @let here = open.map_or(main && place == 0, |id| id == change.id);
                    a href=(format!("/changes/{}", change.id)) class=(format!("req {}", tone::fill(tone::of_lane(&change.lane))))
                        aria-current=[here.then_some("true")] {
                        span .row { b .trunc { (change.title) } (lane_pill(&change.lane, "push")) }
                        @if let Some(brief) = diff::brief(&change.diff) { span .trunc .muted { (brief) } }
                        span .sm .muted {
                            (change.submitted_by_name.as_deref().unwrap_or("Somebody")) ", "
                            (shell.clock.age_mark(Some(&change.submitted_at)))
                            @if change.state != "waiting" { " · " (phrase(&change.state)) }
                        }
                    }
                }
            }
            .foot-pager { (pager(page.next.as_deref().map(|cursor| to(&page.state).with("cursor", cursor).done()).as_deref(), None, "More")) }
        }
    }
}

fn lane_pill(lane: &str, class: &str) -> Markup {
    html! {
        @if !lane.is_empty() { span class=(format!("pill {class} {}", tone::of_lane(lane))) { (words(lane)) } }
    }
}

/// One change: why, who decides, what would change, and the decision.
fn detail(shell: &Shell, change: &ChangeView, decision: Option<&Decision>, main: bool) -> Markup {
    html! {
        .stack .pane-in {
            .stack .t {
                .row .wrap {
                    (lane_pill(&change.lane, ""))
                    @if change.state != "waiting" {
                        span class=(format!("pill {}", tone::of_state(&change.state))) { (words(&change.state)) }
                    }
                    span .sm .muted .num {
                        span .mono { (change.id) } " · asked " (shell.clock.exact(&change.submitted_at))
                    }
                }
                @if main { h1 { (change.title) } } @else { h2 .like-h1 { a href=(format!("/changes/{}", change.id)) { (change.title) } } }
                p {
                    @if let Some(reason) = &change.reason { "“" (reason) "” " }
                    span .muted { (change.submitted_by_name.as_deref().unwrap_or("Somebody")) ", " (phrase(&change.operation)) }
                }
                @if let Some(target) = change.target.as_deref().filter(|target| target.starts_with("acc_")) {
                    p { a .ul href=(format!("/accounts/{target}")) { "Open the account" } }
                }
            }
            (steps(change))
            @if let Some(refusal) = &change.refusal { (refused(refusal)) }
            @for warning in &change.warnings { (note(Kind::Warn, &html! { p { (warning.text) } })) }
            section .card aria-labelledby="diff" {
                header { h2 #diff { "What changes" } span .sm .muted .push { "before → after" } }
                @if change.diff.is_empty() { .body { p .muted { "No field of the record changes." } } } @else { (diff::diff(&change.diff)) }
            }
            (said(shell, change))
        }
        @if let Some(decision) = decision.filter(|_| change.state == "waiting") { (decide(shell, change, decision)) }
    }
}

fn refused(refusal: &Value) -> Markup {
    let member = |name| refusal.get(name).and_then(Value::as_str);
    note(
        Kind::Bad,
        &html! {
            p .b { (member("sentence").unwrap_or("It could not be applied.")) }
            @if let Some(clears) = member("clears") { p { (clears) } }
        },
    )
}

/// What those who decided said.
fn said(shell: &Shell, change: &ChangeView) -> Markup {
    let decided: Vec<_> = change.steps.iter().filter(|step| step.at.is_some()).collect();
    html! {
        @if !decided.is_empty() {
            section .card aria-labelledby="decisions" {
                header { h2 #decisions { "Decisions" } }
                ul .list {
                    @for step in decided {
                        li {
                            span class=(format!("pill {}", tone::of_state(&step.state))) { (words(&step.state)) }
                            span .grow .stack .x {
                                b { (step.by_name.as_deref().unwrap_or("Somebody")) span .muted { ", " (phrase(&step.role)) } }
                                @if let Some(comment) = &step.comment { span .sm { (comment) } }
                            }
                            span .sm .muted { (shell.clock.age_mark(step.at.as_deref())) }
                        }
                    }
                }
            }
        }
    }
}

/// Approve or reject, with a reason.
fn decide(shell: &Shell, change: &ChangeView, decision: &Decision) -> Markup {
    html! {
        form .decide method="post" action=(format!("/changes/{}/approve", change.id)) {
            input type="hidden" name="csrf" value=(shell.csrf);
            @if let Some(fault) = &decision.fault { p #decision-fault .bad role="alert" { (fault) } }
            .row .gap3 .ends {
                .grow .stack .t {
                    label .sm .b for="comment" { "Reason " span .muted .plain { "kept with the decision, needed to reject" } }
                    input #comment .field name="comment" value=(decision.comment) maxlength="1000"
                        aria-describedby=[decision.fault.as_ref().map(|_| "decision-fault")] autocomplete="off" placeholder="Add a reason";
                }
                button .btn .danger type="submit" formaction=(format!("/changes/{}/reject", change.id)) { "Reject" }
                button .btn .pri type="submit" { (Icon::Check.show()) "Approve" }
            }
        }
    }
}
