//! The report of a check: rows at fault, customers that may be the same, what the columns became.

use kith_api::view::{ImportColumn, ImportPair, RowFault};
use kith_template::{html, plural};
use maud::Markup;

use super::super::super::link::Link;
use super::super::super::number::{count, percent, words};
use super::super::super::part::icon::Icon;
use super::super::super::part::note::empty;
use super::super::super::part::pager::pager;
use super::super::super::shell::Shell;
use super::ImportPage;
use super::target::target;
use crate::web::words::{t, told, word};

/// Pairs listed.
const PAIRS: usize = 25;

/// The levels that the faults can be narrowed to: value of `level` and title.
const LEVELS: [(&str, &str); 6] = [
    ("", word("All errors")),
    ("field", word("Field")),
    ("reference", word("Reference")),
    ("rule", word("Rule")),
    ("duplicate", word("Duplicate")),
    ("warning", word("Warnings")),
];

/// Rows at fault, by level.
pub(super) fn faults(shell: &Shell, page: &ImportPage) -> Markup {
    let import = &page.import;
    let to = |level: &str| Link::to(&page.href()).with("level", level);
    let kinds = import.codes.len();
    let next = page.next.as_deref().map(|cursor| to(&page.level).with("cursor", cursor).done());
    html! {
        section .card aria-labelledby="faults" {
            header .wrap {
                h2 #faults { "Rows with errors" }
                span .sm .muted { (count(import.counts.invalid)) " rows, " (kinds) " kinds" }
                a .btn .sm .push href=(format!("{}/errors.csv", page.href())) download="" { (Icon::Download.small()) "Error file" }
            }
            .body {
                nav .seg aria-label="Show" {
                    @for (level, title) in LEVELS {
                        @let number = import.levels.get(level).copied();
                        @if level.is_empty() || number.is_some() {
                            a href=(to(level).done()) aria-current=[(page.level == level).then_some("true")] {
                                (t(title)) @if let Some(number) = number { " " span .num { (count(number)) } }
                            }
                        }
                    }
                }
            }
            @if page.faults.is_empty() {
                (empty(Icon::Passed, t("Nothing here"), &html! { "No row has a fault of this kind." }))
            } @else {
                .scroll tabindex="0" role="region" aria-label="Error rows, scrollable" {
                    table .tbl .tight #fault-rows {
                        thead { tr {
                            th scope="col" .n { "Row" } th scope="col" { "Problem" } th scope="col" { "In file" }
                            th scope="col" { "Meant, perhaps" }
                        } }
                        tbody { @for fault in &page.faults { (row(shell, page, fault)) } }
                    }
                }
            }
            .foot-pager { (pager(next.as_deref(), None, t("More"))) }
        }
    }
}

fn row(shell: &Shell, page: &ImportPage, fault: &RowFault) -> Markup {
    let tone = if fault.level == "warning" { "sm warn" } else { "sm bad" };
    html! {
        tr {
            td .n .muted { (fault.row) }
            td { (place(page, fault)) br; span class=(tone) { (told(&fault.message)) } }
            td { @if !fault.value.is_empty() { del .mono .sm .gone { (fault.value) } } }
            td { @if let Some(meant) = &fault.suggestion { (suggestion(shell, page, fault, meant)) } }
        }
    }
}

/// The column at fault as the file calls it; a field that no column gives, as people call it.
fn place(page: &ImportPage, fault: &RowFault) -> String {
    let column = fault.column.as_str();
    match page.import.mapping.iter().any(|known| known.column == column) {
        _ if column.is_empty() => t("Row").to_owned(),
        true => column.to_owned(),
        false if page.fields.iter().any(|known| known == column) => target(page, column),
        false => column.to_owned(),
    }
}

