//! The operations as a page, from the same table as everything else of them.

use axum::response::Html;
use kith_api::operation::Operation;
use kith_api::table::operations;
use maud::{DOCTYPE, Markup, html};

/// The page: nouns at the side, below each its operations, each unfolded when asked for.
pub(crate) async fn page() -> Html<String> {
    let nouns = nouns();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Kith API" }
                link rel="stylesheet" href="/assets/kith.css";
            }
            body .docs {
                nav aria-label="Nouns" {
                    @for (noun, operations) in &nouns {
                        a href=(format!("#{noun}")) { (spoken(noun)) span .muted { (operations.len()) } }
                    }
                }
                main {
                    h1 { "Kith API" }
                    p .muted {
                        "All that Kith does, over HTTP; the same operations are tools of agents and commands of the program. As a document: "
                        a .ul href="/openapi.json" { "openapi.json" } " (OpenAPI 3.1). Send " code { "Authorization: Bearer kth_…" }
                        ". What is refused is told as " code { "application/problem+json" } ", each fault with its place."
                    }
                    @for (noun, operations) in &nouns {
                        section .card aria-labelledby=(noun) {
                            header { h2 id=(noun) { (spoken(noun)) } }
                            @for operation in operations { (told(operation)) }
                        }
                    }
                }
            }
        }
    };
    Html(page.into_string())
}

/// The operations by the noun that their ids begin with, nouns in the order of the table.
fn nouns() -> Vec<(&'static str, Vec<&'static Operation>)> {
    let mut nouns: Vec<(&str, Vec<&Operation>)> = Vec::new();
    for operation in operations() {
        let noun = operation.id.split('_').next().unwrap_or_default();
        match nouns.iter_mut().find(|(known, _)| *known == noun) {
            Some((_, those)) => those.push(operation),
            None => nouns.push((noun, vec![operation])),
        }
    }
    nouns
}

/// `account` → `Account`.
fn spoken(noun: &str) -> String {
    let mut letters = noun.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn told(operation: &Operation) -> Markup {
    let word = operation.method.word();
    html! {
        details {
            summary {
                code class=(format!("pill method {word}")) { (word.to_uppercase()) }
                code { (operation.path) }
                span .muted .push { (operation.summary) }
            }
            .body .stack id=(operation.id) {
                p { (prose(operation.about)) }
                p .sm .muted {
                    "Operation " code { (operation.id) } ". Needs the grant " code { (operation.grant.as_str()) } "."
                    @if operation.key { " Needs an " code { "Idempotency-Key" } "." }
                    @if operation.if_match { " Needs " code { "If-Match" } "." }
                }
                @if !operation.params.is_empty() {
                    dl .params { @for param in operation.params {
                        dt { code { (param.name) } }
                        dd { (prose(param.about)) @if !param.example.is_empty() { " " code .muted { (param.example) } } }
                    } }
                }
                @if let Some(body) = operation.body {
                    h3 { "Request " span .muted .plain { (body.media) } }
                    pre tabindex="0" { code { (body.example) } }
                }
                h3 { "Replies" }
                dl .params { @for reply in operation.replies {
                    dt { code { (reply.status) } }
                    dd { (prose(reply.about)) }
                } }
                @if !matches!(operation.example, "null" | "{}") { pre tabindex="0" { code { (operation.example) } } }
            }
        }
    }
}

/// Text in which words between backticks are code.
fn prose(text: &str) -> Markup {
    html! {
        @for (place, part) in text.split('`').enumerate() {
            @if place % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}
