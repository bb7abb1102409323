//! Files that became accounts, and the way to bring another one.

use kith_api::view::{ImportLine, MappingView};
use kith_template::html;
use maud::Markup;

use super::super::link::Link;
use super::super::number::{count, words};
use super::super::part::icon::Icon;
use super::super::part::note::{Kind, empty, note};
use super::super::part::pager::pager;
use super::super::part::tone;
use super::super::shell::{Frame, Shell, framed};
use crate::web::words::t;

/// The list of imports, with the upload above it.
#[derive(Debug, Clone, Default)]
pub struct ImportsPage {
    /// Imports, the newest first.
    pub imports: Vec<ImportLine>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// Codes of the legal entities.
    pub entities: Vec<String>,
    /// Saved mappings.
    pub mappings: Vec<MappingView>,
    /// Why the last file was not taken.
    pub fault: Option<String>,
}

/// Systems whose names are known: value of `map` and title.
const SYSTEMS: [(&str, &str); 6] = [
    ("salesforce", "Salesforce"),
    ("hubspot", "HubSpot"),
    ("erpnext", "ERPNext"),
    ("tryton", "Tryton"),
    ("quickbooks", "QuickBooks"),
    ("sap", "SAP"),
];

/// The list of imports.
#[must_use]
pub fn imports(shell: &Shell, page: &ImportsPage) -> Markup {
    let frame = Frame { above: &[], here: t("Imports"), kind: "imports", account: None, wide: false };
    let next = page.next.as_deref().map(|cursor| Link::to("/imports").with("cursor", cursor).done());
    let content = html! {
        .head {
            .stack .x {
                h1 { "Imports" }
                p .muted { "Bring a file of accounts or contacts. It is checked first; nothing is written until a manager agrees." }
            }
        }
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        (upload(shell, page))
        section .card aria-labelledby="brought" {
            header { h2 #brought { "Brought so far" } }
            @if page.imports.is_empty() {
                (empty(Icon::Upload, t("No file yet"), &html! { "What you bring appears here with its report." }))
            } @else {
                .scroll tabindex="0" role="region" aria-label="Imports, scrollable" {
                    table .tbl .tight {
                        thead { tr {
                            th scope="col" { "File" } th scope="col" { "State" } th scope="col" .n { "Rows" }
                            th scope="col" .n { "Created" } th scope="col" .n { "Updated" } th scope="col" .n { "At fault" }
                            th scope="col" { "Brought" }
                        } }
                        tbody { @for import in &page.imports { (line(shell, import)) } }
                    }
                }
            }
        }
        (pager(next.as_deref(), None, t("More")))
    };
    framed(shell, &frame, &content)
}

fn line(shell: &Shell, import: &ImportLine) -> Markup {
    let counts = import.counts;
    let at_fault = if counts.done > 0 { counts.failed } else { counts.invalid };
    html! {
        tr {
            td {
                a .ul href=(format!("/imports/{}", import.id)) { (import.file_name.as_deref().unwrap_or(&import.id)) }
                span .sm .muted { " " (import.format) @if let Some(feed) = &import.feed { ", feed " (feed) } }
            }
            td { span class=(format!("pill {}", tone::of_state(&import.state))) { (words(&import.state)) } }
            td .n { (count(counts.rows)) }
            td .n { (count(counts.created)) }
            td .n { (count(counts.updated)) }
            td .n { (count(at_fault)) }
            td .sm .muted { (shell.clock.age_mark(import.staged_at.as_deref())) }
        }
    }
}

fn upload(shell: &Shell, page: &ImportsPage) -> Markup {
    html! {
        section .card aria-labelledby="bring" {
            header { h2 #bring { "Bring a file" } span .sm .muted { "CSV, XLSX or a QuickBooks list, up to 2 GiB" } }
            form #upload .body .stack method="post" action="/imports" enctype="multipart/form-data" {
                input type="hidden" name="csrf" value=(shell.csrf);
                .drop data-drop {
                    label .b for="file" { (Icon::Upload.show()) " File" }
                    input #file type="file" name="file" required accept=".csv,.tsv,.txt,.xlsx,.iif";
                    span .scripted .sm .muted data-dropped { "or drop it here" }
                }
                .row .wrap .gap4 .up {
                    (choice("map", t("Comes from"), &html! {
                        option value="" { "Found by its headers" }
                        @for (value, title) in SYSTEMS { option value=(value) { (title) } }
                    }))
                    @if !page.mappings.is_empty() {
                        (choice("mapping_id", t("Saved mapping"), &html! {
                            option value="" { "None" }
                            @for mapping in &page.mappings { option value=(mapping.id) { (mapping.name) } }
                        }))
                    }
                    (choice("entity", t("Owned by, where the file does not say"), &html! {
                        option value="" { "As the file says" }
                        @for entity in &page.entities { option value=(entity) { (entity) } }
                    }))
                    (choice("on_duplicate", t("Customers that are on record"), &html! {
                        option value="skip" { "Skip" }
                        option value="update" { "Update" }
                        option value="error" { "Are an error" }
                    }))
                    .stack .t {
                        label .sm .b for="source_system" { "System of the ids" }
                        input #source_system .field .short name="source_system" maxlength="64" placeholder="erp" autocomplete="off";
                    }
                    .stack .t {
                        label .sm .b for="contacts" { "Contacts of these accounts" }
                        input #contacts type="file" name="contacts" multiple accept=".csv,.xlsx";
                    }
                }
                .row { button .btn .pri type="submit" { (Icon::Check.show()) "Check the file" } }
            }
        }
    }
}

/// A choice with its label.
fn choice(name: &str, title: &str, options: &Markup) -> Markup {
    html! {
        .stack .t {
            label .sm .b for=(name) { (title) }
            select #(name) .field name=(name) { (options) }
        }
    }
}