/// What was meant, perhaps, and the button that takes it for every row with this value.
fn suggestion(shell: &Shell, page: &ImportPage, fault: &RowFault, meant: &str) -> Markup {
    let column = page.import.mapping.iter().find(|column| column.column == fault.column);
    let field = column.and_then(|column| column.field.as_deref()).filter(|_| page.is_open());
    html! {
        @if let Some(field) = field.filter(|_| !fault.value.is_empty()) {
            form .row .wrap method="post" action=(format!("{}/columns", page.href())) {
                input type="hidden" name="csrf" value=(shell.csrf);
                input type="hidden" name="field" value=(field);
                input type="hidden" name="value" value=(fault.value);
                input type="hidden" name="instead" value=(meant);
                span .mono .sm { (meant) }
                button .btn .sm type="submit" { "Use instead" }
            }
        } @else { span .mono .sm { (meant) } }
    }
}

/// Rows that repeat each other, or an account.
pub(super) fn pairs(shell: &Shell, page: &ImportPage) -> Markup {
    let pairs = &page.import.duplicates;
    // A row whose only fault is that it repeats another was compared.
    let repeats = page.import.levels.get("duplicate").copied().unwrap_or_default();
    let skipped = page.import.counts.invalid.saturating_sub(repeats);
    html! {
        section .card aria-labelledby="pairs" {
            header { h2 #pairs { "Same customer?" } span .sm .muted { (count(u64::try_from(pairs.len()).unwrap_or(u64::MAX))) } }
            @if skipped > 0 {
                .body .stack .t {
                    p .warn .b { (plural!(skipped, "{n} row was not compared because of its faults.", "{n} rows were not compared because of their faults.")) }
                    p .sm .muted { "What repeats another is found once the faults are mended." }
                }
            }
            @if pairs.is_empty() && skipped == 0 {
                (empty(Icon::Passed, t("None"), &html! { "No row repeats another, or an account on record." }))
            } @else if !pairs.is_empty() {
                ul .list { @for pair in pairs.iter().take(PAIRS) { (pair_line(shell, page, pair)) } }
            }
        }
    }
}

fn pair_line(shell: &Shell, page: &ImportPage, pair: &ImportPair) -> Markup {
    html! {
        li .wrap {
            span .grow { "Row " b .num { (pair.row) }
                @if pair.of.starts_with("acc_") { " and " a .ul href=(format!("/accounts/{}", pair.of)) { "an account on record" } }
                @else if !pair.of.is_empty() { " and " (pair.of) }
            }
            (likeness(pair))
            @if page.is_open() && !pair.exact { (decision(shell, page, pair)) }
            @if !pair.waterfall.is_empty() { (why(pair)) }
        }
    }
}

/// How sure it is, or what was decided.
fn likeness(pair: &ImportPair) -> Markup {
    html! {
        @match (pair.decision.as_deref(), pair.probability) {
            (Some("skip"), _) => { span .pill { "left out" } }
            (Some("create"), _) => { span .pill .acc { "another customer" } }
            (Some(_), _) => { span .pill .acc { "updates the account" } }
            (None, Some(chance)) => {
                span class=(if chance >= 0.99 { "pill bad" } else { "pill warn" }) {
                    (percent((chance * 1_000.0).floor() / 1_000.0))
                }
            }
            (None, None) if pair.exact => { span .pill .acc { "same " (words(&pair.by).to_lowercase()) } }
            (None, None) => { span .pill .warn { "names alike" } }
        }
    }
}

/// The decision for one row.
fn decision(shell: &Shell, page: &ImportPage, pair: &ImportPair) -> Markup {
    let account = Some(pair.of.as_str()).filter(|of| of.starts_with("acc_"));
    let id = format!("decision-{}", pair.row);
    html! {
        form .row method="post" action=(format!("{}/columns", page.href())) {
            input type="hidden" name="csrf" value=(shell.csrf);
            input type="hidden" name="row" value=(pair.row);
            label .vh for=(id) { "Decision for row " (pair.row) }
            select #(id) .field .short name="decision" {
                option value="skip" selected[pair.decision.as_deref() == Some("skip")] { "Leave the row out" }
                @if let Some(account) = account { option value=(account) selected[pair.decision.as_deref() == Some(account)] { "Update that account" } }
                option value="create" selected[pair.decision.as_deref() == Some("create")] { "Create anyway" }
            }
            button .btn .sm type="submit" { "Decide" }
        }
    }
}

