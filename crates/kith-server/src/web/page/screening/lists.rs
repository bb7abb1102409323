//! The lists that names are screened against: what is in force, since when, and the way to load another one.

use kith_api::view::{ScreeningListView, SnapshotView};
use kith_template::html;
use maud::Markup;

use crate::web::number::count;
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, empty, note};
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::t;

/// The lists.
#[derive(Debug, Clone, Default)]
pub struct ScreeningListsPage {
    /// The lists, by name.
    pub lists: Vec<ScreeningListView>,
    /// The reader may load and retire lists.
    pub may_load: bool,
    /// The name as it was typed.
    pub name: String,
    /// Why the last file was not taken.
    pub fault: Option<String>,
    /// It was not taken because it has lost much of what is in force: the reader may mean it.
    pub shrunk: bool,
    /// The fault is one of the name.
    pub at_name: bool,
}

/// The page.
#[must_use]
pub fn screening_lists(shell: &Shell, page: &ScreeningListsPage) -> Markup {
    let frame = Frame {
        above: &[(t("Screening"), "/screening")],
        here: t("Lists"),
        kind: "screening",
        account: None,
        wide: false,
    };
    let content = html! {
        .head { .stack .x {
            h1 { "Lists" }
            p .muted { "Sanctions and PEP lists as they are published. Loading one screens every account again." }
        } }
        @if page.may_load { (load(shell, page)) }
        section .card aria-labelledby="lists" {
            header { h2 #lists { "On record" } }
            @if page.lists.is_empty() {
                (empty(Icon::Passed, t("No list yet"), &html! { "No list is in force: nothing is screened." }))
            } @else {
                .scroll tabindex="0" role="region" aria-label="Lists, scrollable" {
                    table .tbl .tight {
                        thead { tr {
                            th scope="col" { "List" } th scope="col" { "State" } th scope="col" .n { "Entries" }
                            th scope="col" { "Files" } th scope="col" { "Loaded" } th scope="col" { span .vh { "What to do" } }
                        } }
                        tbody { @for list in &page.lists { (row(shell, page, list)) } }
                    }
                }
            }
        }
    };
    framed(shell, &frame, &content)
}

fn row(shell: &Shell, page: &ScreeningListsPage, list: &ScreeningListView) -> Markup {
    let earlier = list.history.len();
    html! {
        tr {
            th scope="row" { (list.name) }
            td { @if list.in_force { span .pill .good { "In force" } } @else { span .pill { "Out of force" } } }
            td .n { (count(list.snapshot.entries)) }
            td .sm { (files(&list.snapshot)) }
            td .sm .muted {
                (shell.clock.age_mark(Some(&list.snapshot.loaded_at)))
                @if earlier > 0 {
                    details {
                        summary { "Earlier snapshots" }
                        ul { @for snapshot in &list.history {
                            li { (shell.clock.exact(&snapshot.loaded_at)) ": " (count(snapshot.entries)) " " (files(snapshot)) }
                        } }
                    }
                }
            }
            td {
                @if page.may_load && list.in_force {
                    form method="post" action=(format!("/screening/lists/{}/retire", list.name)) {
                        input type="hidden" name="csrf" value=(shell.csrf);
                        button .btn .sm type="submit" { "Retire" }
                    }
                }
            }
        }
    }
}

fn files(snapshot: &SnapshotView) -> String {
    let told = |file: &kith_api::view::ListFileView| format!("{} ({})", file.name, file.format);
    snapshot.files.iter().map(told).collect::<Vec<_>>().join(", ")
}

fn load(shell: &Shell, page: &ScreeningListsPage) -> Markup {
    html! {
        section .card aria-labelledby="load" {
            header { h2 #load { "Load a list" } }
            form #upload .body .stack method="post" action="/screening/lists" enctype="multipart/form-data" {
                input type="hidden" name="csrf" value=(shell.csrf);
                @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p #list-fault .b { (fault) } })) }
                .stack .t {
                    label .sm .b for="list-name" { "Name of the list" }
                    input #list-name .field .short name="name" value=(page.name) required maxlength="40" autocomplete="off" placeholder="ofac"
                        aria-invalid=[page.at_name.then_some("true")] aria-describedby=[page.at_name.then_some("list-fault")];
                }
                .stack .t {
                    label .sm .b for="list-files" { "Files " span .muted .plain { "OFAC, UN, EU and UK lists, OpenSanctions, or a CSV with id and name; packed with gzip or not" } }
                    input #list-files .field type="file" name="file" required multiple
                        aria-invalid=[(page.fault.is_some() && !page.at_name).then_some("true")]
                        aria-describedby=[(page.fault.is_some() && !page.at_name).then_some("list-fault")];
                }
                @if page.shrunk {
                    label .row { input type="checkbox" name="smaller" value="true"; span .sm { "The list is meant to be so small." } }
                }
                .row { button .btn .pri type="submit" { (Icon::Upload.show()) "Load" } }
            }
        }
    }
}
