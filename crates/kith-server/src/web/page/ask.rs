//! Asking and jumping from anywhere: the palette over a page, and the same as a page of its own.

use kith_api::view::{AskReply, FoundAccount, SavedView};
use kith_template::html;
use maud::Markup;

use crate::web::clock::Clock;
use crate::web::link::Link;
use crate::web::part::icon::Icon;
use crate::web::part::meaning::Meaning;
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::t;

mod answer;

pub use answer::Fact;

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
    /// What the question was understood as, piece by piece.
    pub meanings: Vec<Meaning>,
    /// What a list was asked by, as far as it is shown beside each account.
    pub facts: Vec<Fact>,
}

/// A line of the palette, whatever it leads to.
struct Choice {
    icon: Icon,
    title: String,
    note: String,
    href: String,
    keys: String,
}

fn choices(page: &AskPage) -> Vec<Choice> {
    let mut all = answer::listed(page);
    let listed: Vec<String> = all.iter().map(|choice| choice.href.clone()).collect();
    let named = page.accounts.iter().map(|found| Choice {
        icon: Icon::Building,
        title: found.name.clone(),
        note: format!("{} · {}", found.account_number, found.entity),
        href: format!("/accounts/{}", found.id),
        keys: String::new(),
    });
    all.extend(named.filter(|choice| !listed.contains(&choice.href)));
    all.extend(answer::behind(page));
    for (shown, icon) in [(&page.acts, Icon::Plus), (&page.pages, Icon::Right)] {
        all.extend(shown.iter().map(|place| Choice {
            icon,
            title: place.title.clone(),
            note: String::new(),
            href: place.href.clone(),
            keys: place.keys.clone(),
        }));
    }
    all.extend(page.views.iter().map(|view| Choice {
        icon: Icon::Bookmark,
        title: view.name.clone(),
        note: t("Saved view").to_owned(),
        href: Link::to("/accounts").always("view", &view.id).done(),
        keys: String::new(),
    }));
    if !page.asked.is_empty() && listed.is_empty() {
        let href = Link::to("/accounts").with("q", &page.asked).done();
        let title = t("Ask this of the list of accounts").to_owned();
        all.push(Choice { icon: Icon::Ask, title, note: String::new(), href, keys: String::new() });
    }
    all
}

/// What the palette shows below its field: the answer, and the options to choose from.
#[must_use]
pub fn ask_options(page: &AskPage, clock: &Clock) -> Markup {
    let all = choices(page);
    html! {
        .palette-said { (answer::said(page, clock)) }
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
            .body .stack .t { (answer::said(page, &shell.clock)) }
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
