//! Sign-in.

use kith_template::html;
use maud::Markup;

use crate::web::part::icon::Icon;
use crate::web::shell::{bare, mark};
use crate::web::words::t;

/// What the sign-in page shows.
#[derive(Debug, Clone, Default)]
pub struct SignIn {
    /// Why the last attempt failed.
    pub error: Option<String>,
    /// The e-mail as it was typed.
    pub email: String,
    /// Where to go afterwards: a path of this site.
    pub next: String,
    /// Token that the form sends back.
    pub csrf: String,
}

/// The sign-in page: posts `email`, `password`, `next`, `csrf` to `/sign-in`.
#[must_use]
pub fn sign_in(page: &SignIn) -> Markup {
    let content = html! {
        .card .sign-in {
            .brand { (mark()) "Kith" }
            h1 { "Sign in" }
            @if let Some(error) = &page.error {
                p #sign-in-error .note .bad role="alert" { (Icon::Alert.show()) span { (error) } }
            }
            form .stack method="post" action="/sign-in" {
                input type="hidden" name="csrf" value=(page.csrf);
                input type="hidden" name="next" value=(page.next);
                .stack .t {
                    label .b for="email" { "E-mail" }
                    input #email .field type="email" name="email" value=(page.email) required autocomplete="username"
                        autofocus[page.email.is_empty()] aria-describedby=[page.error.as_ref().map(|_| "sign-in-error")];
                }
                .stack .t {
                    label .b for="password" { "Password" }
                    input #password .field type="password" name="password" required autocomplete="current-password"
                        autofocus[!page.email.is_empty()];
                }
                button .btn .pri type="submit" { "Sign in" }
            }
        }
        p .sm .muted { "The living customer account. " a .ul href="/docs" { "API docs" } }
    };
    bare("sign-in", t("Sign in"), &content)
}
