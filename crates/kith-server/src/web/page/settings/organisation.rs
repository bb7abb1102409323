//! The organisation: what it is called, its zone, its legal entities.

use kith_api::view::OrganisationView;
use kith_template::html;
use maud::Markup;

use super::{heading, within};
use crate::web::part::field::{Line, Said, Typed};
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, note};
use crate::web::shell::Shell;
use crate::web::words::t;

/// What the page shows, and what was typed.
#[derive(Debug, Clone, Default)]
pub struct OrganisationPage {
    /// The organisation.
    pub organisation: OrganisationView,
    /// Names of time zones to propose.
    pub zones: Vec<String>,
    /// The reader may change it.
    pub may_change: bool,
    /// A form that was not taken.
    pub typed: Option<Typed>,
}

/// The page.
#[must_use]
pub fn organisation(shell: &Shell, page: &OrganisationPage) -> Markup {
    let held = &page.organisation;
    let content = html! {
        (heading(t("Organisation"), t("Amounts are compared in one currency; business days are days of the legal entity's zone.")))
        datalist #zones { @for zone in &page.zones { option value=(zone) {} } }
        @if held.in_setup { (set_up(shell, page)) }
        section .card aria-labelledby="company" {
            header { h2 #company { (held.name) } }
            .body .stack .t {
                dl .kv {
                    dt { "Currency" } dd { (held.currency) }
                    dt { "Time zone" } dd { (held.timezone) }
                    @if let Some(day) = &held.day { dt { "Open business day" } dd { (day) } }
                }
                @if page.may_change { (rename(shell, page)) }
            }
        }
        (entities(shell, page))
    };
    within(shell, t("Organisation"), &content)
}

fn set_up(shell: &Shell, page: &OrganisationPage) -> Markup {
    note(
        Kind::Info,
        &html! {
            p { b { "Set-up is open. " } "People and roles are made freely for the first seven days; afterwards giving somebody a role that approves is itself a red change." }
            @if page.may_change {
                form method="post" action="/settings/organisation/close" {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    button .btn .sm type="submit" { "Close the set-up" }
                }
            }
        },
    )
}

fn rename(shell: &Shell, page: &OrganisationPage) -> Markup {
    let said = Said::of("organisation", page.typed.as_ref());
    html! {
        form #organisation .asked method="post" action="/settings/organisation" {
            (said.head(&shell.csrf))
            (said.line(&Line::must("name", t("Name")), &page.organisation.name))
            (said.line(&Line::must("timezone", t("Time zone")).list("zones"), &page.organisation.timezone))
            button .btn .pri type="submit" { "Save" }
        }
    }
}

fn entities(shell: &Shell, page: &OrganisationPage) -> Markup {
    html! {
        section .card aria-labelledby="entities" {
            header { h2 #entities { "Legal entities" } span .sm .muted .push .num { (page.organisation.entities.len()) } }
            ul .list {
                @for entity in &page.organisation.entities {
                    @let form = format!("entity:{}", entity.code);
                    @let said = Said::of(&form, page.typed.as_ref());
                    li .wraps data-entity=(entity.code) {
                        b .mono { (entity.code) }
                        span .grow .stack .x { b { (entity.name) } span .sm .muted { (entity.currency) " · " (entity.timezone) } }
                        @if page.may_change {
                            details .whole open[said.is_refused()] {
                                summary .btn .sm { "Edit" span .vh { " " (entity.code) } }
                                form .asked method="post" action=(format!("/settings/entities/{}", entity.code)) {
                                    (said.head(&shell.csrf))
                                    (said.line(&Line::must("name", t("Name")), &entity.name))
                                    (said.line(&Line::must("timezone", t("Time zone")).list("zones"), &entity.timezone))
                                    .stack .x { span .sm .b { "Currency" } span .muted { (entity.currency) ", that of its books: it never changes" } }
                                    button .btn .pri .sm type="submit" { "Save" }
                                }
                            }
                        }
                    }
                }
            }
            @if page.may_change { (add(shell, page)) }
        }
    }
}

fn add(shell: &Shell, page: &OrganisationPage) -> Markup {
    let said = Said::of("new-entity", page.typed.as_ref());
    html! {
        details .body open[said.is_refused()] {
            summary .btn .sm { (Icon::Plus.small()) "Add a legal entity" }
            form #new-entity .asked .row-form method="post" action="/settings/entities" {
                (said.head(&shell.csrf))
                (said.line(&Line { most: 12, ..Line::must("code", t("Code")).help(t("Short, like UK. It never changes.")) }, ""))
                (said.line(&Line::must("name", t("Name")), ""))
                (said.line(&Line { most: 3, ..Line::must("currency", t("Currency")).help(t("ISO code, like GBP. It never changes.")) }, ""))
                (said.line(&Line::must("timezone", t("Time zone")).list("zones"), &page.organisation.timezone))
                button .btn .pri type="submit" { "Add" }
            }
        }
    }
}
