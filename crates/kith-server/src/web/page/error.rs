//! A page that says what went wrong.

use kith_template::html;
use maud::Markup;

use crate::web::shell::{bare, mark};

/// What happened, what to do, and a reference to give to whoever looks after Kith.
#[must_use]
pub fn error(status: u16, title: &str, detail: &str, reference: Option<&str>) -> Markup {
    let content = html! {
        .card .sign-in {
            a .brand href="/accounts" { (mark()) "Kith" }
            .stack .t {
                p .sm .muted .num { (status) }
                h1 { (title) }
                p .muted { (detail) }
                @if let Some(reference) = reference {
                    p .sm .muted { "Reference " span .mono { (reference) } }
                }
            }
            .row { a .btn .pri href="/accounts" { "Go to accounts" } }
        }
    };
    bare("error", title, &content)
}
