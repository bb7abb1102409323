//! Settings: the hub, and the frame around each of its pages.

use kith_template::html;
use maud::Markup;

use crate::web::part::icon::Icon;
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::{t, word};

mod appearance;
mod delegation;
mod feed;
mod field;
mod organisation;
mod people;
mod person;
mod rate;
mod sign_in;
mod token;

pub use appearance::{AppearancePage, appearance};
pub use delegation::{DelegationsPage, delegations};
pub use feed::{FeedsPage, feeds};
pub use field::{FieldsPage, fields};
pub use organisation::{OrganisationPage, organisation};
pub use people::{PeoplePage, people};
pub use person::{PersonPage, person};
pub use rate::{RatesPage, rates};
pub use sign_in::{OwnSignInPage, own_sign_in};
pub use token::{TokensPage, tokens};

/// One page of the settings.
struct Place {
    href: &'static str,
    title: &'static str,
    about: &'static str,
    icon: Icon,
}

/// Only for those who bring files.
const FEEDS: &str = "/settings/feeds";

const fn place(href: &'static str, title: &'static str, about: &'static str, icon: Icon) -> Place {
    Place { href, title, about, icon }
}

const OWN: [Place; 4] = [
    place(
        "/settings/appearance",
        word("Appearance"),
        word("Theme, density, font, time zone, locale, shortcuts."),
        Icon::Sun,
    ),
    place(
        "/settings/sign-in",
        word("Your sign-in"),
        word("Your password, and every session that is open."),
        Icon::Leave,
    ),
    place(
        "/settings/tokens",
        word("Tokens"),
        word("Access for programs: made, shown once, ended."),
        Icon::Code,
    ),
    place(
        "/settings/delegations",
        word("Delegations"),
        word("Who decides for whom, and until when."),
        Icon::People,
    ),
];

const COMPANY: [Place; 8] = [
    place(
        "/settings/organisation",
        word("Organisation"),
        word("Name, time zone and legal entities."),
        Icon::Building,
    ),
    place(
        "/settings/people",
        word("People and roles"),
        word("Who works with Kith, and what their roles allow."),
        Icon::People,
    ),
    place("/teams", word("Teams"), word("Who looks after accounts together."), Icon::Briefcase),
    place("/settings/approvals", word("Approvals"), word("Which changes wait for whom."), Icon::Changes),
    place(
        "/settings/fields",
        word("Custom fields"),
        word("The data model: fields of your own on accounts."),
        Icon::Columns,
    ),
    place("/settings/codes", word("Codes"), word("Payment terms, tax codes, dimensions."), Icon::Bookmark),
    place(
        "/settings/rates",
        word("Exchange rates"),
        word("What a currency is worth in another."),
        Icon::Money,
    ),
    place(
        FEEDS,
        word("Feeds and mappings"),
        word("Files that come by themselves, and how they are read."),
        Icon::Upload,
    ),
];

/// The hub.
#[must_use]
pub fn settings(shell: &Shell) -> Markup {
    let frame = Frame { above: &[], here: t("Settings"), kind: "settings", account: None, wide: false };
    let content = html! {
        .head { .stack .x { h1 { "Settings" } p .muted { "Yours, and the company's. Whatever you may not change, you may still read." } } }
        (cards(shell, t("Yours"), "own", &OWN))
        (cards(shell, t("The company's"), "company", &COMPANY))
        @if shell.counts.may_audit {
            p .muted { "Every change of a role, a rule or a field is on record: " a .ul href="/audit" { "search the audit trail" } "." }
        }
    };
    framed(shell, &frame, &content)
}

fn cards(shell: &Shell, title: &str, id: &str, places: &[Place]) -> Markup {
    html! {
        section .stack .t aria-labelledby=(id) {
            h2 id=(id) { (title) }
            ul .places {
                @for place in places.iter().filter(|place| shell.counts.may_import || place.href != FEEDS) {
                    li { a .card .place href=(place.href) {
                        span .muted { (place.icon.show()) }
                        span .stack .x { b { (t(place.title)) } span .sm .muted { (t(place.about)) } }
                    } }
                }
            }
        }
    }
}

/// A page of the settings: beside it the way to the others. `content` opens with the heading of the page.
pub(crate) fn within(shell: &Shell, here: &str, content: &Markup) -> Markup {
    let above = [(t("Settings"), "/settings")];
    let frame = Frame { above: &above, here, kind: "settings", account: None, wide: false };
    let content = html! {
        .settings {
            nav .nav .places-nav aria-label="Settings" {
                @for place in OWN.iter().chain(&COMPANY).filter(|place| shell.counts.may_import || place.href != FEEDS) {
                    a href=(place.href) aria-current=[(t(place.title) == here).then_some("page")] { (place.icon.show()) (t(place.title)) }
                }
            }
            .stack .settings-page { (content) }
        }
    };
    framed(shell, &frame, &content)
}

/// The heading of a page, and what it is for.
pub(crate) fn heading(title: &str, about: &str) -> Markup {
    html! { .head { .stack .x { h1 { (title) } p .muted { (about) } } } }
}
