//! One import: checked, approved, carried out, undone.

mod report;
mod target;

use std::collections::HashMap;

use kith_api::view::{ImportView, RowFault};
use kith_template::html;
use maud::Markup;

use super::super::number::{count, words};
use super::super::part::icon::Icon;
use super::super::part::note::{Kind, note};
use super::super::part::tone;
use super::super::shell::{Frame, Shell, framed};
use crate::web::words::{t, told, word};

/// One import.
#[derive(Debug, Clone, Default)]
pub struct ImportPage {
    /// The import, with its first faults.
    pub import: ImportView,
    /// The faults of this page.
    pub faults: Vec<RowFault>,
    /// `level` of the address; empty for every fault.
    pub level: String,
    /// Cursor of the next page of faults.
    pub next: Option<String>,
    /// The fields that a column can give.
    pub fields: Vec<String>,
    /// Codes of the legal entities.
    pub entities: Vec<String>,
    /// What custom fields are called, by their name.
    pub labels: HashMap<String, String>,
    /// The reader sees changes.
    pub may_decide: bool,
    /// Why the last act was not done.
    pub fault: Option<String>,
}

impl ImportPage {
    fn is_open(&self) -> bool {
        self.import.state == "validated"
    }

    fn href(&self) -> String {
        format!("/imports/{}", self.import.id)
    }
}

/// The steps on the way: title, and the states in which it is the present one.
const STEPS: [(&str, &[&str]); 5] = [
    (word("Upload"), &[]),
    (word("Map"), &[]),
    (word("Check"), &["validated"]),
    (word("Approve"), &["waiting"]),
    (word("Done"), &["running", "reverting"]),
];

/// One import.
#[must_use]
pub fn import(shell: &Shell, page: &ImportPage) -> Markup {
    let name = page.import.file_name.as_deref().unwrap_or(&page.import.id);
    let frame = Frame {
        above: &[(t("Imports"), "/imports")],
        here: name,
        kind: "import",
        account: None,
        wide: false,
    };
    let content = html! {
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        #parts data-parts=(format!("{}/live", page.href())) data-import=(page.import.id) .stack { (parts(shell, page)) }
        .cols .ab {
            .stack { (report::faults(shell, page)) }
            .stack { (report::pairs(shell, page)) }
        }
        (report::columns(shell, page))
    };
    framed(shell, &frame, &content)
}

/// The parts that follow the import while it runs.
#[must_use]
pub fn import_live(shell: &Shell, page: &ImportPage) -> Markup {
    parts(shell, page)
}

fn parts(shell: &Shell, page: &ImportPage) -> Markup {
    html! {
        section #import-head data-part { (head(shell, page)) }
        section #import-result data-part .stack { (result(page)) }
        section #import-summary .card data-part aria-label="Summary" { (summary(shell, page)) }
    }
}

fn head(shell: &Shell, page: &ImportPage) -> Markup {
    let import = &page.import;
    let rows = count(import.counts.rows);
    let title = match import.state.as_str() {
        "validated" => t("Check the import"),
        "waiting" => t("Waits for approval"),
        "running" => t("Being imported"),
        "finished" => t("Imported"),
        "reverting" => t("Being undone"),
        "reverted" => t("Undone"),
        _ => t("Stopped"),
    };
    let now = STEPS.iter().position(|(_, states)| states.contains(&import.state.as_str()));
    html! {
        .head {
            .stack .x {
                h1 { (title) }
                p .muted {
                    (import.file_name.as_deref().unwrap_or(t("The file"))) ", " (rows) " rows. "
                    @if page.is_open() { "Nothing is written until you say so." }
                    @else { span class=(format!("pill {}", tone::of_state(&import.state))) { (words(&import.state)) } }
                }
            }
            ol .steps .push .desk aria-label="The way of an import" {
                @for (place, (step, _)) in STEPS.iter().enumerate() {
                    @let done = now.is_none_or(|now| place < now);
                    li .done[done] .now[now == Some(place)] aria-current=[(now == Some(place)).then_some("step")] {
                        span .n { @if done { (Icon::Check.small()) } @else { (place + 1) } }
                        (t(step))
                    }
                }
            }
            (acts(shell, page))
        }
    }
}

