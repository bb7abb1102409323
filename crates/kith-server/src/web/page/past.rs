//! The record as it was at a moment, and what has changed since.

use kith_api::view::{AccountView, DiffView};
use kith_template::html;
use maud::Markup;

use super::super::link::Link;
use super::super::part::diff::diff;
use super::super::part::icon::Icon;
use super::super::part::note::{Kind, note};
use super::super::shell::{Frame, Shell, framed};
use super::account::{self, AccountPage};

/// The state of the page.
#[derive(Debug, Clone, Default)]
pub struct PastPage {
    /// The record as it was; nothing when there was none yet.
    pub then: Option<AccountPage>,
    /// The record as it is.
    pub now: AccountView,
    /// The entity that looks.
    pub entity: Option<String>,
    /// The moment, as the address has it.
    pub moment: String,
    /// The same, as a day for the field.
    pub day: String,
    /// What has changed since.
    pub since: Vec<DiffView>,
    /// The days on which the record changed, newest first.
    pub days: Vec<String>,
    /// Why there is nothing to see.
    pub fault: Option<String>,
}

/// The page.
#[must_use]
pub fn past(shell: &Shell, page: &PastPage) -> Markup {
    let name = &page.now.name;
    let entity = page.entity.as_deref().unwrap_or_default();
    let back = Link::to(&format!("/accounts/{}", page.now.id)).with("entity", entity).done();
    let moment = shown(shell, &page.moment);
    let here = format!("As of {moment}");
    let frame = Frame {
        above: &[("Accounts", "/accounts"), (name, &back)],
        here: &here,
        kind: "past",
        account: None,
        wide: false,
    };
    let content = html! {
        .head {
            .stack .x {
                h1 { (name) }
                p .muted { "The record as it was on " (moment) @if let Some(entity) = &page.entity { ", seen by " (entity) } }
            }
            form .row .wrap .push method="get" action=(format!("/accounts/{}/as-of", page.now.id)) {
                @if let Some(entity) = &page.entity { input type="hidden" name="entity" value=(entity); }
                label .sm .b for="as-of-day" { "As of" }
                input #as-of-day .field .short name="day" type="date" required value=(page.day);
                button .btn type="submit" { "Show" }
                a .btn href=(back) { "Today" }
            }
        }
        @if let Some(fault) = &page.fault { (note(Kind::Warn, &html! { p .b { (fault) } })) }
        (days(page))
        @if let Some(then) = &page.then {
            (since(page))
            (account::record(shell, then))
        }
    };
    framed(shell, &frame, &content)
}

/// A day as a day, a moment with its zone.
fn shown(shell: &Shell, moment: &str) -> String {
    if moment.len() > 10 { shell.clock.exact(moment) } else { super::super::clock::date(moment) }
}

/// The days on which something changed, as links.
fn days(page: &PastPage) -> Markup {
    let entity = page.entity.as_deref().unwrap_or_default();
    let to =
        |day: &str| Link::to(&format!("/accounts/{}/as-of/{day}", page.now.id)).with("entity", entity).done();
    html! {
        @if !page.days.is_empty() {
            nav .row .wrap .gap1 aria-label="Days on which the record changed" {
                span .sm .muted { (Icon::Clock.small()) } span .sm .muted { "Changed on" }
                @for day in &page.days {
                    a .btn .sm href=(to(day)) aria-current=[(*day == page.day).then_some("true")] { (super::super::clock::date(day)) }
                }
            }
        }
    }
}

fn since(page: &PastPage) -> Markup {
    html! {
        section .card #since aria-labelledby="since-title" {
            header { h2 #since-title { "Changed since then" } span .sm .muted .push .num { (page.since.len()) } }
            @if page.since.is_empty() {
                .body { p .muted { "Nothing: the record is today what it was then." } }
            } @else { .body { (diff(&page.since)) } }
        }
    }
}
