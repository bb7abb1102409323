//! The ask bar, the chips under it, and what the question came to.

use kith_api::view::{AnswerKind, AnswerView, AskReply, ChipView};
use kith_template::html;
use maud::Markup;
use serde_json::Value;

use super::address::Address;
use super::{AccountsPage, Choice, FilterFault, clause};
use crate::web::link::Link;
use crate::web::number::{number, value, words};
use crate::web::part::chip::{chip, unread};
use crate::web::part::health::gauge;
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, note};
use crate::web::part::tile::answer_tiles;
use crate::web::part::why::why;
use crate::web::shell::Shell;
use crate::web::words::{t, told};

/// The ask bar and the filter as chips.
pub(super) fn ask(page: &AccountsPage) -> Markup {
    html! {
        .stack .t {
            form .q role="search" aria-label="Ask for accounts" action="/accounts" method="get" {
                (Icon::Ask.toned("acc"))
                label .vh for="q" { "Ask for accounts in your own words" }
                input #q type="search" name="q" value=(page.question) autocomplete="off" maxlength="500"
                    placeholder="premium tier, orders declining, service issues in 30 days";
                @if let Some(reply) = &page.reply { (understood(page, reply)) }
                button .btn .pri type="submit" { "Ask" }
            }
            (chips(page))
        }
    }
}

/// `understood 3 of 3`, with what each piece became on hover.
fn understood(page: &AccountsPage, reply: &AskReply) -> Markup {
    let read = reply.understood.len();
    let all = read + reply.not_understood.len();
    let pieces: Vec<String> =
        page.meanings.iter().map(|piece| format!("“{}”: {}", piece.text, piece.said)).collect();
    html! {
        @if all > 0 {
            span .sm .nowrap .hide-s .muted[read == all] .warn[read < all] title=(pieces.join("\n")) {
                "understood " span .num { (read) " of " (all) }
            }
        }
    }
}

/// The chips of the filter in force.
fn in_force(page: &AccountsPage) -> &[ChipView] {
    match &page.reply {
        Some(reply) if page.chips.is_empty() && reply.filter.as_deref() == Some(page.filter.as_str()) => {
            &reply.chips
        }
        _ => &page.chips,
    }
}

fn chips(page: &AccountsPage) -> Markup {
    let hidden = Address::of(page).hidden(&["f"]);
    html! {
        .row .wrap .chips {
            @for (place, view) in in_force(page).iter().enumerate() { (one(page, (place, view))) }
            @if let Some(reply) = &page.reply {
                @for word in &reply.not_understood { (unread(word)) }
            }
            (clause::add(page))
            (whole(page, &hidden))
            (taken(page))
            @if let Some(reply) = &page.reply {
                span .push .sm .muted .hide-s {
                    "Read by fixed rules in " span .num { (number(reply.took_ms, 1)) } " ms."
                    @if !in_force(page).is_empty() { " Edit any part." }
                }
            }
        }
    }
}

/// Thresholds that the question did not name, and what they were taken to be.
fn taken(page: &AccountsPage) -> Markup {
    let said = page.reply.iter().flat_map(|reply| &reply.understood);
    let notes: Vec<(&str, &str)> = said
        .filter_map(|piece| {
            let note = piece.notes.iter().find_map(|note| note.strip_prefix("taken as "))?;
            Some((piece.text.as_str(), note))
        })
        .collect();
    html! {
        @for (text, note) in notes {
            span .sm .muted { "“" (text) "” is taken as " (told(note)) "." }
        }
    }
}

/// A condition with the form that edits it: choices where a form can say it, else the condition as it is written.
fn one(page: &AccountsPage, (place, view): (usize, &ChipView)) -> Markup {
    let address = Address::of(page);
    let remove = address.filtered(&view.without);
    match page.clauses.get(place).and_then(Option::as_ref) {
        Some(clause) => {
            let label = told(&clause.field.title);
            let text = clause::words(clause, &page.currency);
            let name = format!("chip-{place}");
            let form = clause::form(page, clause, (Some(place), &name, Some(&remove)));
            chip((&label, &text), &form, clause.fault.is_some(), &remove)
        }
        None => {
            let form = written(view, place, &address.hidden(&["f"]), &remove);
            let worded = page.worded.get(place).cloned();
            let (label, text) =
                worded.unwrap_or_else(|| (told(&view.label).into_owned(), told(&view.text).into_owned()));
            chip((&label, &text), &form, false, &remove)
        }
    }
}

/// A condition that no form can say, as an expression.
fn written(view: &ChipView, place: usize, hidden: &Markup, remove: &str) -> Markup {
    let field = format!("chip-{place}");
    html! {
        form .panel method="get" action="/accounts" {
            (hidden)
            input type="hidden" name="with" value=(view.without);
            label .sm .b for=(field) { "Condition" }
            input .field .mono #(field) name="f" value=(view.expression) spellcheck="false" autocomplete="off";
            span .row { button .btn .pri .sm type="submit" { "Apply" } a .btn .sm href=(remove) { "Remove" } }
        }
    }
}