/// What can be done now.
fn acts(shell: &Shell, page: &ImportPage) -> Markup {
    let import = &page.import;
    let ready = import.counts.valid;
    html! {
        @if page.is_open() && ready > 0 && !import.options.validate_only {
            form method="post" action=(format!("{}/execute", page.href())) {
                input type="hidden" name="csrf" value=(shell.csrf);
                button #send .btn .pri type="submit" { "Send " (count(ready)) " rows" span .hide-s { " for approval" } }
            }
        }
        @if let Some(change) = import.change.as_ref().filter(|_| page.may_decide) {
            a .btn href=(format!("/changes/{change}")) { (Icon::Changes.show()) "Open the change" }
        }
        @if matches!(import.state.as_str(), "finished" | "failed") && import.counts.created + import.counts.updated > 0 {
            form method="post" action=(format!("{}/revert", page.href())) {
                input type="hidden" name="csrf" value=(shell.csrf);
                button #undo .btn .danger type="submit" { (Icon::Undo.show()) "Undo" }
            }
        }
    }
}

/// How far it came, and what came of it.
fn result(page: &ImportPage) -> Markup {
    let import = &page.import;
    let counts = import.counts;
    html! {
        @if let Some(failure) = &import.failure { (note(Kind::Bad, &html! { p .b { (failure) } })) }
        @if matches!(import.state.as_str(), "running" | "finished" | "failed" | "reverting" | "reverted") {
            .card {
                .body .stack .t {
                    p role="status" {
                        b .num { (count(counts.done)) } " of " (count(counts.rows)) " rows done: "
                        b .num { (count(counts.created)) } " created, "
                        b .num { (count(counts.updated)) } " updated, "
                        b .num { (count(counts.skipped)) } " left alone, "
                        b .num .bad[counts.failed > 0] { (count(counts.failed)) } " failed"
                    }
                    (bar(&[("kg", counts.created + counts.updated), ("k4", counts.skipped), ("kb", counts.failed)], counts.rows))
                    @if let Some(revert) = &import.revert {
                        p {
                            "Undone: " b .num { (count(revert.removed)) } " removed, "
                            b .num { (count(revert.restored)) } " as before, "
                            b .num { (count(revert.kept)) } " kept as they are"
                        }
                        @for reason in revert.reasons.iter().take(20) {
                            p .sm .muted {
                                "Row " (reason.row) ": " (told(&reason.message)) " "
                                a .ul href=(format!("/accounts/{}", reason.account)) { "Open the account" }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn summary(shell: &Shell, page: &ImportPage) -> Markup {
    let import = &page.import;
    let counts = import.counts;
    let same = counts.duplicates.min(counts.valid);
    let warned = counts.warned.min(counts.valid.saturating_sub(same));
    let ready = counts.valid.saturating_sub(same).saturating_sub(warned);
    let shares = [
        ("kg", ready, t("ready")),
        ("kw", warned, t("with warnings")),
        ("k1", same, t("on record already")),
        ("kb", counts.invalid, t("with errors")),
    ];
    let choices =
        [("skip", t("Skip duplicates")), ("update", t("Update them")), ("error", t("Stop on them"))];
    html! {
        .body .stack .t {
            .row .wrap .gap4 {
                @for (class, number, title) in shares {
                    span .row { span class=(format!("sw {class}")) {} b .num { (count(number)) } " " (title) }
                }
                @if page.is_open() {
                    form .push .row .wrap .sm .muted method="post" action=(format!("{}/columns", page.href())) {
                        input type="hidden" name="csrf" value=(shell.csrf);
                        @for (value, title) in choices {
                            label .row {
                                input type="radio" name="on_duplicate" value=(value) checked[import.options.on_duplicate == value];
                                (title)
                            }
                        }
                        label .row for="entity" {
                            span { "Owned by, where the file does not say" }
                            select #entity .field name="entity" {
                                @let held = import.options.entity.as_deref().unwrap_or_default();
                                option value="" selected[held.is_empty()] { "As the file says" }
                                @for code in &page.entities { option value=(code) selected[code == held] { (code) } }
                            }
                        }
                        button .btn .sm type="submit" { "Check again" }
                    }
                }
            }
            (bar(&shares.map(|(class, number, _)| (class, number)), counts.rows))
        }
    }
}

/// Shares of a whole, drawn beside each other.
fn bar(shares: &[(&str, u64)], whole: u64) -> Markup {
    let mut from = 0;
    let parts: Vec<(&str, u64, u64)> = shares
        .iter()
        .map(|(class, number)| {
            let width = number.saturating_mul(1_000).checked_div(whole).unwrap_or_default();
            let width = if *number > 0 { width.max(4) } else { 0 };
            let at = from;
            from += width;
            (*class, at, width)
        })
        .collect();
    html! {
        svg .meter .tall viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true" {
            @for (class, at, width) in parts {
                rect class=(class) x=(at) y="0" width=(width) height="1" {}
            }
        }
    }
}
