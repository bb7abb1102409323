//! The public pages: signing behind a link, choosing a password behind a link.

use kith_template::html;
use maud::Markup;

use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, note};
use crate::web::shell::{bare, mark};
use crate::web::words::t;

/// A line of a contract's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextLine {
    /// What it is.
    Title(String),
    /// What follows.
    Heading(String),
    /// Running text.
    Paragraph(String),
    /// One of several points.
    Item(String),
}

/// The page of signing.
#[derive(Debug, Clone, Default)]
pub struct SigningPage {
    /// The path of the page.
    pub path: String,
    /// Number and title.
    pub title: String,
    /// The parties, by name.
    pub parties: Vec<String>,
    /// The text.
    pub lines: Vec<TextLine>,
    /// SHA-256 of the pages.
    pub sha256: String,
    /// Who signs.
    pub signer: String,
    /// The name in the form: theirs, or what was typed.
    pub name: String,
    /// The consent was given before.
    pub consent: bool,
    /// The reason to decline as it was typed.
    pub reason: String,
    /// The name is what was not taken.
    pub at_name: bool,
    /// When they signed, for people.
    pub signed_at: Option<String>,
    /// It is their turn.
    pub turn: bool,
    /// All have signed, and everything was found to be right.
    pub validated: bool,
    /// An access to the portal waits for them.
    pub activates: bool,
    /// Token that the forms send back.
    pub csrf: String,
    /// Why it was not taken.
    pub fault: Option<String>,
}

/// The contract to be signed: its text, its pages, the name, the consent.
#[must_use]
pub fn signing(page: &SigningPage) -> Markup {
    let content = html! {
        .card .paper {
            .brand { (mark()) "Kith" }
            .head {
                .stack .x { h1 { (page.title) } p .muted { "Between " (page.parties.join(t(" and "))) } }
                a .btn .push href=(format!("{}/pdf", page.path)) download { (Icon::Download.show()) "PDF" }
            }
            @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p #sign-fault .b { (fault) } })) }
            (standing(page))
            article #text .stack .t tabindex="0" aria-label="Text of the contract" { (text(&page.lines)) }
            p .xs .muted .mono .broken { "sha256 " (page.sha256) }
            @if page.turn && page.signed_at.is_none() { (forms(page)) }
        }
    };
    bare("alone", t("Sign"), &content)
}

fn standing(page: &SigningPage) -> Markup {
    html! {
        @if let Some(at) = &page.signed_at {
            (note(Kind::Info, &html! {
                p #signed .b { "You signed on " (at) "." }
                p { @if page.validated { "All have signed. The contract is valid." } @else { "The others have not all signed yet." } }
                @if page.activates {
                    form method="post" #activate action=(format!("{}/activate", page.path)) {
                        input type="hidden" name="csrf" value=(page.csrf);
                        button .btn .pri type="submit" { "Set up your portal access" }
                    }
                }
            }))
        } @else if !page.turn {
            (note(Kind::Info, &html! { p { "It is not your turn yet: somebody else signs first." } }))
        }
    }
}

fn text(lines: &[TextLine]) -> Markup {
    html! {
        @for line in lines {
            @match line {
                TextLine::Title(text) => h2 { (text) },
                TextLine::Heading(text) => h3 { (text) },
                TextLine::Paragraph(text) => p { @for (place, row) in text.lines().enumerate() { @if place > 0 { br; } (row) } },
                TextLine::Item(text) => p .item { "• " (text) },
            }
        }
    }
}

fn forms(page: &SigningPage) -> Markup {
    html! {
        form #sign .stack .t method="post" action=(page.path) {
            input type="hidden" name="csrf" value=(page.csrf);
            input type="hidden" name="sha256" value=(page.sha256);
            label .b for="name" { "Your name, as your signature" }
            input #name .field name="name" value=(page.name) required maxlength="255" autocomplete="name"
                aria-invalid=[page.at_name.then_some("true")] aria-describedby=[page.at_name.then_some("sign-fault")];
            p .sm .muted { "The contract is for the signature of " b { (page.signer) } "." }
            label .row for="consent" {
                input #consent type="checkbox" name="consent" value="true" checked[page.consent] required;
                span { "I have read the contract, I may sign it for my company, and I agree to sign it electronically." }
            }
            p .sm .muted { "Your name, the time, your network address and the digest of the document are kept as evidence." }
            button .btn .pri type="submit" { "Sign" }
        }
        details {
            summary .sm { "Do not sign" }
            form #decline .row .wrap method="post" action=(format!("{}/decline", page.path)) {
                input type="hidden" name="csrf" value=(page.csrf);
                label .vh for="reason" { "Reason" }
                input #reason .field name="reason" value=(page.reason) required maxlength="500" placeholder="Reason" autocomplete="off";
                button .btn .danger type="submit" { "Decline" }
            }
        }
    }
}

/// The page of choosing a password.
#[derive(Debug, Clone, Default)]
pub struct ActivationPage {
    /// The path of the page.
    pub path: String,
    /// Whose access.
    pub email: String,
    /// Token that the form sends back.
    pub csrf: String,
    /// Why it was not taken.
    pub fault: Option<String>,
}

/// Choosing a password.
#[must_use]
pub fn activation(page: &ActivationPage) -> Markup {
    let content = html! {
        .card .sign-in {
            .brand { (mark()) "Kith" }
            h1 { "Choose a password" }
            @if let Some(fault) = &page.fault { p #activation-fault .note .bad role="alert" { (Icon::Alert.show()) span { (fault) } } }
            form .stack method="post" action=(page.path) {
                input type="hidden" name="csrf" value=(page.csrf);
                .stack .t {
                    label .b for="email" { "E-mail" }
                    input #email .field type="email" name="email" value=(page.email) readonly autocomplete="username";
                }
                .stack .t {
                    label .b for="password" { "Password, 12 characters or more" }
                    input #password .field type="password" name="password" required minlength="12" maxlength="1024" autocomplete="new-password" autofocus;
                }
                button .btn .pri type="submit" { "Activate" }
            }
        }
    };
    bare("alone", t("Choose a password"), &content)
}

/// A page that says one thing: what was done, or that a link does not work.
#[must_use]
pub fn notice(title: &str, detail: &str) -> Markup {
    let content =
        html! { .card .sign-in { .brand { (mark()) "Kith" } h1 { (title) } p #notice { (detail) } } };
    bare("alone", title, &content)
}
