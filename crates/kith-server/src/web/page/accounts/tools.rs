//! Columns, export and saved views.

use kith_template::{html, say};
use maud::Markup;

use super::address::Address;
use super::{AccountsPage, Column};
use crate::web::link::Link;
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, note};
use crate::web::shell::Shell;
use crate::web::words::{t, told};

/// The buttons beside the title.
pub(super) fn tools(shell: &Shell, page: &AccountsPage) -> Markup {
    html! {
        (columns(shell, page))
        (export(page))
        (save(shell, page))
        @if page.may_create {
            a .btn .pri href="/accounts/new" data-key="c" { (Icon::Plus.show()) "New account" kbd aria-hidden="true" { "C" } }
        }
    }
}

/// That the open view is not what is shown, and both ways out of that.
pub(super) fn changed(shell: &Shell, page: &AccountsPage) -> Markup {
    let Some(view) = page.view.as_ref().filter(|_| page.changed) else { return html! {} };
    html! {
        div #view-changed { (note(Kind::Info, &html! {
            form .row .wrap method="post" action="/views" {
                input type="hidden" name="csrf" value=(shell.csrf);
                (Address::of(page).hidden(&["view"]))
                input type="hidden" name="columns" value=(written(page));
                span .grow { b { "Changed. " } "This is not what the view holds." }
                @if view.own {
                    input type="hidden" name="id" value=(view.id);
                    input type="hidden" name="name" value=(view.name);
                    button .btn .pri .sm type="submit" { "Save" }
                }
                a .btn .sm href=(Link::to("/accounts").always("view", &view.id).done()) { "Undo" }
            }
        })) }
    }
}

/// The columns as an address and a form have them: `name:240,health,tier:96`.
pub(super) fn written(page: &AccountsPage) -> String {
    let one = |id: &str, width: Option<u16>| match width {
        Some(width) => format!("{id}:{width}"),
        None => id.to_owned(),
    };
    let name = page.name_width.map(|width| one("name", Some(width)));
    let rest = page.columns.iter().map(|column| one(&column.id, column.width));
    name.into_iter().chain(rest).collect::<Vec<_>>().join(",")
}

/// Which columns, in which order, how wide: kept for the reader, or shown as a change of the open view.
fn columns(shell: &Shell, page: &AccountsPage) -> Markup {
    let address = Address::of(page);
    html! {
        details .menu .down .desk #columns {
            summary .btn { (Icon::Columns.show()) "Columns" }
            form .panel .wide method="post" action="/views/columns" {
                input type="hidden" name="csrf" value=(shell.csrf);
                (address.hidden(&["cols"]))
                table .tbl .tight {
                    caption .vh { "Columns of the list" }
                    thead { tr { th scope="col" { "Shown" } th scope="col" { "Place" } th scope="col" { "Width" } } }
                    tbody { @for (at, column) in page.columns.iter().enumerate() { (chosen(at, column)) } }
                }
                @if !page.fields.is_empty() {
                    label .sm .b for="add-column" { "Add a column" }
                    select #add-column .field name="add" {
                        option value="" { "none" }
                        @for field in &page.fields { option value=(field.id) { (told(&field.title)) } }
                    }
                }
                .row .wrap {
                    button .btn .pri .sm type="submit" { "Apply" }
                    button .btn .sm type="submit" name="reset" value="true" { "As it came" }
                    span .sm .muted { @if page.view.is_some() { "Shown until you save the view." } @else { "Kept for you." } }
                }
            }
        }
    }
}

fn chosen(at: usize, column: &Column) -> Markup {
    let title = told(&column.title);
    html! {
        tr {
            td { label .row { input type="checkbox" name=(format!("on.{}", column.id)) value="1" checked; (title) } }
            td { input .field .many type="number" min="1" max="40" name=(format!("at.{}", column.id)) value=(at + 1) aria-label=(say!("Place of {title}")); }
            td { input .field .many type="number" min="48" max="800" name=(format!("wide.{}", column.id)) value=[column.width] placeholder="auto" aria-label=(say!("Width of {title} in pixels")); }
        }
    }
}

/// The list as a file, all of it, with the columns that are shown.
fn export(page: &AccountsPage) -> Markup {
    let address = Address::of(page);
    let files = [
        ("csv", Icon::Document, "CSV"),
        ("xlsx", Icon::Columns, t("Excel")),
        ("jsonl", Icon::Code, t("JSON lines")),
    ];
    html! {
        @if page.error.is_none() {
            details .menu .down .desk {
                summary .btn { (Icon::Download.show()) "Export" }
                .panel {
                    @for (format, icon, title) in files {
                        a .btn .ghost href=(address.at(&format!("/accounts/export/{format}"))) download data-export { (icon.show()) (title) }
                    }
                    p .sm .muted data-export-state role="status" hidden {}
                }
            }
        }
    }
}

/// A view is a name for the state of the list.
fn save(shell: &Shell, page: &AccountsPage) -> Markup {
    let view = page.view.as_ref();
    html! {
        details .menu .down {
            summary .btn { (Icon::Bookmark.show()) "Save view" }
            form .panel method="post" action="/views" {
                input type="hidden" name="csrf" value=(shell.csrf);
                (Address::of(page).hidden(&["view"]))
                input type="hidden" name="columns" value=(written(page));
                label .sm .b for="view-name" { "Name" }
                input #view-name .field name="name" required maxlength="80" value=(view.map_or("", |view| &view.name));
                label .sm .b for="view-for" { "Who sees it" }
                select #view-for .field name="for" {
                    option value="" { "Only me" }
                    @for (code, name) in &page.teams { option value=(format!("team:{code}")) { "My team " (name) } }
                    option value="everybody" { "Everybody" }
                }
                label .row .sm { input type="checkbox" name="pinned" value="true" checked; "Pinned in the navigation" }
                span .row {
                    button .btn .pri .sm type="submit" { "Save as new" }
                    a .btn .sm href="/views" { "All views" }
                }
            }
        }
    }
}
