//! First run: an organisation without accounts is told the three ways to the first ones.

use kith_template::html;
use maud::Markup;

use crate::web::part::icon::Icon;
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::t;

/// What the page needs to know.
#[derive(Debug, Clone, Copy, Default)]
pub struct WelcomePage {
    /// The reader may bring files.
    pub may_import: bool,
    /// The reader may create accounts.
    pub may_create: bool,
    /// The reader may make tokens and feeds for programs.
    pub may_connect: bool,
    /// Accounts that there are already.
    pub accounts: u64,
    /// Legal entities that there are.
    pub entities: usize,
    /// People who can sign in.
    pub people: usize,
}

/// The page.
#[must_use]
pub fn welcome(shell: &Shell, page: &WelcomePage) -> Markup {
    let frame = Frame { above: &[], here: t("Welcome"), kind: "welcome", account: None, wide: false };
    let content = html! {
        .welcome .stack {
            .stack .x {
                h1 .large { "Bring in your first accounts" }
                p .muted { "Start with a file, a system or a single company. Nothing is written until you approve it." }
            }
            .three {
                (way(Icon::Upload, t("Bring a file"), t("CSV or Excel from any CRM or ERP. We match the columns, check every row and show you likely duplicates first."),
                    "/imports", t("Choose a file"), true, page.may_import))
                (way(Icon::Code, t("Connect a system"), t("Customers, orders, invoices and tickets by API or a watched folder. What cannot be recognised waits; nothing is lost."),
                    "/settings/feeds", t("See feeds"), false, page.may_connect))
                (way(Icon::Plus, t("Type one in"), t("Name, e-mail and legal entity are all it takes. Add the rest when you have it."),
                    "/accounts/new", t("New account"), false, page.may_create))
            }
            .card {
                .body .row .wrap {
                    .grow .stack .x {
                        p .b { "Not ready with your own data?" }
                        p .sm .muted { "A made-up company with a year of business is one command away, beside yours and never mixed with it." }
                    }
                    code { "kith demo" }
                }
            }
            (steps(page))
        }
    };
    framed(shell, &frame, &content)
}

fn way(icon: Icon, title: &str, text: &str, href: &str, act: &str, first: bool, may: bool) -> Markup {
    html! {
        section .card {
            .body .stack .t {
                span .acc { (icon.large()) }
                h2 { (title) }
                p .muted { (text) }
                @if may {
                    p { a .btn .pri[first] href=(href) { (act) } }
                } @else {
                    p .sm .muted { "Your role does not do this; ask an administrator." }
                }
            }
        }
    }
}

/// What has been done of the first steps.
fn steps(page: &WelcomePage) -> Markup {
    let all = [
        (t("Sign in"), true),
        (t("First accounts"), page.accounts > 0),
        (t("Legal entities and limits"), page.entities > 0 && page.accounts > 0),
        (t("Invite your team"), page.people > 1),
    ];
    let now = all.iter().position(|(_, done)| !done);
    html! {
        ol .steps aria-label="First steps" {
            @for (place, (title, done)) in all.iter().enumerate() {
                li .done[*done] .now[now == Some(place)] aria-current=[(now == Some(place)).then_some("step")] {
                    span .n { @if *done { (Icon::Check.small()) } @else { (place + 1) } }
                    (title)
                    @if *done { span .vh { ", done" } }
                }
            }
        }
    }
}
