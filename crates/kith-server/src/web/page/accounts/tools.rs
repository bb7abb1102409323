//! Columns, export and saved views.

use kith_template::{html, say};
use maud::Markup;

use super::AccountsPage;
use super::address::Address;
use crate::web::part::icon::Icon;
use crate::web::shell::Shell;
use crate::web::words::{t, told};

/// The buttons beside the title.
pub(super) fn tools(shell: &Shell, page: &AccountsPage) -> Markup {
    html! {
        (columns(page))
        (export(page))
        (save(shell, page))
    }
}

/// Adds one column (member `add`, a field id) and takes others away.
fn columns(page: &AccountsPage) -> Markup {
    let address = Address::of(page);
    html! {
        @if !page.fields.is_empty() || !page.columns.is_empty() {
            details .menu .down .desk {
                summary .btn { (Icon::Columns.show()) "Columns" }
                .panel {
                    @for column in &page.columns {
                        .row {
                            span .grow { (told(&column.title)) }
                            a .btn .sm .ghost href=(without(&address, &column.id)) aria-label=(say!("Remove column {title}", title = told(&column.title))) {
                                (Icon::Close.small())
                            }
                        }
                    }
                    @if !page.fields.is_empty() {
                        form .stack .t method="get" action="/accounts" {
                            (address.hidden(&[]))
                            label .sm .b for="add-column" { "Add a column" }
                            select #add-column .field name="add" {
                                @for field in &page.fields { option value=(field.id) { (told(&field.title)) } }
                            }
                            span .row { button .btn .pri .sm type="submit" { "Add" } }
                        }
                    }
                }
            }
        }
    }
}

/// The list as a file, all of it, with the columns that are shown.
fn export(page: &AccountsPage) -> Markup {
    let address = Address::of(page);
    html! {
        @if page.error.is_none() {
            details .menu .down .desk {
                summary .btn { (Icon::Download.show()) "Export" }
                .panel {
                    @for (format, title) in [("csv", "CSV"), ("xlsx", t("Excel")), ("jsonl", t("JSON lines"))] {
                        a .btn .ghost href=(address.at(&format!("/accounts/export/{format}"))) download { (title) }
                    }
                }
            }
        }
    }
}

fn without(address: &Address<'_>, column: &str) -> String {
    let rest: Vec<&str> = address.columns.split(',').filter(|id| *id != column).collect();
    Address { columns: rest.join(","), ..address.clone() }.href()
}

/// A view is a name for the state of the list.
fn save(shell: &Shell, page: &AccountsPage) -> Markup {
    html! {
        details .menu .down {
            summary .btn { (Icon::Bookmark.show()) "Save view" }
            form .panel method="post" action="/views" {
                input type="hidden" name="csrf" value=(shell.csrf);
                (Address::of(page).hidden(&["view"]))
                label .sm .b for="view-name" { "Name" }
                input #view-name .field name="name" required maxlength="80"
                    value=(page.view.as_ref().map_or("", |view| &view.name));
                label .row .sm { input type="checkbox" name="shared" value="true"; "Everybody sees it" }
                span .row { button .btn .pri .sm type="submit" { "Save" } }
            }
        }
    }
}
