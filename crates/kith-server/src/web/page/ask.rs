//! Asking and jumping from anywhere: the palette over a page, and the same as a page of its own.

use kith_api::view::{AnswerKind, AskReply, FoundAccount, SavedView};
use kith_template::{html, plural};
use maud::Markup;

use crate::web::link::Link;
use crate::web::number::count;
use crate::web::part::icon::Icon;
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::{t, told};

/// Somewhere to go, or something to do.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its name.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// The keys that lead there, as they are written: `G H`.
    pub keys: String,
}

/// What a text may mean.
#[derive(Debug, Clone, Default)]
pub struct AskPage {
    /// The text.
    pub asked: String,
    /// The answer, where the text is a question.
    pub answer: Option<AskReply>,
    /// Accounts that it may name.
    pub accounts: Vec<FoundAccount>,
    /// What can be done.
    pub acts: Vec<Place>,
    /// Pages.
    pub pages: Vec<Place>,
    /// Saved views.
    pub views: Vec<SavedView>,
}

/// A line of the palette, whatever it leads to.
struct Choice<'a> {
    icon: Icon,
    title: &'a str,
    note: String,
    href: String,
    keys: &'a str,
}

fn choices(page: &AskPage) -> Vec<Choice<'_>> {
    let mut all: Vec<Choice<'_>> = Vec::new();
    if let Some((title, href, note)) = list_of(page) {
        all.push(Choice { icon: Icon::Columns, title, note, href, keys: "" });
    }
    all.extend(page.accounts.iter().map(|found| Choice {
        icon: Icon::Building,
        title: &found.name,
        note: format!("{} · {}", found.account_number, found.entity),
        href: format!("/accounts/{}", found.id),
        keys: "",
    }));
    for (shown, icon) in [(&page.acts, Icon::Plus), (&page.pages, Icon::Right)] {
        all.extend(shown.iter().map(|place| Choice {
            icon,
            title: &place.title,
            note: String::new(),
            href: place.href.clone(),
            keys: &place.keys,
        }));
    }
    all.extend(page.views.iter().map(|view| Choice {
        icon: Icon::Bookmark,
        title: &view.name,
        note: t("Saved view").to_owned(),
        href: Link::to("/accounts").always("view", &view.id).done(),
        keys: "",
    }));
    if !page.asked.is_empty() {
        let href = Link::to("/accounts").with("q", &page.asked).done();
        let title = t("Ask this of the list of accounts");
        all.push(Choice { icon: Icon::Ask, title, note: String::new(), href, keys: "" });
    }
    all
}

/// The accounts that an answer lists.
fn list_of(page: &AskPage) -> Option<(&'static str, String, String)> {
    let answer = page.answer.as_ref().filter(|answer| answer.filter.is_some())?;
    let many = answer.count?;
    let href = Link::to("/accounts").with("q", &page.asked).done();
    Some((t("Show these accounts"), href, count(many)))
}

/// What is said about the text before the choices.
fn said(page: &AskPage) -> Markup {
    let Some(answer) = &page.answer else { return html! {} };
    html! {
        @match answer.kind {
            AnswerKind::Answer => @if let Some(found) = &answer.answer { p .answer-line .b { (told(&found.sentence)) } },
            AnswerKind::Clarify => @if let Some(question) = &answer.question { p { (told(question)) } },
            AnswerKind::Refusal => p .muted {
                (told(answer.refusal.as_ref().and_then(|refusal| refusal.get("sentence")?.as_str()).unwrap_or_default()))
            },
            AnswerKind::List | AnswerKind::Change => {
                @if let Some(many) = answer.count { p .answer-line .b { (plural!(many, "1 account", "{n} accounts")) } }
            },
        }
        @if !answer.understood.is_empty() {
            p .row .wrap .gap1 .sm .muted {
                "Understood:" @for part in &answer.understood { span .pill { (part.meaning) } }
            }
        }
        @if !answer.not_understood.is_empty() {
            p .sm .muted { "Not understood:" " " (answer.not_understood.join(", ")) }
        }
    }
}

/// What the palette shows below its field: the answer, and the options to choose from.
#[must_use]
pub fn ask_options(page: &AskPage) -> Markup {
    let all = choices(page);
    html! {
        .palette-said { (said(page)) }
        ul #palette-options role="listbox" aria-label="Choices" {
            @for (place, choice) in all.iter().enumerate() {
                li #(format!("choice-{place}")) role="option" aria-selected=(if place == 0 { "true" } else { "false" }) data-href=(choice.href) {
                    (choice.icon.show())
                    span .grow .trunc { (choice.title) }
                    span .sm .muted .nowrap { (choice.note) }
                    @if !choice.keys.is_empty() { kbd { (choice.keys) } }
                }
            }
        }
        @if all.is_empty() { p .sm .muted .palette-none { "Nothing has this name." } }
    }
}

/// The same as a page.
#[must_use]
pub fn ask(shell: &Shell, page: &AskPage) -> Markup {
    let frame = Frame { above: &[], here: t("Ask"), kind: "ask", account: None, wide: false };
    let content = html! {
        .head { .stack .x { h1 { "Ask or jump" } p .muted { "A customer, a page, something to do, or a question in your own words." } } }
        form .row role="search" method="get" action="/ask" {
            label .vh for="q" { "Ask or jump to" }
            input .field .grow #q name="q" type="search" value=(page.asked) maxlength="500" autocomplete="off";
            button .btn .pri type="submit" { (Icon::Search.show()) "Find" }
        }
        .card {
            .body .stack .t { (said(page)) }
            ul .list {
                @for choice in choices(page) {
                    li {
                        span .muted { (choice.icon.show()) }
                        a .grow .b href=(choice.href) { (choice.title) }
                        span .sm .muted { (choice.note) }
                    }
                }
            }
        }
    };
    framed(shell, &frame, &content)
}
