//! Scorecards: the versions with their measures, training, and one of them with its bins.

use kith_api::view::{ScorecardMeasures, ScorecardOrigin, ScorecardVariable, ScorecardView};
use kith_template::{html, say};
use maud::Markup;

use crate::web::clock::date;
use crate::web::number::{count, number};
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, empty, note};
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::t;

/// What was typed into the form of training.
#[derive(Debug, Clone, Default)]
pub struct ScorecardTyped {
    /// The column that tells the outcome.
    pub target: String,
    /// Its value that is bad.
    pub bad: String,
    /// Columns to leave out, by commas.
    pub exclude: String,
    /// What is missing is a bin of its own.
    pub missing_is_a_bin: bool,
}

/// The versions.
#[derive(Debug, Clone, Default)]
pub struct ScorecardsPage {
    /// The last first.
    pub cards: Vec<ScorecardView>,
    /// Whether the reader may train.
    pub may_train: bool,
    /// Whether the reader may propose to put one in force.
    pub may_activate: bool,
    /// Days in which accounts turn out, unless the reader says another number.
    pub outcome_days: u16,
    /// What was typed.
    pub typed: ScorecardTyped,
    /// Why what was sent did not go.
    pub fault: Option<String>,
}

/// The versions, and training.
#[must_use]
pub fn scorecards(shell: &Shell, page: &ScorecardsPage) -> Markup {
    let frame = Frame {
        above: &[(t("Credit"), "/credit")],
        here: t("Scorecards"),
        kind: "credit",
        account: None,
        wide: false,
    };
    let in_force = page.cards.iter().find(|card| card.in_force);
    let content = html! {
        .head {
            .stack .x {
                h1 { "Scorecards" }
                p .muted {
                    @match in_force {
                        Some(card) => { (say!("Version {version} scores how customers pay.", version = card.version)) }
                        None => "The expert card scores how customers pay; a version takes its place once it is put in force.",
                    }
                }
            }
            @if in_force.is_some() && page.may_activate { .push { (activate(shell, "expert", t("Back to the expert card"), "btn")) } }
        }
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p #scorecard-fault { (fault) } })) }
        section .card aria-labelledby="versions" {
            header { h2 #versions { "Versions" } span .sm .muted .push { "the last first" } }
            @if page.cards.is_empty() {
                (empty(Icon::Activity, t("No version yet"), &html! { "Train one from a file of the past, or from the history of your accounts." }))
            } @else { (table(shell, &page.cards)) }
        }
        @if page.may_train { .cols .even { (from_file(shell, &page.typed)) (from_history(shell, page.outcome_days)) } }
    };
    framed(shell, &frame, &content)
}

fn table(shell: &Shell, cards: &[ScorecardView]) -> Markup {
    html! {
        .scroll tabindex="0" role="group" aria-label="Versions" { table .tbl .tight {
            thead { tr { th { "Version" } th { "Trained from" } th .n { "Rows" } th .n { "Bad" } th .n { "AUC" } th .n { "Gini" } th .n { "KS" } th { "Trained" } } }
            tbody { @for card in cards { tr {
                td { a .ul .b href=(format!("/credit/scorecards/{}", card.version)) { (card.version) } " " (state(card)) }
                td { (origin(&card.origin)) }
                td .n .num { (count(card.trained.rows)) }
                td .n .num { (count(card.trained.bad)) }
                td .n .num { (share(card.validated.auc)) }
                td .n .num { (share(card.validated.gini)) }
                td .n .num { (share(card.validated.ks)) }
                td .sm { (trained(shell, card)) }
            } } }
        } }
    }
}

fn state(card: &ScorecardView) -> Markup {
    html! {
        @if card.in_force { span .pill .good { "in force" } }
        @if !card.unknown_columns.is_empty() { span .pill { "files only" } }
        @if card.few_bad { " " span .pill .warn { "few bad rows" } }
    }
}

fn origin(origin: &ScorecardOrigin) -> Markup {
    html! {
        @match (&origin.observed_on, origin.outcome_days) {
            (Some(day), Some(days)) => { "History: looked at on " (date(day)) ", turned out in " (days) " days" }
            _ => { "File" @if let Some(name) = &origin.name { " " (name) } }
        }
    }
}

fn trained(shell: &Shell, card: &ScorecardView) -> Markup {
    html! {
        (shell.clock.age_mark(card.trained_at.as_deref()))
        @if let Some(by) = &card.trained_by { " " span .muted { (by) } }
    }
}

fn share(value: f64) -> String {
    number(value, 3)
}

fn activate(shell: &Shell, version: &str, title: &str, class: &str) -> Markup {
    html! {
        form method="post" action=(format!("/credit/scorecards/{version}/activate")) {
            input type="hidden" name="csrf" value=(shell.csrf);
            button class=(class) type="submit" { (title) }
        }
    }
}

fn from_file(shell: &Shell, typed: &ScorecardTyped) -> Markup {
    html! {
        section .card aria-labelledby="from-file" {
            header { h2 #from-file { "Train from a file" } span .sm .muted { "CSV with a header, one row for each customer of the past" } }
            form #train .body .stack method="post" action="/credit/scorecards" enctype="multipart/form-data" {
                input type="hidden" name="csrf" value=(shell.csrf);
                .stack .t { label .sm .b for="card-file" { "File" } input #card-file type="file" name="file" required accept=".csv,.tsv,.txt"; }
                .stack .t { label .sm .b for="card-target" { "Column that tells how it turned out" } input #card-target .field name="target" required value=(typed.target) autocomplete="off" placeholder="outcome"; }
                .stack .t { label .sm .b for="card-bad" { "Its value that is bad" } input #card-bad .field name="bad" value=(typed.bad) autocomplete="off" placeholder="bad"; span .sm .muted { "Known by its word, such as bad, default, 1 or yes, where you leave it empty." } }
                .stack .t { label .sm .b for="card-exclude" { "Columns to leave out" } input #card-exclude .field name="exclude" value=(typed.exclude) autocomplete="off"; span .sm .muted { "With commas between; such as what was only known afterwards." } }
                label .row .gap1 for="card-missing" { input #card-missing type="checkbox" name="missing" value="bin" checked[typed.missing_is_a_bin]; "What is missing is a bin of its own" }
                .row { button .btn .pri type="submit" { "Train" } }
            }
        }
    }
}

fn from_history(shell: &Shell, outcome_days: u16) -> Markup {
    html! {
        section .card aria-labelledby="from-history" {
            header { h2 #from-history { "Train from history" } span .sm .muted { "how your accounts looked, and turned out" } }
            form #learn .body .stack method="post" action="/credit/scorecards/from-history" {
                input type="hidden" name="csrf" value=(shell.csrf);
                p .sm .muted { "Bad is who had at least 500, or 5 % of the highest exposure, 60 days past due in that time. Who came to 30 to 59 days is left out." }
                .stack .t { label .sm .b for="card-days" { "Days in which accounts turned out" } input #card-days .field .short type="number" name="outcome_days" min="30" max="365" required value=(outcome_days); }
                .row { button .btn type="submit" { "Train" } }
            }
        }
    }
}

/// One version with its bins.
#[must_use]
pub fn scorecard(shell: &Shell, card: &ScorecardView, may_activate: bool) -> Markup {
    let above = &[(t("Credit"), "/credit"), (t("Scorecards"), "/credit/scorecards")];
    let here = say!("Version {version}", version = card.version);
    let frame = Frame { above, here: &here, kind: "credit", account: None, wide: false };
    let content = html! {
        .head {
            .stack .x { h1 { "Scorecard, version " (card.version) " " (state(card)) } p .muted { (origin(&card.origin)) ". " (trained(shell, card)) } }
            @if may_activate && !card.in_force && card.unknown_columns.is_empty() { .push { (activate(shell, &card.version.to_string(), t("Propose to put in force"), "btn pri")) } }
        }
        @if !card.unknown_columns.is_empty() { (note(Kind::Info, &html! { p { "It looks at columns that accounts do not have: it scores files, and never accounts. " (card.unknown_columns.join(", ")) } })) }
        @if card.few_bad { (note(Kind::Warn, &html! { p { "It learned from fewer than 200 bad rows: look at how it does before you rely on it." } })) }
        section .card aria-labelledby="measures" {
            header { h2 #measures { "How well it tells good from bad" } }
            .scroll tabindex="0" role="region" aria-label=(t("Measures of the scorecard")) { table .tbl .tight {
                thead { tr { th { "Judged on" } th .n { "Rows" } th .n { "Bad" } th .n { "AUC" } th .n { "Gini" } th .n { "KS" } th .n { "Brier" } } }
                tbody { (measured(t("Rows it never saw, by cross-validation"), &card.validated)) (measured(t("The rows it learned from"), &card.trained)) }
            } }
            .body { p .sm .muted { "Outcome " b { (card.target) } ", bad is " b { (card.bad) } ". SHA-256 of the rows " code .broken { (card.data_sha256) } } }
        }
        @for variable in &card.variables { (bins(variable)) }
    };
    framed(shell, &frame, &content)
}

fn measured(title: &str, measures: &ScorecardMeasures) -> Markup {
    html! { tr {
        td { (title) }
        td .n .num { (count(measures.rows)) }
        td .n .num { (count(measures.bad)) }
        @for value in [measures.auc, measures.gini, measures.ks, measures.brier] { td .n .num { (share(value)) } }
    } }
}

fn bins(variable: &ScorecardVariable) -> Markup {
    let id = format!(
        "column-{}",
        variable.column.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-")
    );
    html! {
        section .card aria-labelledby=(id) {
            header { h2 id=(id) { (variable.column) } span .sm .muted .push { "coefficient " (share(variable.coefficient)) " · information value " (share(variable.iv)) } }
            .scroll tabindex="0" role="group" aria-labelledby=(id) { table .tbl .tight {
                thead { tr { th { "Value" } th .n { "Good" } th .n { "Bad" } th .n { "Weight of evidence" } th .n { "Points" } } }
                tbody { @for bin in &variable.bins { tr {
                    td { (bin.label) }
                    td .n .num { (count(bin.good)) }
                    td .n .num { (count(bin.bad)) }
                    td .n .num { (share(bin.woe)) }
                    td .n .num { (number(bin.points, 1)) }
                } } }
            } }
        }
    }
}
