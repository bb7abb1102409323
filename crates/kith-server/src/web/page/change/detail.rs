//! One change: why, who decides, what would change, what was said.

use kith_api::view::{ChangeView, FormerView, LimitGroundView};
use kith_template::html;
use maud::Markup;
use serde_json::Value;

use super::{Acts, Decision, decide, effect, lane_pill};
use crate::web::number::{phrase, words};
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, note};
use crate::web::part::record::asker;
use crate::web::part::steps::steps;
use crate::web::part::{diff, limit, tone};
use crate::web::shell::Shell;
use crate::web::words::{t, told};

/// One change: why, who decides, what would change, and the decision.
pub(super) fn detail(
    shell: &Shell,
    change: &ChangeView,
    decision: Option<&Decision>,
    acts: Acts,
    main: bool,
) -> Markup {
    html! {
        .stack .pane-in {
            .stack .t {
                .row .wrap {
                    (lane_pill(&change.lane, ""))
                    @if change.state != "waiting" {
                        span class=(format!("pill {}", tone::of_state(&change.state))) { (words(&change.state)) }
                    }
                    @if let Some(entity) = &change.entity { span .pill { (entity) " only" } }
                    span .sm .muted .num {
                        "Asked " (shell.clock.exact(&change.submitted_at))
                        @if let Some(due) = &change.due_at { " · due " (shell.clock.exact(due)) }
                        @if change.revision > 1 { " · revision " (change.revision) }
                    }
                }
                @if main { h1 { (told(&change.title)) } } @else { h2 .like-h1 { a href=(format!("/changes/{}", change.id)) { (told(&change.title)) } } }
                p {
                    @if let Some(reason) = &change.reason { "“" (reason) "” " }
                    span .muted { (asker(change)) ", " (phrase(&change.operation)) }
                }
                @if let Some(target) = change.target.as_deref().filter(|target| target.starts_with("acc_")) {
                    p { a .ul href=(format!("/accounts/{target}")) { "Open the account" } }
                }
            }
            (steps(change))
            (effect::deciders(change, decision.is_some(), acts))
            @if change.conflicts.is_empty() { (emergency(shell, change)) } @else { (apart(shell, change, acts)) }
            @for former in change.former.iter().rev().take(1) { (since(shell, former)) }
            @if let Some(refusal) = change.refusal.as_ref().filter(|_| change.conflicts.is_empty()) { (refused(refusal)) }
            @for warning in &change.warnings { (note(Kind::Warn, &html! { p { (told(&warning.text)) } })) }
            (effect::effects(change))
            @if let Some(ground) = &change.limit_ground { (limit_ground(ground)) }
            section .card aria-labelledby="diff" {
                header { h2 #diff { "What changes" } span .sm .muted .push { "before → after" } }
                @if change.diff.is_empty() { .body { p .muted { "No field of the record changes." } } } @else { (diff::diff(&change.diff)) }
            }
            (why(change))
            (said(shell, change))
            (talk(shell, change, main))
            @if main { (decide::besides(shell, change, acts)) }
        }
        @if let Some(decision) = decision.filter(|_| change.state == "waiting") { (decide::decide(shell, change, decision)) }
    }
}

fn refused(refusal: &Value) -> Markup {
    let member = |name| refusal.get(name).and_then(Value::as_str);
    note(
        Kind::Bad,
        &html! {
            p .b { (told(member("sentence").unwrap_or(t("It could not be applied.")))) }
            @if let Some(clears) = member("clears") { p { (told(clears)) } }
        },
    )
}

/// What those who decided said.
fn said(shell: &Shell, change: &ChangeView) -> Markup {
    let decided: Vec<_> = change.steps.iter().filter(|step| !step.decisions.is_empty()).collect();
    html! {
        @if !decided.is_empty() {
            section .card aria-labelledby="decisions" {
                header { h2 #decisions { "Decisions" } }
                ul .list {
                    @for step in decided {
                        @for decision in &step.decisions {
                            li {
                                span class=(format!("pill {}", tone::of_state(&step.state))) { (words(&step.state)) }
                                span .grow .stack .x {
                                    b {
                                        (decision.by_name.as_deref().unwrap_or(t("Somebody")))
                                        @if let Some(whom) = &decision.on_behalf_of_name { " for " (whom) }
                                        span .muted { ", " (phrase(&decision.role)) }
                                    }
                                    @if let Some(comment) = &decision.comment { span .sm { (comment) } }
                                }
                                span .sm .muted { (shell.clock.age_mark(Some(&decision.at))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Why it is in its lane, and by which policy.
fn why(change: &ChangeView) -> Markup {
    html! {
        @if !change.reasons.is_empty() {
            section .card aria-labelledby="why" {
                header { h2 #why { "Why this lane" } }
                .body .stack .t {
                    @for reason in &change.reasons { p .row .gap1 { (Icon::Info.small()) span { (told(&reason.text)) } } }
                    p .sm .muted { "Change " span .mono .broken { (change.id) } }
                    p .sm { a .ul href=(format!("/settings/approvals?version={}", change.policy_version)) { "Policy, version " (change.policy_version) } }
                }
            }
        }
    }
}

/// Base, theirs, mine: where the record went another way.
fn apart(shell: &Shell, change: &ChangeView, acts: Acts) -> Markup {
    html! {
        section .card aria-labelledby="apart" {
            header { h2 #apart { "The record moved" } span .sm .muted .push { "base, theirs, mine" } }
            .scroll tabindex="0" role="region" aria-label="Base, theirs and mine" {
                table .diff {
                    thead { tr { th scope="col" { "Field" } th scope="col" { "Base" } th scope="col" { "On record now" } th scope="col" { "This change" } } }
                    tbody {
                        @for conflict in &change.conflicts {
                            tr {
                                th scope="row" title=(conflict.path) { (diff::label(&conflict.path)) }
                                td { (diff::shown(&conflict.base)) }
                                td { del { (diff::shown(&conflict.theirs)) } }
                                td { ins { (diff::shown(&conflict.mine)) } }
                            }
                        }
                    }
                }
            }
            @if acts.own && change.state == "stale" {
                form .body .row method="post" action=(format!("/changes/{}/resubmit", change.id)) {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    span .grow .sm .muted { "Submitted again, it is decided on the record of today." }
                    button .btn .pri type="submit" { "Submit again" }
                }
            }
        }
    }
}

/// What is asked for now, against what had been approved.
fn since(shell: &Shell, former: &FormerView) -> Markup {
    let names: Vec<&str> = former.decisions.iter().filter_map(|one| one.by_name.as_deref()).collect();
    html! {
        section .card aria-labelledby="since" {
            header {
                h2 #since { "Changed since revision " (former.revision) }
                span .sm .muted .push {
                    (former.edited_by_name.as_deref().unwrap_or(t("Somebody"))) ", " (shell.clock.age_mark(Some(&former.edited_at)))
                }
            }
            @if former.since.is_empty() { .body { p .muted { "It asks for the same as before." } } } @else { (diff::diff(&former.since)) }
            @if !names.is_empty() { .body { p .sm { "Approved before by " (names.join(", ")) "; that is void." } } }
        }
    }
}

/// That it was applied in an emergency.
fn emergency(shell: &Shell, change: &ChangeView) -> Markup {
    let Some(glass) = &change.break_glass else { return html! {} };
    note(
        Kind::Warn,
        &html! {
            p .b { "Applied in an emergency by " (glass.by_name.as_deref().unwrap_or("somebody")) }
            @if let Some(reason) = &glass.reason { p { "“" (reason) "”" } }
            @match &glass.review {
                Some(review) => p {
                    "Reviewed by " (review.by_name.as_deref().unwrap_or("somebody")) ": "
                    (review.text.as_deref().unwrap_or_default())
                },
                None => p { "To be reviewed by " (shell.clock.exact(&glass.review_by)) "." },
            }
        },
    )
}

/// What was said on it, and a place to say something.
fn talk(shell: &Shell, change: &ChangeView, main: bool) -> Markup {
    html! {
        @if main || !change.comments.is_empty() {
            section .card aria-labelledby="comments" {
                header { h2 #comments { "Comments" } }
                @if !change.comments.is_empty() {
                    ul .list {
                        @for remark in &change.comments {
                            li {
                                span .grow .stack .x {
                                    b { (remark.by_name.as_deref().unwrap_or(t("Somebody"))) }
                                    span { (remark.text.as_deref().unwrap_or(t("Erased."))) }
                                }
                                span .sm .muted { (shell.clock.age_mark(Some(&remark.at))) }
                            }
                        }
                    }
                }
                @if main { (decide::comment(shell, change)) }
            }
        }
    }
}

/// Why a limit that follows behaviour is what it is.
fn limit_ground(ground: &LimitGroundView) -> Markup {
    html! {
        section .card aria-labelledby="ground" {
            header { h2 #ground { "Why this limit" } span .sm .muted .push { (told(&ground.formula)) } }
            (limit::steps(&ground.contributions, &ground.counterfactuals, &ground.guard_rails))
        }
    }
}
