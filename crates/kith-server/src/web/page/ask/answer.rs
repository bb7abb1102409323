//! The answer to a question: its figures with where they come from and how old they are, or the accounts at the head of
//! the list.

use kith_api::view::{AnswerKind, AnswerView, AskReply, MetricView};
use kith_template::{html, plural, say};
use maud::Markup;
use serde_json::{Map, Value};

use super::{AskPage, Choice};
use crate::web::clock::Clock;
use crate::web::link::Link;
use crate::web::number::{self, count, phrase, words};
use crate::web::part::icon::Icon;
use crate::web::part::meaning::understood;
use crate::web::part::tile::{figure, titled};
use crate::web::part::why::short;
use crate::web::words::{t, told};

/// Figures of an answer that are shown.
const FIGURES: usize = 6;

/// A field that a list was asked by: its id, its title, its unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fact {
    /// For example `overdue_balance`.
    pub id: String,
    /// For people.
    pub title: String,
    /// For example `fraction`.
    pub unit: String,
}

/// What is said about the text before the choices.
pub(super) fn said(page: &AskPage, clock: &Clock) -> Markup {
    let Some(answer) = &page.answer else { return html! {} };
    html! {
        @match answer.kind {
            AnswerKind::Answer => @if let Some(found) = &answer.answer { (answered(answer, found, clock)) },
            AnswerKind::Clarify => @if let Some(question) = &answer.question { p { (told(question)) } },
            AnswerKind::Refusal => p .muted {
                (told(answer.refusal.as_ref().and_then(|refusal| refusal.get("sentence")?.as_str()).unwrap_or_default()))
            },
            AnswerKind::List | AnswerKind::Change => {
                @if let Some(many) = answer.count { p .answer-line .b { (plural!(many, "1 account", "{n} accounts")) } }
            },
        }
        (understood(&page.meanings))
        @if !answer.not_understood.is_empty() {
            p .sm .muted { "Not understood:" " " (answer.not_understood.join(", ")) }
        }
    }
}

/// Whose figures they are, and each with its source and its age.
fn answered(reply: &AskReply, found: &AnswerView, clock: &Clock) -> Markup {
    let profile = found.profile.as_ref();
    let metrics: Vec<(&String, &MetricView)> =
        profile.into_iter().flat_map(|profile| &profile.metrics).take(FIGURES).collect();
    let health = profile.and_then(|profile| profile.scores.get("health"));
    let is_plain = |id: &String| id != "health" && !metrics.iter().any(|(metric, _)| *metric == id);
    let plain: Vec<(&String, &Value)> = found.values.iter().filter(|(id, _)| is_plain(id)).collect();
    html! {
        @match (&found.account_name, reply.count) {
            (Some(name), _) => p .answer-line .b { (name) },
            (None, Some(many)) => p .answer-line .b { (plural!(many, "1 account", "{n} accounts")) },
            (None, None) => p .answer-line .b { (told(&found.sentence)) },
        }
        dl .answer-figures {
            @if let Some(value) = health.and_then(|health| health.value) {
                dt { "Health" } dd { b .num { (number::number(value, 0)) } }
            }
            @for (_, metric) in metrics {
                dt { (titled(metric)) }
                dd { b .num { (figure(metric)) } " " span .sm .muted { (origin(metric, clock)) } }
            }
            @if found.account.is_some() {
                @for (id, value) in plain { dt { (words(id)) } dd { b .num { (plainly(value)) } } }
            }
        }
    }
}

/// `from urn:erp, 2 h ago`, or that nothing was seen.
fn origin(metric: &MetricView, clock: &Clock) -> String {
    let sources = metric.sources.iter().map(|source| short(source)).collect::<Vec<_>>().join(", ");
    match &metric.observed_at {
        Some(at) if sources.is_empty() => clock.ago(at),
        Some(at) => say!("from {sources}, {age}", age = clock.ago(at)),
        None => t("never observed").to_owned(),
    }
}

fn plainly(value: &Value) -> String {
    match value {
        Value::String(text) => told(&phrase(text)).into_owned(),
        other => number::value(other),
    }
}

/// The accounts that an answer lists: the list as a whole, and the first of them.
pub(super) fn listed(page: &AskPage) -> Vec<Choice> {
    let is_list = |reply: &&AskReply| reply.kind == AnswerKind::List && reply.items.is_some();
    let Some(reply) = page.answer.as_ref().filter(is_list) else { return Vec::new() };
    let href = Link::to("/accounts").with("q", &page.asked).done();
    let note = reply.count.map(count).unwrap_or_default();
    let whole =
        Choice { icon: Icon::Columns, title: t("Open as list").to_owned(), note, href, keys: String::new() };
    let rows = reply.items.iter().flatten().filter_map(|item| row(item, &page.facts));
    std::iter::once(whole).chain(rows).collect()
}

fn row(item: &Map<String, Value>, facts: &[Fact]) -> Option<Choice> {
    let text = |name: &str| item.get(name).and_then(Value::as_str);
    let fact = |fact: &Fact| {
        let said = match item.get(&fact.id)? {
            Value::Null => return None,
            Value::Number(figure) => number::in_unit(figure.as_f64()?, &fact.unit),
            other => plainly(other),
        };
        Some(format!("{} {said}", told(&fact.title)))
    };
    let note = facts.iter().filter_map(fact).collect::<Vec<_>>().join(" · ");
    Some(Choice {
        icon: Icon::Building,
        title: text("name")?.to_owned(),
        note,
        href: format!("/accounts/{}", text("id")?),
        keys: String::new(),
    })
}

/// Where the figures of an answer come from, each a page.
pub(super) fn behind(page: &AskPage) -> Vec<Choice> {
    let found = page.answer.as_ref().and_then(|reply| reply.answer.as_ref());
    let Some((id, profile)) =
        found.and_then(|found| Some((found.account.as_ref()?, found.profile.as_ref()?)))
    else {
        return Vec::new();
    };
    let choice = |(metric, view): (&String, &MetricView)| Choice {
        icon: Icon::Activity,
        title: say!("What is behind it: {title}", title = titled(view)),
        note: String::new(),
        href: format!("/accounts/{id}/metrics/{metric}"),
        keys: String::new(),
    };
    profile.metrics.iter().take(2).map(choice).collect()
}
