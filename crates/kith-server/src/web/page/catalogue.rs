//! The codes that the organisation works with.

use kith_api::view::{CatalogueView, CodeView};
use kith_template::html;
use maud::Markup;

use super::super::part::note::{Kind, note};
use super::super::shell::Shell;
use super::settings::{heading, within};
use crate::web::words::t;

/// Catalogues of codes.
#[derive(Debug, Clone, Default)]
pub struct CataloguesPage {
    /// The catalogues.
    pub catalogues: Vec<CatalogueView>,
    /// The reader may change them.
    pub may_change: bool,
    /// Why the last change was not taken.
    pub fault: Option<String>,
}

/// The page of codes.
#[must_use]
pub fn catalogues(shell: &Shell, page: &CataloguesPage) -> Markup {
    let content = html! {
        (heading(t("Codes"), t("Codes that accounts refer to. A catalogue without codes takes any text; from its first code on, accounts refer to codes that exist.")))
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        .cols .even {
            .stack { @for each in page.catalogues.iter().filter(|each| !each.dimension) { (catalogue(shell, page, each)) } }
            .stack {
                @for each in page.catalogues.iter().filter(|each| each.dimension) { (catalogue(shell, page, each)) }
            }
        }
    };
    within(shell, t("Codes"), &content)
}

fn catalogue(shell: &Shell, page: &CataloguesPage, each: &CatalogueView) -> Markup {
    let title = format!("catalogue-{}", each.kind);
    html! {
        section .card aria-labelledby=(title) {
            header {
                h2 #(title) { (each.label) }
                span .sm .muted .push { @if each.mandatory { "every account has one" } @else if each.codes.is_empty() { "any text" } @else { (each.codes.len()) } }
            }
            ul .list { @for code in &each.codes { (line(shell, page, each, code)) } }
            @if page.may_change {
                form .body .row .wrap method="post" action="/settings/codes" {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    input type="hidden" name="kind" value=(each.kind);
                    label .vh for=(format!("code-{}", each.kind)) { "New code" }
                    input .field .short #(format!("code-{}", each.kind)) name="code" required maxlength="64" autocomplete="off" placeholder="Code";
                    label .vh for=(format!("label-{}", each.kind)) { "What it is called" }
                    input .field .short #(format!("label-{}", each.kind)) name="label" maxlength="255" autocomplete="off" placeholder="Name";
                    button .btn .sm type="submit" { "Add" }
                }
            }
        }
    }
}

fn line(shell: &Shell, page: &CataloguesPage, each: &CatalogueView, code: &CodeView) -> Markup {
    let default = each.default_code.as_deref() == Some(&code.code);
    html! {
        li data-code=(code.code) {
            span .grow .row .wrap .gap1 {
                b .mono { (code.code) }
                @if let Some(label) = &code.label { span { (label) } }
                @if let Some(parent) = &code.parent { span .sm .muted { "below " (parent) } }
                @if default { span .pill .acc { "Default" } }
                @if code.retired { span .pill { "Retired" } }
            }
            @if page.may_change {
                details .menu .down {
                    summary .btn .sm .ghost { "Edit" span .vh { " " (code.code) } }
                    form .panel .stack .t method="post" action="/settings/codes/rename" {
                        @let id = format!("name-{}-{}", each.kind, code.code);
                        input type="hidden" name="csrf" value=(shell.csrf);
                        input type="hidden" name="kind" value=(each.kind);
                        input type="hidden" name="code" value=(code.code);
                        label .sm .b for=(id) { "What " span .mono { (code.code) } " is called" }
                        input .field id=(id) name="label" maxlength="255" autocomplete="off" value=(code.label.as_deref().unwrap_or_default());
                        .row .wrap {
                            button .btn .pri .sm type="submit" { "Rename" }
                            @if !default { button .btn .sm type="submit" formaction="/settings/codes/default" { "Make it the default" } }
                            button .btn .sm .danger type="submit" formaction="/settings/codes/delete" { "Delete, if nothing uses it" }
                        }
                    }
                }
                form method="post" action="/settings/codes/retire" {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    input type="hidden" name="kind" value=(each.kind);
                    input type="hidden" name="code" value=(code.code);
                    input type="hidden" name="retired" value=(!code.retired);
                    button .btn .sm type="submit" { @if code.retired { "Use again" } @else { "Retire" } span .vh { " " (code.code) } }
                }
            }
        }
    }
}