/// The whole filter as an expression; when it could not be read, it is edited in the note that says so.
fn whole(page: &AccountsPage, hidden: &Markup) -> Markup {
    html! {
        @if page.error.is_none() && !page.filter.is_empty() {
            details .menu .inline {
                summary .btn .ghost .sm { (Icon::Code.small()) "As a filter" }
                form .panel .wide method="get" action="/accounts" {
                    (hidden)
                    (whole_field(&page.filter))
                }
            }
        }
    }
}

fn whole_field(filter: &str) -> Markup {
    html! {
        label .sm .b for="whole-filter" { "Filter" }
        textarea #whole-filter .field .mono name="f" rows="3" spellcheck="false" { (filter) }
        span .row {
            button .btn .pri .sm type="submit" { "Apply" }
            a .btn .sm href="/accounts" { "Show all accounts" }
        }
    }
}

/// What the question came to, when that is not a list; and a filter that could not be read.
pub(super) fn outcome(shell: &Shell, page: &AccountsPage) -> Markup {
    html! {
        @if let Some(refused) = &page.refused { (note(Kind::Bad, &html! { p .b { (refused) } })) }
        @if let Some(fault) = &page.error { (unreadable(fault, &Address::of(page).hidden(&["f"]))) }
        @if let Some(reply) = &page.reply {
            @match reply.kind {
                AnswerKind::List => {}
                AnswerKind::Answer => @if let Some(answer) = &reply.answer { (answered(shell, answer)) },
                AnswerKind::Change => (note(Kind::Info, &html! {
                    p .b { (reply.answer.as_ref().map_or(t("This asks for a change of the record."), |answer| &answer.sentence)) }
                })),
                AnswerKind::Clarify => (clarify(page, reply)),
                AnswerKind::Refusal => (refused(reply)),
            }
        }
    }
}

fn answered(shell: &Shell, answer: &AnswerView) -> Markup {
    let account = answer.account.as_deref();
    let health = answer.profile.as_ref().and_then(|profile| profile.scores.get("health"));
    html! {
        section .card .answer aria-labelledby="answer" {
            header {
                h2 #answer .answer-line { (told(&answer.sentence)) }
                @if let Some(id) = account {
                    a .btn .sm .push href=(format!("/accounts/{id}")) {
                        "Open " (answer.account_name.as_deref().unwrap_or(t("the account")))
                    }
                }
            }
            @if let Some(health) = health {
                .body .row .gap4 .up .wrap {
                    (gauge(t("Health"), health))
                    .grow { (why(account.unwrap_or_default(), health, &shell.clock)) }
                }
            }
            @match (&answer.profile, account) {
                (Some(profile), Some(id)) if !profile.metrics.is_empty() => (answer_tiles(id, profile, &shell.clock)),
                _ => @if health.is_none() && answer.values.len() > 1 {
                    .body { dl .kv .wide {
                        @for (name, member) in &answer.values { dt { (words(name)) } dd { b .num { (value(member)) } } }
                    } }
                },
            }
        }
    }
}

fn clarify(page: &AccountsPage, reply: &AskReply) -> Markup {
    let own: Vec<Choice> =
        reply.choices.iter().map(|text| Choice { label: text.clone(), question: text.clone() }).collect();
    let choices = if page.choices.is_empty() { &own } else { &page.choices };
    note(
        Kind::Info,
        &html! {
            p .b { (reply.question.as_deref().unwrap_or(t("Which one is meant?"))) }
            @if !choices.is_empty() {
                p .row .wrap {
                    @for choice in choices {
                        a .btn .sm href=(Link::to("/accounts").always("q", &choice.question).done()) { (told(&choice.label)) }
                    }
                }
            }
        },
    )
}

fn refused(reply: &AskReply) -> Markup {
    let member = |name| reply.refusal.as_ref().and_then(|refusal| refusal.get(name)).and_then(Value::as_str);
    note(
        Kind::Warn,
        &html! {
            p .b { (member("sentence").unwrap_or(t("This cannot be answered."))) }
            @if let Some(clears) = member("clears") { p { (clears) } }
        },
    )
}

/// The filter with the place at fault marked, and a field to mend it.
fn unreadable(fault: &FilterFault, hidden: &Markup) -> Markup {
    let text = fault.filter.as_str();
    let end = fault.at.saturating_add(fault.len.max(1));
    let before = text.get(..fault.at).unwrap_or(text);
    let wrong = text.get(fault.at..end).or_else(|| text.get(fault.at..)).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    note(
        Kind::Bad,
        &html! {
            p .b { "The filter cannot be read: " (told(&fault.message)) }
            pre .mono .fault { (before) mark { @if wrong.is_empty() { "⎵" } @else { (wrong) } } (after) }
            @if let Some(hint) = &fault.hint { p { (hint) } }
            form .stack .t method="get" action="/accounts" { (hidden) (whole_field(&fault.filter)) }
        },
    )
}
