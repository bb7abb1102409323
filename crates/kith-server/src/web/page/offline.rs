//! The notice of a lost connection: all that the service worker keeps.

use kith_template::html;
use maud::Markup;

use crate::web::shell::{bare, mark};
use crate::web::words::t;

/// What stands in place of a page that could not be fetched. It shows no record.
#[must_use]
pub fn offline() -> Markup {
    let content = html! {
        .card .sign-in {
            .brand { (mark()) "Kith" }
            .stack .t {
                h1 { "No connection" }
                p .muted { "Kith could not be reached. Nothing that you typed is lost: it is put back into its form when you return to it." }
            }
            .row { a .btn .pri href="" { "Try again" } }
        }
    };
    bare("offline", t("No connection"), &content)
}
