//! Tokens: access for programs, made here, shown once, ended here.

use kith_api::view::TokenView;
use kith_template::html;
use maud::Markup;

use super::{heading, within};
use crate::web::number::words;
use crate::web::part::field::{Line, Said, Typed};
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, empty, note};
use crate::web::shell::Shell;
use crate::web::words::t;

/// What the page shows, and what was typed.
#[derive(Debug, Clone, Default)]
pub struct TokensPage {
    /// The tokens, each with whose it is.
    pub tokens: Vec<(TokenView, String)>,
    /// The reader sees and ends those of others.
    pub may_manage: bool,
    /// A token that was just made, with its secret.
    pub made: Option<TokenView>,
    /// A form that was not taken.
    pub typed: Option<Typed>,
}

/// The page.
#[must_use]
pub fn tokens(shell: &Shell, page: &TokensPage) -> Markup {
    let content = html! {
        (heading(t("Tokens"), t("A token acts as the person whose it is, as far as their roles go. Programs and agents never approve.")))
        @if let Some(made) = &page.made { (secret(made)) }
        (make(shell, page))
        section .card aria-labelledby="tokens" {
            header { h2 #tokens { @if page.may_manage { "All tokens" } @else { "Your tokens" } } span .sm .muted .push .num { (page.tokens.len()) } }
            @if page.tokens.is_empty() {
                (empty(Icon::Code, t("No tokens yet"), &html! { "Make one for a program that reads or brings data." }))
            } @else { ul .list { @for (token, owner) in &page.tokens { (line(shell, token, owner)) } } }
        }
    };
    within(shell, t("Tokens"), &content)
}

fn secret(made: &TokenView) -> Markup {
    note(
        Kind::Info,
        &html! {
            p { b { "This token is shown once. " } "Keep it where only the program reads it: " code { "Authorization: Bearer …" } }
            label .vh for="secret" { "Token " (made.name) }
            input #secret .field .mono readonly value=(made.token.as_deref().unwrap_or_default());
        },
    )
}

fn make(shell: &Shell, page: &TokensPage) -> Markup {
    let said = Said::of("token", page.typed.as_ref());
    let kinds = [
        ("user", t("Acts as you")),
        ("api_client", t("Program: never approves")),
        ("agent", t("Agent: never approves")),
    ];
    let kinds: Vec<_> = kinds.iter().map(|(code, title)| ((*code).to_owned(), (*title).to_owned())).collect();
    html! {
        section .card aria-labelledby="make" {
            header { h2 #make { "Make a token" } }
            form #token .body .asked method="post" action="/settings/tokens" {
                (said.head(&shell.csrf))
                (said.line(&Line { most: 100, ..Line::must("name", t("What it is for")) }, ""))
                (said.choice("kind", t("Kind"), &kinds, "api_client"))
                (said.line(&Line::must("days", t("Days until it ends")).help(t("1 to 730")), "365"))
                button .btn .pri type="submit" { (Icon::Plus.show()) "Make token" }
            }
        }
    }
}

fn line(shell: &Shell, token: &TokenView, owner: &str) -> Markup {
    let over = token.expires_at.as_deref().and_then(|at| at.parse::<jiff::Timestamp>().ok());
    let over = over.is_some_and(|at| at <= shell.clock.now);
    html! {
        li data-token=(token.id) {
            span .grow .stack .x {
                span .row .wrap .gap1 {
                    b { (token.name) } span .pill { (words(&token.kind)) }
                    @if token.revoked { span .pill .bad { "Revoked" } } @else if over { span .pill { "Ended" } }
                }
                span .sm .muted {
                    span .mono { (token.prefix) "…" } " · " (owner)
                    @if let Some(at) = &token.expires_at { " · ends " (shell.clock.exact(at)) }
                }
            }
            @if !token.revoked && !over {
                form method="post" action=(format!("/settings/tokens/{}/revoke", token.id)) {
                    (Said::of("revoke", None).head(&shell.csrf))
                    button .btn .sm .danger type="submit" { "Revoke" span .vh { " " (token.name) } }
                }
            }
        }
    }
}
