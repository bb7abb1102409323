//! What a change does to credit, and who decides on it.

use kith_api::view::{ChangeView, CreditEffectView, CreditView, GroupEffectView};
use kith_template::{html, plural, say};
use maud::Markup;

use super::Acts;
use crate::web::number::{money, phrase, words};
use crate::web::part::exposure;
use crate::web::part::note::{Kind, note};
use crate::web::words::t;

/// Where the account stands with each legal entity concerned, and where it would stand.
pub(super) fn effects(change: &ChangeView) -> Markup {
    html! {
        @for effect in &change.credit_effects { (one(change, effect)) }
        @if let Some(effect) = &change.group_effect { (group(change, effect)) }
    }
}

fn limit(standing: &CreditView) -> String {
    standing.limit.as_ref().map_or_else(|| t("none set").to_owned(), money)
}

fn overdue(standing: &CreditView) -> String {
    let amount = exposure::amount(standing.overdue.as_ref());
    match standing.overdue_days {
        0 => amount,
        days => {
            let oldest = plural!(days, "oldest {n} day", "oldest {n} days");
            say!("{amount}, {oldest}")
        }
    }
}

/// The figures of a standing, before and after.
fn figures(limit_title: &'static str, before: &CreditView, after: &CreditView) -> Markup {
    let rows = [
        (limit_title, limit(before), limit(after)),
        (
            t("Exposure"),
            exposure::amount(before.exposure.as_ref()),
            exposure::amount(after.exposure.as_ref()),
        ),
        (
            t("Available"),
            exposure::amount(before.available.as_ref()),
            exposure::amount(after.available.as_ref()),
        ),
        (t("Past due"), overdue(before), overdue(after)),
        (t("Utilisation"), exposure::used(before), exposure::used(after)),
    ];
    html! {
        .scroll tabindex="0" role="region" aria-label="Credit before and after" {
            table .diff {
                thead { tr { th scope="col" { "Figure" } th scope="col" .right { "Now" } th scope="col" .right { "After" } } }
                tbody {
                    @for (title, now, then) in rows {
                        tr {
                            th scope="row" { (title) }
                            td .num .right { (now) }
                            td .num .right { @if now == then { span .muted { (then) } } @else { ins { (then) } } }
                        }
                    }
                }
            }
        }
    }
}

fn one(change: &ChangeView, effect: &CreditEffectView) -> Markup {
    let CreditEffectView { before, after } = effect;
    let title = format!("effect-{}", before.entity);
    let target = change.target.as_deref().unwrap_or_default();
    html! {
        section .card .effect aria-labelledby=(title) {
            header {
                h2 #(title) { "Effect on credit with " (before.entity) }
                a .push .sm .ul href=(format!("/accounts/{target}?tab=credit&entity={}", before.entity)) { "Credit of the account" }
            }
            (figures(t("Credit limit"), before, after))
            @if !before.holds.is_empty() {
                p .sm .pad { span .muted { "On hold: " } (before.holds.iter().map(|hold| words(hold)).collect::<Vec<_>>().join(", ")) }
            }
        }
    }
}

/// The same for the limit of a group: all its members count.
fn group(change: &ChangeView, effect: &GroupEffectView) -> Markup {
    let target = change.target.as_deref().unwrap_or_default();
    html! {
        section .card .effect aria-labelledby="effect-group" {
            header {
                h2 #effect-group { "Effect on the credit of the group" }
                span .sm .muted { (plural!(effect.members, "{n} account", "{n} accounts")) }
                a .push .sm .ul href=(format!("/accounts/{target}?tab=credit")) { "Credit of the account" }
            }
            (figures(t("Group credit limit"), &effect.before, &effect.after))
        }
    }
}

/// Who decides next and who after that; for whoever may not decide also that it is so.
pub(super) fn deciders(change: &ChangeView, may: bool, acts: Acts) -> Markup {
    if change.state != "waiting" {
        return html! {};
    }
    let names: Vec<String> = change
        .deciders
        .iter()
        .map(|one| format!("{} ({})", one.name.as_deref().unwrap_or(t("Somebody")), phrase(&one.role)))
        .collect();
    let later: Vec<String> = change
        .steps
        .iter()
        .filter(|step| step.state == "waiting")
        .skip(1)
        .map(|step| phrase(&step.role))
        .collect();
    let said = html! {
        @if !may && acts.own { p .b { "You asked for this: somebody else decides." } }
        @else if !may { p .b { "You cannot decide on this." } }
        p #who-decides {
            @if names.is_empty() { "Nobody may decide on it now: give somebody the role for it, or delegate." }
            @else if may { "May decide now: " (names.join(", ")) "." }
            @else { "These can: " (names.join(", ")) "." }
            @if !later.is_empty() { " " (say!("After that: {roles}.", roles = later.join(t(", then ")))) }
        }
    };
    if may {
        html! { .sm .muted { (said) } }
    } else {
        note(Kind::Info, &said)
    }
}
