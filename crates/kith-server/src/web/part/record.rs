//! Records of the audit trail: who did what, before and after, who agreed.

use kith_api::view::{AccessView, AuditChange, AuditView, ChangeView};
use kith_template::html;
use maud::Markup;

use super::diff;
use crate::web::clock::Clock;
use crate::web::number::{phrase, words};
use crate::web::words::t;

/// One record; `about` names what it is about, `act` is what can be done with it.
pub(crate) fn record(clock: &Clock, record: &AuditView, about: &Markup, act: &Markup) -> Markup {
    html! {
        li .record {
            .grow .stack .t {
                .row .wrap .gap1 {
                    b { (title(&record.kind)) } (about)
                    span .sm .muted {
                        "by " (record.actor_name.as_deref().unwrap_or("Kith")) ", " (words(&record.channel)) ", "
                        (clock.age_mark(Some(&record.at)))
                    }
                }
                @if let Some(reason) = &record.reason { p { "“" (reason) "”" } }
                @if let Some(change) = &record.change { (agreed(clock, change)) }
                @if !record.accesses.is_empty() { (accesses(&record.accesses)) }
                @if !record.changes.is_empty() { (diff::diff(&record.changes)) }
                p .xs .muted .mono .broken { "record " (record.position) " · version " (record.version) " · " (record.hash) }
            }
            (act)
        }
    }
}

/// `account.step_approved.v1` → `Account step approved`.
fn title(kind: &str) -> String {
    let parts: Vec<&str> = kind.split('.').take(2).collect();
    words(&parts.join("."))
}

fn agreed(clock: &Clock, change: &AuditChange) -> Markup {
    html! {
        p .sm {
            a .ul href=(format!("/changes/{}", change.id)) { "Change" }
            " asked by " (change.submitted_by_name.as_deref().unwrap_or("Kith")) " " (clock.age_mark(Some(&change.submitted_at)))
            @for step in change.steps.iter().filter(|step| step.by.is_some()) {
                ", " (step.state) " by " (step.by_name.as_deref().unwrap_or("somebody")) " (" (words(&step.role)) ") "
                (clock.age_mark(step.at.as_deref()))
            }
        }
    }
}

fn accesses(accesses: &[AccessView]) -> Markup {
    html! {
        ul .sm .stack .x {
            @for access in accesses {
                li {
                    (words(&access.act)) " " (phrase(&access.what))
                    @if let Some(object) = &access.object { " " span .mono { (object) } }
                    @if let Some(code) = &access.code { ": " span .mono { (code) } }
                    @if access.times > 1 { " × " (access.times) }
                }
            }
        }
    }
}

/// Who asked for a change: a person, or Kith itself by a rule.
pub(crate) fn asker(change: &ChangeView) -> &str {
    match (&change.submitted_by_name, &change.submitted_by) {
        (Some(name), _) => name,
        (None, Some(_)) => t("Somebody"),
        (None, None) => "Kith",
    }
}
