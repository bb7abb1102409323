//! One case: its steps with what was found, its papers and owners, its clock, and what can be done now.

mod hits;
mod next;
mod owners;
mod papers;

use kith_api::view::{CaseStepView, EvidenceItem, HitView, OnboardingView};
use kith_template::{html, say};
use maud::Markup;

use super::super::super::number::words;
use super::super::super::part::avatar;
use super::super::super::part::icon::Icon;
use super::super::super::part::note::{Kind, note};
use super::super::super::shell::{Frame, Shell, framed};
use super::{is_settled, spent, stage_tone, tone_of};
use crate::web::words::{t, told, word};

/// The state of the page.
#[derive(Debug, Clone, Default)]
pub struct CasePage {
    /// The case.
    pub case: OnboardingView,
    /// The reader may run steps, wait for the customer, and ask to go without a step.
    pub may_work: bool,
    /// The reader may complete and fail steps by hand.
    pub may_judge: bool,
    /// `usr_…` of the reader.
    pub reader: String,
    /// The reader may bring documents.
    pub may_upload: bool,
    /// What the screening found about its parties.
    pub hits: Vec<HitView>,
    /// Why something was not done.
    pub fault: Option<String>,
}

/// The phases of a case, each with its steps.
const PHASES: [(&str, &[&str]); 6] = [
    (word("Application"), &["intake", "duplicate_check"]),
    (word("Identity"), &["registry", "tax_id", "owners"]),
    (word("Screening"), &["screening", "documents"]),
    (word("Credit"), &["credit", "approvals"]),
    (word("Contract"), &["contract"]),
    (word("Live"), &["provisioning", "welcome"]),
];

/// The page of a case.
#[must_use]
pub fn case(shell: &Shell, page: &CasePage) -> Markup {
    let case = &page.case;
    let frame = Frame {
        above: &[(t("Onboarding"), "/onboarding")],
        here: &case.account_name,
        kind: "onboarding",
        account: None,
        wide: false,
    };
    let content = html! {
        (head(shell, case))
        (phases(case))
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p #case-fault .b { (fault) } })) }
        (next::next(case))
        @if let Some(code) = &case.reject_code {
            (note(Kind::Bad, &html! {
                p .b { (words(&case.state)) ": " (words(code)) }
                @if let Some(reason) = &case.reject_reason { p { (reason) } }
            }))
        }
        .cols .ab {
            .stack {
                (checklist(shell, page))
                (pace(shell, case))
            }
            .stack {
                (hits::hits(shell, page))
                (papers::papers(shell, page))
                (owners::payment(shell, page))
                (owners::owners(shell, page))
                @if page.may_work && case.state == "open" { (ends(shell, case)) }
            }
        }
    };
    framed(shell, &frame, &content)
}

fn head(shell: &Shell, case: &OnboardingView) -> Markup {
    let used = case.net_minutes.saturating_mul(100) / u64::from(case.budget_minutes.max(1));
    let tone = match used {
        0..=79 => "good",
        80..=100 => "warn",
        _ => "bad",
    };
    html! {
        .head {
            .row .gap4 {
                (avatar::account_large(&case.account_name))
                .stack .t {
                    h1 { (case.account_name) }
                    .row .wrap {
                        span class=(format!("pill {}", tone_of(&case.state))) { (words(&case.state)) }
                        span class=(format!("pill line {}", stage_tone(&case.stage))) { (words(&case.stage)) }
                        span .pill .line { (case.entity) }
                        span .sm .muted {
                            a .ul href=(format!("/accounts/{}", case.account)) { (case.account_number) }
                            " · " (words(&case.customer_type)) " · applied " (shell.clock.exact(&case.submitted_at))
                            @if let Some(name) = &case.started_by_name { " by " (name) }
                        }
                    }
                }
            }
            .push .row .gap4 {
                .stack .x .n {
                    span .sm .muted { @if case.paused { "Time used of 4 h, standing still" } @else { "Time used of 4 h" } }
                    span .num .b { (spent(case.net_minutes)) }
                }
                svg class=(format!("ring {tone}")) viewBox="0 0 48 48" width="52" height="52" role="img"
                    aria-label=(say!("{used} percent of the promised time used")) {
                    circle .bg cx="24" cy="24" r="20" {}
                    circle .fg cx="24" cy="24" r="20" stroke-dasharray=(arc(used)) {}
                    text x="24" y="24.5" .t3 { (used.min(999)) "%" }
                }
            }
        }
    }
}

