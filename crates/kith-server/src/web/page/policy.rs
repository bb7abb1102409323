//! Settings of approvals: the policy, and who decides for whom.

use kith_api::view::{DelegationView, PolicyRow, PolicyView};
use maud::{Markup, html};

use crate::web::number::words;
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, empty, note};
use crate::web::part::tone;
use crate::web::shell::{Frame, Shell, framed};

/// The packs, and what each does.
const PACKS: [(&str, &str); 2] = [
    (
        "green_minor_edits",
        "Notes, website, metadata, contact phone and title apply at once; one in twenty is reviewed.",
    ),
    (
        "credit_authority",
        "Raises of a credit limit alone are approved by amount, from the credit analyst to the CFO.",
    ),
];

/// What the page shows, and what was typed.
#[derive(Debug, Clone, Default)]
pub struct ApprovalsPage {
    /// The policy of the version asked for.
    pub policy: PolicyView,
    /// The policy as JSON, or as it was typed.
    pub rules: String,
    /// Whether the reader may propose another one.
    pub may_propose: bool,
    /// Whether the reader may delegate.
    pub may_delegate: bool,
    /// The delegations that the reader sees.
    pub delegations: Vec<DelegationView>,
    /// Why something was not taken.
    pub fault: Option<String>,
}

/// The page.
#[must_use]
pub fn approvals(shell: &Shell, page: &ApprovalsPage) -> Markup {
    let above = [("Changes", "/changes")];
    let frame = Frame { above: &above, here: "Approvals", kind: "approvals", account: None, wide: false };
    let content = html! {
        .head { .stack .x { h1 { "Approvals" } p .muted { "Who approves what, and who decides for whom." } } }
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        (delegations(shell, page))
        (packs(shell, page))
        (table(page))
        @if page.may_propose { (editor(shell, page)) }
    };
    framed(shell, &frame, &content)
}

fn delegations(shell: &Shell, page: &ApprovalsPage) -> Markup {
    html! {
        section .card aria-labelledby="delegations" {
            header { h2 #delegations { "Delegations" } }
            @if page.delegations.is_empty() {
                (empty(Icon::Passed, "Nobody decides for anybody", &html! { "A delegation lasts 30 days at most." }))
            } @else {
                ul .list {
                    @for one in &page.delegations {
                        li {
                            span .pill { (words(&one.state)) }
                            span .grow .stack .x {
                                b { (one.to_name.as_deref().unwrap_or("Somebody")) " for " (one.from_name.as_deref().unwrap_or("somebody")) }
                                span .sm .muted {
                                    (shell.clock.exact(&one.starts)) " to " (shell.clock.exact(&one.ends))
                                    @if !one.operations.is_empty() { " · " (one.operations.join(", ")) }
                                    @if let Some(cap) = &one.amount_cap { " · up to " (cap.amount) " " (cap.currency) }
                                }
                            }
                            @if matches!(one.state.as_str(), "active" | "planned") {
                                form method="post" action=(format!("/delegations/{}/end", one.id)) {
                                    input type="hidden" name="csrf" value=(shell.csrf);
                                    button .btn .sm type="submit" { "End" }
                                }
                            }
                        }
                    }
                }
            }
            @if page.may_delegate {
                form .body .row .wrap method="post" action="/delegations" {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    label .vh for="delegate" { "Address of who decides for you" }
                    input #delegate .field name="to" type="email" required placeholder="Address of who decides for you" autocomplete="off";
                    label .sm .muted for="delegate-ends" { "until" }
                    input #delegate-ends .field .short name="ends" type="date" required;
                    button .btn type="submit" { "Delegate" }
                }
            }
        }
    }
}

fn packs(shell: &Shell, page: &ApprovalsPage) -> Markup {
    html! {
        section .card aria-labelledby="packs" {
            header { h2 #packs { "Policy packs" } }
            ul .list {
                @for (pack, about) in PACKS {
                    @let on = page.policy.rules.packs.iter().any(|held| held == pack);
                    li {
                        span .pill .good[on] { @if on { "On" } @else { "Off" } }
                        span .grow .stack .x { b { (words(pack)) } span .sm .muted { (about) } }
                        @if page.may_propose {
                            form method="post" action="/settings/approvals/packs" {
                                input type="hidden" name="csrf" value=(shell.csrf);
                                input type="hidden" name="pack" value=(pack);
                                button .btn .sm type="submit" { @if on { "Propose to switch off" } @else { "Propose to switch on" } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn table(page: &ApprovalsPage) -> Markup {
    html! {
        section .card aria-labelledby="policy" {
            header { h2 #policy { "Policy" } span .sm .muted .push { "version " (page.policy.version) } }
            .scroll tabindex="0" role="region" aria-label="Who approves what" {
                table .diff {
                    thead { tr { th scope="col" { "Operation" } th scope="col" { "Lane" } th scope="col" { "Approved by" } th scope="col" { "Within" } } }
                    tbody { @for row in &page.policy.rules.rows { (line(row)) } }
                }
            }
        }
    }
}

fn line(row: &PolicyRow) -> Markup {
    let steps = row.steps.iter().map(|step| match step.approvals {
        Some(many) if many > 1 => format!("{many} × {}", words(&step.role)),
        _ => words(&step.role),
    });
    let steps: Vec<String> = steps.collect();
    html! {
        tr {
            th scope="row" {
                (words(&row.operation))
                @if let Some(condition) = &row.when { span .sm .muted .broken { " when " code { (condition) } } }
            }
            td { span class=(format!("pill {}", tone::of_lane(&row.lane))) { (words(&row.lane)) } }
            td { @if steps.is_empty() { span .muted { "nobody" } } @else { (steps.join(", then ")) } }
            td .sm .muted {
                @match &row.times {
                    Some(times) => { (times.escalate_minutes) " min a step, " (times.expire_days) " days" },
                    None => "times of its lane",
                }
            }
        }
    }
}

fn editor(shell: &Shell, page: &ApprovalsPage) -> Markup {
    html! {
        details .card open[page.fault.is_some()] {
            summary .body .b { "Propose another policy" }
            form .body .stack .t method="post" action="/settings/approvals" {
                input type="hidden" name="csrf" value=(shell.csrf);
                label .sm .muted for="rules" { "The whole policy as JSON. It becomes a red change that Controller and CFO approve." }
                textarea #rules .field name="rules" rows="18" spellcheck="false" { (page.rules) }
                button .btn .pri type="submit" { "Propose" }
            }
        }
    }
}
