//! Customers that are being taken on: the cases, and how long it takes.

use kith_api::view::{CaseStepView, OnboardingKpi, OnboardingView};
use kith_template::{html, say};
use maud::Markup;

use super::super::link::Link;
use super::super::number::{number, percent, words};
use super::super::part::icon::Icon;
use super::super::part::note::empty;
use super::super::part::pager::pager;
use super::super::part::{avatar, tone};
use super::super::shell::{Frame, Shell, framed};
use crate::web::words::{t, told};

mod apply;
mod case;

pub use apply::{ApplyPage, OWNERS, apply};
pub use case::{CasePage, case};

/// The cases that stand so, and the figures.
#[derive(Debug, Clone, Default)]
pub struct OnboardingPage {
    /// Which cases: `open`, `completed`, `rejected`, `withdrawn`, or all.
    pub state: String,
    /// The cases, the latest first.
    pub cases: Vec<OnboardingView>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// How long it takes.
    pub kpi: OnboardingKpi,
    /// The reader may submit applications.
    pub may_apply: bool,
}

/// The list of cases.
#[must_use]
pub fn onboarding(shell: &Shell, page: &OnboardingPage) -> Markup {
    let frame = Frame { above: &[], here: t("Onboarding"), kind: "onboarding", account: None, wide: false };
    let to = |state: &str| Link::to("/onboarding").with("state", state);
    let next = page.next.as_deref().map(|cursor| to(&page.state).with("cursor", cursor).done());
    let states = [
        ("open", t("Open")),
        ("completed", t("Taken on")),
        ("rejected", t("Turned down")),
        ("withdrawn", t("Withdrawn")),
        ("all", t("All")),
    ];
    let content = html! {
        .head {
            .stack .x {
                h1 { "Onboarding" }
                p .muted { "Customers on their way from the application to the first order." }
            }
            @if page.may_apply { a .btn .pri .push href="/onboarding/new" { (Icon::Plus.show()) "New application" } }
        }
        (figures(&page.kpi))
        .row .wrap {
            nav .seg aria-label="Cases" {
                @for (state, title) in states {
                    a href=(to(state).done()) aria-current=[(page.state == state).then_some("true")] { (title) }
                }
            }
        }
        section .card aria-label="Cases" {
            @if page.cases.is_empty() {
                (empty(Icon::Check, t("No case here"), &html! {
                    @if page.may_apply { a .ul href="/onboarding/new" { "An application starts one." } } @else { "An application starts one." }
                }))
            } @else {
                .scroll tabindex="0" role="region" aria-label="Cases, scrollable" {
                    table .tbl .folds {
                        thead { tr {
                            th scope="col" { "Customer" } th scope="col" { "State" } th scope="col" { "Steps" }
                            th scope="col" { "Now" } th scope="col" .n { "Time used" } th scope="col" { "Applied" }
                        } }
                        tbody { @for case in &page.cases { (row(shell, case)) } }
                    }
                }
            }
        }
        (pager(next.as_deref(), None, t("More")))
    };
    framed(shell, &frame, &content)
}

/// Hours as `1 h 46 min`.
pub(super) fn spent(minutes: u64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => say!("{n} min", n = minutes),
        (hours, 0) => say!("{n} h", n = hours),
        (hours, minutes) => say!("{n} h {minutes} min", n = hours),
    }
}

fn hours(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |hours| say!("{n} h", n = number(hours, 1)))
}

fn figures(kpi: &OnboardingKpi) -> Markup {
    let tone = match kpi.meets_target {
        Some(true) => "good",
        Some(false) => "bad",
        None => "",
    };
    html! {
        section .card aria-label="How long it takes" {
            .body .row .wrap .up .gap4 {
                .stack .x {
                    span .sm .muted { "Mean time, the customer's own apart" }
                    span class=(format!("num b {tone}")) { (hours(kpi.mean_net_hours)) }
                    span .sm .muted { "promised: below " (number(kpi.target_hours, 0)) " h" }
                }
                .stack .x { span .sm .muted { "Half take at most" } span .num .b { (hours(kpi.p50_net_hours)) } }
                .stack .x { span .sm .muted { "Nine of ten take at most" } span .num .b { (hours(kpi.p90_net_hours)) } }
                .stack .x { span .sm .muted { "With waiting for the customer" } span .num .b { (hours(kpi.mean_gross_hours)) } }
                .stack .x { span .sm .muted { "In business hours" } span .num .b { (hours(kpi.mean_business_hours)) } }
                .stack .x {
                    span .sm .muted { "Within the promise" }
                    span .num .b { @match kpi.share_under_target { Some(share) => (percent(share)), None => "–" } }
                    span .sm .muted { (say!("{cases} taken on in {days} days", cases = kpi.cases, days = kpi.days)) }
                }
            }
        }
    }
}

/// The tone of where a case stands.
pub(super) fn tone_of(state: &str) -> &'static str {
    match state {
        "completed" | "passed" => "good",
        "rejected" | "failed" => "bad",
        "awaiting_customer" | "pending_external" => "warn",
        "running" | "open" => "info",
        _ => "",
    }
}

fn row(shell: &Shell, case: &OnboardingView) -> Markup {
    let settled = case.steps.iter().filter(|step| is_settled(step)).count();
    let now: Vec<&CaseStepView> =
        case.steps.iter().filter(|step| !is_settled(step) && step.state != "not_started").collect();
    let over = case.net_minutes > u64::from(case.budget_minutes);
    html! {
        tr {
            td {
                .row .gap2 {
                    (avatar::account(&case.account_name))
                    .stack .x {
                        a .ul .b href=(format!("/onboarding/{}", case.id)) { (case.account_name) }
                        span .sm .muted { (case.account_number) " · " (words(&case.customer_type)) " · " (case.entity) }
                    }
                }
            }
            td data-label=(t("State")) { span class=(format!("pill {}", tone_of(&case.state))) { (words(&case.state)) } }
            td .nowrap data-label=(t("Steps")) { span { (settled) " of " (case.steps.len()) } }
            td .sm data-label=(t("Now")) {
                span {
                    @if case.paused { span .pill .warn { "Customer" } }
                    @for (place, step) in now.iter().take(2).enumerate() {
                        @if place > 0 { "," } " " (told(&step.title)) @if step.overdue { span .bad { " late" } }
                    }
                }
            }
            td .n data-label=(t("Time used")) { span class=(if over { "bad" } else { "" }) { (spent(case.net_minutes)) } }
            td .sm .muted data-label=(t("Applied")) { (shell.clock.age_mark(Some(&case.submitted_at))) }
        }
    }
}

pub(super) fn is_settled(step: &CaseStepView) -> bool {
    matches!(step.state.as_str(), "passed" | "waived")
}

/// The tone of an account's stage, where a case shows it.
pub(super) fn stage_tone(stage: &str) -> &'static str {
    tone::of_status(stage)
}