/// Dash and gap of a circle of radius 20 for 0 to 100.
fn arc(percent: u64) -> String {
    let tenths = percent.min(100).saturating_mul(1_257) / 100;
    format!("{}.{} 125.7", tenths / 10, tenths % 10)
}

fn phases(case: &OnboardingView) -> Markup {
    let of = |names: &[&str]| {
        case.steps.iter().filter(|step| names.contains(&step.step.as_str())).collect::<Vec<_>>()
    };
    let done = PHASES.map(|(_, names)| of(names).iter().all(|step| is_settled(step)));
    let current = done.iter().position(|done| !done);
    html! {
        ol .steps aria-label="Phases" {
            @for (place, (title, _)) in PHASES.iter().enumerate() {
                @let is_done = done.get(place).copied().unwrap_or_default();
                @let now = case.state == "open" && current == Some(place);
                li .done[is_done] .now[now] aria-current=[now.then_some("step")] {
                    span .n { @if is_done { (Icon::Check.small()) } @else { (place + 1) } }
                    (t(title))
                }
            }
        }
    }
}

fn checklist(shell: &Shell, page: &CasePage) -> Markup {
    let case = &page.case;
    let done = case.steps.iter().filter(|step| is_settled(step)).count();
    html! {
        section .card aria-labelledby="steps" {
            header { h2 #steps { "Checklist" } span .sm .muted .push { (done) " of " (case.steps.len()) " done" } }
            ul .check {
                @for step in &case.steps { (line(shell, page, step)) }
            }
        }
    }
}

fn icon(step: &CaseStepView) -> (Icon, &'static str) {
    match step.state.as_str() {
        "passed" => (Icon::Passed, "good"),
        "waived" => (Icon::Passed, "muted"),
        "failed" => (Icon::Alert, "bad"),
        "awaiting_customer" => (Icon::Clock, "warn"),
        "pending_external" => (Icon::Globe, "warn"),
        "running" => (Icon::Activity, "acc"),
        _ => (Icon::Clock, "muted"),
    }
}

/// Who is to do something, or when it was done.
fn whose(shell: &Shell, step: &CaseStepView) -> String {
    let last = step.trail.last();
    match step.state.as_str() {
        "passed" | "waived" => {
            let by = last.and_then(|entry| entry.by_name.clone()).unwrap_or_else(|| t("auto").to_owned());
            let at = step.settled_at.as_deref().map(|at| shell.clock.time(at)).unwrap_or_default();
            format!("{by}, {at}")
        }
        "awaiting_customer" => t("customer").to_owned(),
        "pending_external" => t("outside").to_owned(),
        "not_started" => t("later").to_owned(),
        _ => t("us").to_owned(),
    }
}

fn line(shell: &Shell, page: &CasePage, step: &CaseStepView) -> Markup {
    let (icon, tone) = icon(step);
    let way = next::way(&page.case, step)
        .filter(|_| page.case.state == "open" && !is_settled(step) && step.blocked_by.is_empty());
    html! {
        li id=(format!("step-{}", step.step)) {
            span class=(tone) { (icon.show()) }
            .stack .x {
                span .b[step.state != "not_started"] { (told(&step.title)) span .vh { ": " (words(&step.state)) } }
                span .sm .muted { (next::waits(step)) }
                @if let Some((title, href)) = way { a .sm .ul href=(href) { (title) } }
                @if let Some(entry) = step.trail.last() {
                    @for evidence in &entry.evidence {
                        span .sm .muted { (proof(evidence)) }
                    }
                }
                @if page.case.state == "open" && !is_settled(step) && step.blocked_by.is_empty() { (acts(shell, page, step)) }
            }
            span .sm .nowrap .muted[!step.overdue] .bad[step.overdue] {
                (whose(shell, step))
                @if step.overdue { ", late" }
            }
        }
    }
}

/// What a finding rests on: what has a page of its own is a link.
fn proof(evidence: &EvidenceItem) -> Markup {
    let text = evidence.text.as_deref().unwrap_or(t("not shown"));
    let first = text.split([' ', '.']).next().unwrap_or_default();
    let page = match first.split_once('_').map(|(kind, _)| kind) {
        Some("chg") => Some(format!("/changes/{first}")),
        Some("ctr") => Some(format!("/contracts/{first}")),
        _ => None,
    };
    html! {
        @match page {
            Some(href) => { a .ul href=(href) { (words(&evidence.source)) } (text.strip_prefix(first).unwrap_or_default().trim_end_matches('.')) },
            None if evidence.source == "portal" => { "Portal: " (text.split_once('(').map_or(text, |(_, rest)| rest.trim_end_matches(')'))) },
            None => { (words(&evidence.source)) ": " (told(text)) },
        }
        @if let Some(as_of) = &evidence.as_of { ", as of " (as_of) }
    }
}

/// What can be done with a step now.
fn acts(shell: &Shell, page: &CasePage, step: &CaseStepView) -> Markup {
    let base = format!("/onboarding/{}/steps/{}", page.case.id, step.step);
    let field = format!("reason-{}", step.step);
    html! {
        .row .wrap .gap2 {
            @if page.may_work {
                form method="post" action=(format!("{base}/run")) {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    button .btn .sm type="submit" { (Icon::Replay.small()) "Look again" span .vh { " at " (told(&step.title)) } }
                }
            }
            @if step.step != "approvals" && (page.may_work || page.may_judge) {
                details .menu .inline {
                    summary .btn .sm { "Decide" span .vh { " " (told(&step.title)) } (Icon::Down.small()) }
                    form .panel .stack .t method="post" action=(base) {
                        input type="hidden" name="csrf" value=(shell.csrf);
                        label .sm .b for=(field) { "Reason, kept with the case" }
                        input #(field) .field name="reason" required maxlength="2000" autocomplete="off";
                        .row .wrap .gap2 {
                            @if page.may_judge {
                                button .btn .sm .pri type="submit" name="act" value="complete" { "Complete" }
                                button .btn .sm .danger type="submit" name="act" value="fail" { "Fail" }
                            }
                            @if page.may_work {
                                button .btn .sm type="submit" name="act" value="await_customer" { "Wait for customer" }
                                @if step.waivable { button .btn .sm type="submit" name="act" value="waive" { "Go without" } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How the case stands against its promise.
fn pace(shell: &Shell, case: &OnboardingView) -> Markup {
    if case.state != "open" {
        let end = case.ended_at.as_deref().map(|at| shell.clock.exact(at)).unwrap_or_default();
        return note(
            Kind::Info,
            &html! { p { "Ended " (end) " after " (spent(case.net_minutes)) ", " (spent(case.gross_minutes)) " with waiting for the customer." } },
        );
    }
    let left = u64::from(case.budget_minutes).saturating_sub(case.net_minutes);
    let slow = case.steps.iter().filter(|step| !is_settled(step) && step.started_at.is_some());
    let slow = slow.max_by_key(|step| step.spent_minutes);
    let kind = if left == 0 { Kind::Warn } else { Kind::Info };
    note(
        kind,
        &html! {
            p {
                @if case.paused { "The customer is waited for: the clock stands still. " }
                @if left == 0 { "The promise of 4 hours is over." } @else { (spent(left)) " are left of the promise." }
                @if let Some(step) = slow { " Slowest now: " (told(&step.title)) ", " (spent(step.spent_minutes)) "." }
            }
        },
    )
}

/// The two other ways in which a case ends.
fn ends(shell: &Shell, case: &OnboardingView) -> Markup {
    html! {
        section .card aria-labelledby="ends" {
            header { h2 #ends { "End the case" } }
            form .body .stack .t method="post" action=(format!("/onboarding/{}/end", case.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                label .sm .b for="end-reason" { "Reason, kept with the case" }
                input #end-reason .field name="reason" required maxlength="2000" autocomplete="off";
                .row .wrap .gap2 {
                    button .btn type="submit" name="act" value="withdraw" { "Withdrawn by the customer" }
                    button .btn .danger type="submit" name="act" value="kyb_failed" { "Turn down" }
                }
            }
        }
    }
}
