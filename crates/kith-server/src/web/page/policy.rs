//! Settings of approvals: the policy.

use kith_api::view::{PolicyRow, PolicyView};
use kith_template::html;
use maud::Markup;

use super::settings::{heading, within};
use crate::web::number::words;
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, note};
use crate::web::part::tone;
use crate::web::shell::Shell;
use crate::web::words::{t, word};

/// The packs, and what each does.
const PACKS: [(&str, &str); 2] = [
    (
        "green_minor_edits",
        word("Notes, website, metadata, contact phone and title apply at once; one in twenty is reviewed."),
    ),
    (
        "credit_authority",
        word("Raises of a credit limit alone are approved by amount, from the credit analyst to the CFO."),
    ),
];

/// What the page shows, and what was typed.
#[derive(Debug, Clone, Default)]
pub struct ApprovalsPage {
    /// The policy of the version asked for.
    pub policy: PolicyView,
    /// The policy as JSON, or as it was typed.
    pub rules: String,
    /// The JSON was typed and not taken.
    pub typed: bool,
    /// Whether the reader may propose another one.
    pub may_propose: bool,
    /// The operations that a row can be for.
    pub operations: Vec<String>,
    /// The roles that a step can ask for.
    pub roles: Vec<String>,
    /// Why something was not taken.
    pub fault: Option<String>,
}

/// The page.
#[must_use]
pub fn approvals(shell: &Shell, page: &ApprovalsPage) -> Markup {
    let content = html! {
        (heading(t("Approvals"), t("Which changes wait for whom. Every proposal is itself a change that waits.")))
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        (packs(shell, page))
        (table(shell, page))
        @if page.may_propose { (editor(shell, page)) }
    };
    within(shell, t("Approvals"), &content)
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
                        span .grow .stack .x { b { (words(pack)) } span .sm .muted { (t(about)) } }
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

fn table(shell: &Shell, page: &ApprovalsPage) -> Markup {
    html! {
        section .card aria-labelledby="policy" {
            header { h2 #policy { "Policy" } span .sm .muted .push { "version " (page.policy.version) } }
            .body { p .sm .muted { "Of the rows for one operation the first that holds counts. Every proposal is a red change: Controller and CFO approve it." } }
            ol .list #rows {
                @for (place, row) in page.policy.rules.rows.iter().enumerate() { (line(shell, page, place, row)) }
            }
            @if page.may_propose {
                details .body #new-row {
                    summary .btn .sm { (Icon::Plus.small()) "Add a row" }
                    (row_form(shell, page, None, &PolicyRow { lane: "yellow".to_owned(), ..PolicyRow::default() }))
                }
            }
        }
    }
}

fn steps_of(row: &PolicyRow) -> String {
    let steps = row.steps.iter().map(|step| match step.approvals {
        Some(many) if many > 1 => format!("{many} × {}", words(&step.role)),
        _ => words(&step.role),
    });
    steps.collect::<Vec<_>>().join(t(", then "))
}

fn line(shell: &Shell, page: &ApprovalsPage, place: usize, row: &PolicyRow) -> Markup {
    let steps = steps_of(row);
    html! {
        li .wraps {
            span .grow .row .wrap .base .rule {
                b { (words(&row.operation)) }
                span .sm { @if steps.is_empty() { span .muted { "Nobody approves: it applies at once" } } @else { (steps) } }
                @if let Some(times) = &row.times { span .sm .muted { (times.escalate_minutes) " min a step, " (times.expire_days) " days" } }
                @if let Some(condition) = &row.when { span .sm .muted .broken .whole { "when " code { (condition) } } }
            }
            span class=(format!("pill {}", tone::of_lane(&row.lane))) { (words(&row.lane)) }
            @if page.may_propose {
                details .whole {
                    summary .btn .sm { "Edit" span .vh { " row " (place + 1) ", " (words(&row.operation)) } }
                    (row_form(shell, page, Some(place), row))
                }
            }
        }
    }
}

