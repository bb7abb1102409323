//! The reviews that are due.

use kith_api::view::{AccountPage, UserView};
use kith_template::html;
use maud::Markup;
use serde_json::{Map, Value};

use crate::web::clock::date;
use crate::web::link::Link;
use crate::web::number::{count, words};
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, empty, note};
use crate::web::part::pager::pager;
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::{t, word};

/// Reviews that are due.
#[derive(Debug, Clone, Default)]
pub struct ReviewsPage {
    /// The accounts, the longest overdue first.
    pub accounts: AccountPage,
    /// `due` of the address: `overdue`, or within how many days.
    pub due: String,
    /// `manager` of the address: `me`, `usr_…` or nothing for all.
    pub manager: String,
    /// `team` of the address.
    pub team: String,
    /// The people to choose from.
    pub users: Vec<UserView>,
    /// The reader may record reviews.
    pub may_record: bool,
    /// Today, ISO date.
    pub today: String,
    /// What was recorded just now: name of the account and the day of the next review.
    pub told: Option<(String, String)>,
    /// The account and the sentence that says why its review was not taken.
    pub fault: Option<(String, String)>,
    /// The note as typed.
    pub typed: String,
}

/// Value of `due` and title.
const DUE: [(&str, &str); 4] = [
    ("overdue", word("Overdue")),
    ("7", word("Within a week")),
    ("30", word("30 days")),
    ("90", word("90 days")),
];

fn to(page: &ReviewsPage, due: &str) -> Link {
    Link::to("/reviews").with("due", due).always("manager", &page.manager).with("team", &page.team)
}

/// The page.
#[must_use]
pub fn reviews(shell: &Shell, page: &ReviewsPage) -> Markup {
    let frame = Frame { above: &[], here: t("Reviews"), kind: "reviews", account: None, wide: false };
    let next =
        page.accounts.next_cursor.as_deref().map(|cursor| to(page, &page.due).with("cursor", cursor).done());
    let content = html! {
        .head {
            .stack .x { h1 { "Reviews" } p .muted { "Accounts that somebody should go through with the customer." } }
            (chooser(page))
        }
        nav .seg aria-label="Due" {
            @for (due, title) in DUE {
                a href=(to(page, due).done()) aria-current=[(page.due == due).then_some("true")] { (t(title)) }
            }
        }
        @if let Some((name, next)) = &page.told {
            (note(Kind::Info, &html! { p #told { b { (name) } " was reviewed. The next review is on " (date(next)) "." } }))
        }
        section .card aria-labelledby="due-title" {
            header { h2 #due-title { "Due" } @if let Some(many) = page.accounts.count { span .sm .muted .push { (count(many)) } } }
            @if page.accounts.items.is_empty() {
                (empty(Icon::Passed, t("No review is due"), &html! { "Look further ahead, or at everybody's accounts." }))
            } @else {
                ul .list #reviews { @for item in &page.accounts.items { (line(shell, page, item)) } }
            }
        }
        (pager(next.as_deref(), None, t("More")))
    };
    framed(shell, &frame, &content)
}

fn chooser(page: &ReviewsPage) -> Markup {
    html! {
        form .row .push method="get" action="/reviews" {
            input type="hidden" name="due" value=(page.due);
            label .vh for="whose" { "Account manager" }
            select #whose .field name="manager" {
                option value="" selected[page.manager.is_empty()] { "Everybody" }
                option value="me" selected[page.manager == "me"] { "You" }
                @for user in page.users.iter().filter(|user| user.status == "active") {
                    option value=(user.id) selected[page.manager == user.id] { (user.name.as_deref().unwrap_or(&user.id)) }
                }
            }
            button .btn type="submit" { "Show" }
        }
    }
}

fn text<'a>(item: &'a Map<String, Value>, field: &str) -> &'a str {
    item.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn line(shell: &Shell, page: &ReviewsPage, item: &Map<String, Value>) -> Markup {
    let (id, name) = (text(item, "id"), text(item, "name"));
    let overdue = item.get("review_overdue").and_then(Value::as_bool).unwrap_or_default();
    let (last, due) = (text(item, "last_review_on"), text(item, "next_review_on"));
    let fault = page.fault.as_ref().filter(|(account, _)| account == id).map(|(_, fault)| fault);
    html! {
        li .wraps {
            span .grow .stack .x {
                a .b .ul href=(format!("/accounts/{id}")) { (name) }
                span .sm .muted {
                    (words(text(item, "tier"))) " · " (text(item, "owning_entity"))
                    @if !text(item, "account_manager_name").is_empty() { " · " (text(item, "account_manager_name")) }
                    @if last.is_empty() { " · never reviewed" } @else { " · last " (date(last)) }
                }
            }
            span .sm .b .bad[overdue] .nowrap { @if overdue { "was due " } @else { "due " } (date(due)) }
            @if page.may_record {
                details .whole open[fault.is_some()] {
                    summary .btn .sm { "Mark as done" span .vh { ": " (name) } }
                    form .asked method="post" action=(format!("/reviews/{id}")) {
                        input type="hidden" name="csrf" value=(shell.csrf);
                        input type="hidden" name="due" value=(page.due);
                        input type="hidden" name="manager" value=(page.manager);
                        input type="hidden" name="team" value=(page.team);
                        @if let Some(fault) = fault { p .bad .sm role="alert" { (fault) } }
                        .stack .x {
                            label .sm .b for=(format!("on-{id}")) { "Reviewed on" }
                            input .field id=(format!("on-{id}")) type="date" name="on" value=(page.today) max=(page.today) required;
                        }
                        .stack .x {
                            label .sm .b for=(format!("next-{id}")) { "Next on " span .muted .plain { "empty: by the cadence" } }
                            input .field id=(format!("next-{id}")) type="date" name="next_on";
                        }
                        .stack .x {
                            label .sm .b for=(format!("note-{id}")) { "Note " span .muted .plain { "stays with the account" } }
                            input .field id=(format!("note-{id}")) name="note" maxlength="4000" autocomplete="off"
                                value=(if fault.is_some() { page.typed.as_str() } else { "" });
                        }
                        button .btn .pri type="submit" { (Icon::Check.show()) "Done" }
                    }
                }
            }
        }
    }
}