/// What each comparison added.
fn why(pair: &ImportPair) -> Markup {
    html! {
        details .sm {
            summary { "Why" }
            table .tbl .tight {
                thead { tr { th scope="col" { "Field" } th scope="col" { "Row" } th scope="col" { "Other" } th scope="col" .n { "Bits" } } }
                tbody {
                    @for step in &pair.waterfall {
                        tr {
                            td { (words(&step.field)) br; span .muted { (step.level) } }
                            td { (step.left) } td { (step.right) }
                            td .n { (format!("{:+.1}", step.weight)) }
                        }
                    }
                }
            }
        }
    }
}

/// What each column became; while nothing is submitted it can be changed.
pub(super) fn columns(shell: &Shell, page: &ImportPage) -> Markup {
    let import = &page.import;
    let known = import.mapping.iter().filter(|column| column.field.is_some()).count();
    let open = page.is_open();
    html! {
        section .card aria-labelledby="columns" {
            form method="post" action=(format!("{}/columns", page.href())) {
                input type="hidden" name="csrf" value=(shell.csrf);
                header .row .wrap {
                    h2 #columns { "Columns" }
                    span .sm .muted { (known) " of " (import.mapping.len()) " matched by name and by content" }
                    @if open {
                        span .push .row .wrap {
                            label .vh for="mapping-name" { "Name of the mapping" }
                            input #mapping-name .field .short name="name" maxlength="100" placeholder="Name" autocomplete="off";
                            button .btn .sm type="submit" formaction=(format!("{}/mapping", page.href())) { "Save as template" }
                            button #apply .btn .sm .pri type="submit" { "Read it this way" }
                        }
                    }
                }
                .scroll tabindex="0" role="region" aria-label="Column mapping" {
                    table .tbl .tight {
                        thead { tr {
                            th scope="col" { "In file" } th scope="col" { "Goes to" } th scope="col" { "How sure" } th scope="col" { "Example" }
                        } }
                        tbody { @for (place, column) in import.mapping.iter().enumerate() { (column_row(page, place, column, open)) } }
                    }
                }
            }
        }
    }
}

fn column_row(page: &ImportPage, place: usize, column: &ImportColumn, open: bool) -> Markup {
    let field = column.field.as_deref().unwrap_or_default();
    let id = format!("field-{place}");
    let own = !field.is_empty() && !page.fields.iter().any(|known| known == field);
    html! {
        tr {
            td .mono .sm { (column.column) }
            td {
                @if open {
                    input type="hidden" name=(format!("column-{place}")) value=(column.column);
                    label .vh for=(id) { "Field for " (column.column) }
                    select #(id) .field name=(id) {
                        option value="" selected[field.is_empty()] { "leave out" }
                        @if own { option value=(field) selected { (target(page, field)) } }
                        @for known in &page.fields { option value=(known) selected[*known == field] { (target(page, known)) } }
                    }
                } @else if field.is_empty() { span .muted { "left out" } } @else { b { (target(page, field)) } }
            }
            td { (sureness(column)) }
            td .sm .muted .trunc { (column.samples.first().map_or("", String::as_str)) }
        }
    }
}

fn sureness(column: &ImportColumn) -> Markup {
    html! {
        @if column.field.is_none() { span .pill { "not mapped" } }
        @else if column.confidence >= 0.99 { span .pill .good { "exact" } }
        @else if column.confidence >= 0.8 { span .pill .info { "by name" } }
        @else { span .pill .warn { "guessed, please confirm" } }
    }
}
