//! One person: roles by legal entity, invitation, sessions, suspension.

use kith_api::view::UserView;
use kith_template::html;
use maud::Markup;

use super::{heading, within};
use crate::web::number::words;
use crate::web::part::field::{Said, Typed};
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, note};
use crate::web::shell::Shell;
use crate::web::words::t;

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub struct PersonPage {
    /// The person.
    pub user: UserView,
    /// Roles: code, title, and whether it approves.
    pub roles: Vec<(String, String, bool)>,
    /// Codes of the legal entities.
    pub entities: Vec<String>,
    /// The reader manages users.
    pub may_manage: bool,
    /// The person is the reader.
    pub own: bool,
    /// A link that was just issued: its address, and until when it works.
    pub link: Option<(String, String)>,
    /// What was done.
    pub told: Option<String>,
    /// A form that was not taken.
    pub typed: Option<Typed>,
}

/// The page.
#[must_use]
pub fn person(shell: &Shell, page: &PersonPage) -> Markup {
    let user = &page.user;
    let name = user.name.as_deref().unwrap_or(t("Somebody"));
    let content = html! {
        (heading(name, user.email.as_deref().unwrap_or(t("Their address is for those who manage users."))))
        @if let Some(told) = &page.told { (note(Kind::Info, &html! { p .b { (told) } })) }
        @if let Some((address, until)) = &page.link { (link(shell, address, until)) }
        @if user.status != "active" { (note(Kind::Warn, &html! { p .b { "Suspended: no sign-in, no tokens." } })) }
        (roles(shell, page))
        @if page.may_manage || page.own { (acts(shell, page)) }
        @if shell.counts.may_audit {
            p .sm .muted { a .ul href=(format!("/audit?actor={}", user.id)) { "What this person did" } }
        }
    };
    within(shell, t("People and roles"), &content)
}

fn link(shell: &Shell, address: &str, until: &str) -> Markup {
    note(
        Kind::Info,
        &html! {
            p { b { "This link is shown once. " } "It works once, until " (shell.clock.exact(until)) "; the one before has stopped to work." }
            label .vh for="link" { "Link to choose a password" }
            input #link .field .mono readonly value=(address);
        },
    )
}

fn roles(shell: &Shell, page: &PersonPage) -> Markup {
    let said = Said::of("roles", page.typed.as_ref());
    let held = |role: &str| page.user.roles.iter().any(|held| held == role);
    html! {
        section .card aria-labelledby="roles" {
            header { h2 #roles { "Roles" } }
            form method="post" action=(format!("/settings/people/{}/roles", page.user.id)) {
                (said.head(&shell.csrf))
                .scroll tabindex="0" role="region" aria-label="Roles by legal entity" {
                    table .tbl .roles {
                        thead { tr {
                            th scope="col" { "Role" }
                            th scope="col" { "Everywhere" }
                            @for entity in &page.entities { th scope="col" { (entity) } }
                        } }
                        tbody { @for (code, title, approves) in &page.roles { tr {
                            th scope="row" { (title) @if *approves { " " span .pill .acc { "approves" } } }
                            td { (cell(said, page, code, &format!("{title}, everywhere"), held(code))) }
                            @for entity in &page.entities {
                                @let grant = format!("{code}@{entity}");
                                td { (cell(said, page, &grant, &format!("{title}, {entity}"), held(&grant))) }
                            }
                        } } }
                    }
                }
                @if page.may_manage { .body .row .wrap { button .btn .pri type="submit" { "Save roles" } } }
            }
        }
    }
}

fn cell(said: Said<'_>, page: &PersonPage, grant: &str, title: &str, held: bool) -> Markup {
    let name = format!("role.{grant}");
    html! {
        label .hit-box {
            span .vh { (title) }
            input type="checkbox" name=(name) value="true" checked[said.ticked(&name, held)] disabled[!page.may_manage];
        }
    }
}

fn acts(shell: &Shell, page: &PersonPage) -> Markup {
    let user = &page.user;
    let act = |act: &str| format!("/settings/people/{}/{act}", user.id);
    let active = user.status == "active";
    html! {
        section .card aria-labelledby="access" {
            header { h2 #access { "Access" } span .pill .push .good[active] { (words(&user.status)) } }
            .body .row .wrap {
                @if page.may_manage && active {
                    form method="post" action=(act("link")) { (Said::of("link", page.typed.as_ref()).head(&shell.csrf)) button .btn type="submit" { (Icon::Mail.show()) "New link to choose a password" } }
                }
                form method="post" action=(act("sessions")) { (Said::of("sessions", page.typed.as_ref()).head(&shell.csrf)) button .btn type="submit" { (Icon::Leave.show()) "End all sessions" } }
                @if page.may_manage && active {
                    form method="post" action=(act("suspend")) { (Said::of("suspend", page.typed.as_ref()).head(&shell.csrf)) button .btn .danger type="submit" { "Suspend" } }
                }
                @if page.may_manage && !active {
                    form method="post" action=(act("reinstate")) { (Said::of("reinstate", page.typed.as_ref()).head(&shell.csrf)) button .btn type="submit" { "Reinstate" } }
                }
            }
        }
    }
}