/// Steps that a row's form has room for.
pub(crate) const STEPS_SHOWN: usize = 4;

/// A row as a form: nothing in it is text that only a program can read, but the condition.
fn row_form(shell: &Shell, page: &ApprovalsPage, place: Option<usize>, row: &PolicyRow) -> Markup {
    let name = place.map_or_else(|| "new".to_owned(), |place| place.to_string());
    let of = |member: &str| format!("row-{name}-{member}");
    html! {
        form .asked .row-form method="post" action="/settings/approvals/rows" {
            input type="hidden" name="csrf" value=(shell.csrf);
            input type="hidden" name="place" value=(place.map(|place| place.to_string()).unwrap_or_default());
            .stack .x {
                label .sm .b for=(of("operation")) { "Operation" }
                select .field id=(of("operation")) name="operation" {
                    @for operation in &page.operations { option value=(operation) selected[*operation == row.operation] { (words(operation)) } }
                }
            }
            .stack .x {
                label .sm .b for=(of("lane")) { "Lane" }
                select .field id=(of("lane")) name="lane" {
                    @for lane in ["green", "yellow", "red"] { option value=(lane) selected[lane == row.lane] { (words(lane)) } }
                }
            }
            .stack .x {
                label .sm .b for=(of("when")) { "Only when " span .muted .plain { "a condition; empty: always" } }
                input .field .mono id=(of("when")) name="when" value=(row.when.as_deref().unwrap_or_default()) maxlength="2000" spellcheck="false" autocomplete="off";
            }
            @for step in 0..STEPS_SHOWN.max(row.steps.len()) { (step_form(page, &of, step, row)) }
            .row .wrap {
                button .btn .pri .sm type="submit" { @if place.is_some() { "Propose this row" } @else { "Propose to add it" } }
                @if place.is_some() {
                    button .btn .sm type="submit" name="move" value="up" { "Propose to move it up" }
                    button .btn .sm .danger type="submit" name="move" value="remove" { "Propose to remove it" }
                }
            }
        }
    }
}

fn step_form(page: &ApprovalsPage, of: &dyn Fn(&str) -> String, step: usize, row: &PolicyRow) -> Markup {
    let held = row.steps.get(step);
    let role = held.map(|held| held.role.as_str()).unwrap_or_default();
    let many = held.and_then(|held| held.approvals).unwrap_or(1);
    let (role_id, many_id) = (of(&format!("role-{step}")), of(&format!("many-{step}")));
    html! {
        .stack .x {
            label .sm .b for=(role_id) { "Step " (step + 1) }
            .row {
                select .field .grow id=(role_id) name=(format!("role.{step}")) {
                    option value="" { "Nobody" }
                    @for known in &page.roles { option value=(known) selected[known == role] { (words(known)) } }
                }
                label .vh for=(many_id) { "How many people in step " (step + 1) }
                input .field .many id=(many_id) type="number" name=(format!("many.{step}")) min="1" max="5" value=(many);
            }
            @if let Some(proof) = held.and_then(|held| held.proof.as_deref()) {
                input type="hidden" name=(format!("proof.{step}")) value=(proof);
                span .sm .muted { "with proof: " (words(proof)) }
            }
        }
    }
}

fn editor(shell: &Shell, page: &ApprovalsPage) -> Markup {
    html! {
        details .card #advanced open[page.typed] {
            summary .body .b { "Advanced: the whole policy as JSON" }
            form .body .stack .t method="post" action="/settings/approvals" {
                input type="hidden" name="csrf" value=(shell.csrf);
                label .sm .muted for="rules" { "The whole policy as JSON. It becomes a red change that Controller and CFO approve." }
                textarea #rules .field name="rules" rows="18" spellcheck="false" { (page.rules) }
                button .btn .pri type="submit" { "Propose" }
            }
        }
    }
}
