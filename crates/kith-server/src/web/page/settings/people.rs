//! People: who works with Kith, and the invitation of somebody new.

use kith_api::view::UserView;
use kith_domain::access::Role;
use kith_template::html;
use maud::Markup;

use super::{heading, within};
use crate::web::number::words;
use crate::web::part::avatar;
use crate::web::part::field::{Line, Said, Typed};
use crate::web::shell::Shell;
use crate::web::words::{t, told};

/// What the page shows, and what was typed.
#[derive(Debug, Clone, Default)]
pub struct PeoplePage {
    /// The people.
    pub users: Vec<UserView>,
    /// Roles to choose from: code and title.
    pub roles: Vec<(String, String)>,
    /// Codes of the legal entities.
    pub entities: Vec<String>,
    /// The reader manages users.
    pub may_manage: bool,
    /// A form that was not taken.
    pub typed: Option<Typed>,
}

/// The page.
#[must_use]
pub fn people(shell: &Shell, page: &PeoplePage) -> Markup {
    let content = html! {
        (heading(t("People and roles"), t("A role holds everywhere or for one legal entity. Giving somebody a role that approves is a change of its own; nobody gives more rights to themselves.")))
        @if page.may_manage { (invite(shell, page)) }
        section .card aria-labelledby="people" {
            header { h2 #people { "People" } span .sm .muted .push .num { (page.users.len()) } }
            ul .list #users {
                @for user in &page.users {
                    li {
                        @let name = user.name.as_deref().unwrap_or(t("Somebody"));
                        (avatar::person(name))
                        span .grow .stack .x {
                            span .row .wrap .gap1 {
                                a .b .ul href=(format!("/settings/people/{}", user.id)) { (name) }
                                @if user.status != "active" { span .pill .bad { (words(&user.status)) } }
                            }
                            @if let Some(email) = &user.email { span .sm .muted .trunc { (email) } }
                        }
                        span .row .wrap .gap1 .ends { @for role in &user.roles { span .pill { (spoken(role)) } } }
                    }
                }
            }
        }
    };
    within(shell, t("People and roles"), &content)
}

/// `controller@US` → `Controller, US`.
pub(super) fn spoken(role: &str) -> String {
    let title = |role: &str| {
        role.parse::<Role>().map_or_else(|()| words(role), |role| told(role.title()).into_owned())
    };
    match role.split_once('@') {
        Some((role, entity)) => format!("{}, {entity}", title(role)),
        None => title(role),
    }
}

fn invite(shell: &Shell, page: &PeoplePage) -> Markup {
    let said = Said::of("invite", page.typed.as_ref());
    let everywhere = [(String::new(), t("Every legal entity").to_owned())];
    let entities: Vec<_> =
        everywhere.into_iter().chain(page.entities.iter().map(|code| (code.clone(), code.clone()))).collect();
    html! {
        details .card open[said.is_refused()] {
            summary .body .b { "Invite somebody" }
            form #invite .body .asked method="post" action="/settings/people" {
                (said.head(&shell.csrf))
                (said.line(&Line::must("name", t("Name")), ""))
                (said.line(&Line::must("email", t("E-mail")).kind("email"), ""))
                (said.choice("role", t("Role"), &page.roles, "viewer"))
                (said.choice("entity", t("For"), &entities, ""))
                button .btn .pri type="submit" { "Invite" }
                p .sm .muted .whole { "You get a link that works once, for 72 hours. Whoever opens it chooses a password. More roles can be given afterwards." }
            }
        }
    }
}
