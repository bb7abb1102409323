//! The reader's own password and sessions.

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
pub struct OwnSignInPage {
    /// The reader's address.
    pub email: String,
    /// The password was changed.
    pub saved: bool,
    /// A form that was not taken.
    pub typed: Option<Typed>,
}

/// The page.
#[must_use]
pub fn own_sign_in(shell: &Shell, page: &OwnSignInPage) -> Markup {
    let said = Said::of("password", page.typed.as_ref());
    let secret = |name, label, autocomplete| Line {
        autocomplete,
        most: 1_024,
        ..Line::must(name, label).kind("password")
    };
    let content = html! {
        (heading(t("Your sign-in"), t("A session lasts twelve hours. Ending all of them signs you out here too; tokens go on.")))
        @if page.saved { (note(Kind::Info, &html! { p .b role="status" { "The password is changed." } })) }
        section .card aria-labelledby="password-title" {
            header { h2 #password-title { "Password" } }
            form #password .body .asked method="post" action="/settings/sign-in" data-draft="off" {
                (said.head(&shell.csrf))
                input type="hidden" name="username" autocomplete="username" value=(page.email);
                (said.line(&secret("current", "Password now", "current-password"), ""))
                (said.line(&secret("fresh", "New password", "new-password").help(t("12 characters or more")), ""))
                button .btn .pri type="submit" { "Change password" }
            }
        }
        section .card aria-labelledby="sessions-title" {
            header { h2 #sessions-title { "Sessions" } }
            form #sessions .body method="post" action="/settings/sign-in/end" {
                (Said::of("sessions", page.typed.as_ref()).head(&shell.csrf))
                button .btn .danger type="submit" { (Icon::Leave.show()) "End all my sessions" }
            }
        }
    };
    within(shell, t("Your sign-in"), &content)
}
