//! The reader's inbox: listed, marked as read or not, put off.

use axum::response::{Html, IntoResponse, Redirect};
use jiff::ToSpan as _;
use kith_domain::command::Command;
use kith_domain::notification::Command as NotificationCommand;
use kith_domain::value::NotificationId;
use kith_engine::{Answer, Request};

use super::form::Sent;
use super::miss::{Page, sentence};
use super::visit::Visit;
use crate::web::link::Link;
use crate::web::page::{self, InboxPage};
use crate::web::shell::Section;
use crate::web::words::t;

/// Notifications of a page.
const LIMIT: usize = 50;
/// The hour at which what was put off until another day comes back.
const MORNING: i8 = 8;

pub(super) async fn show(visit: Visit) -> Page {
    let page = read(&visit, visit.text("show")).await?;
    if visit.text("part") == "list" {
        return Ok(Html(page::inbox_live(&visit.bare_shell(), &page).into_string()).into_response());
    }
    draw(&visit, &page).await
}

async fn read(visit: &Visit, asked: &str) -> Result<InboxPage, super::miss::Miss> {
    let show = if matches!(asked, "all" | "snoozed") { asked } else { "unread" };
    let state = Some(show).filter(|show| *show != "all");
    let found = visit.engine.notifications(&visit.caller, state, visit.param("cursor"), LIMIT).await?;
    Ok(InboxPage { items: found.items, show: show.to_owned(), next: found.next_cursor, fault: None })
}

async fn draw(visit: &Visit, page: &InboxPage) -> Page {
    let shell = visit.shell(t("Inbox"), Section::Inbox).await?;
    Ok(Html(page::inbox(&shell, page).into_string()).into_response())
}

/// Does the same with all that a form names; back to the list, or to why one was not done.
async fn each(sent: &Sent, command: NotificationCommand) -> Page {
    let Sent { visit, form } = sent;
    let show = form.text("show");
    for name in form.picked("item.") {
        let Ok(id) = name.parse::<NotificationId>() else { continue };
        let command = Command::Notification { id, command: command.clone() };
        let answer = visit.engine.execute(&visit.caller, Request::from(command)).await?.answer;
        if let Answer::Refused(refusal) = answer {
            let page = read(visit, show).await?;
            return draw(visit, &InboxPage { fault: Some(sentence(&refusal)), ..page }).await;
        }
    }
    Ok(Redirect::to(&Link::to("/inbox").with("show", show).done()).into_response())
}

pub(super) async fn mark_read(sent: Sent) -> Page {
    if sent.form.text("all") == "true" {
        sent.visit.engine.read_all_notifications(&sent.visit.caller).await?;
    }
    each(&sent, NotificationCommand::MarkRead).await
}

pub(super) async fn mark_unread(sent: Sent) -> Page {
    each(&sent, NotificationCommand::MarkUnread).await
}

pub(super) async fn snooze(sent: Sent) -> Page {
    let until = later(&sent.visit, sent.form.text("until"));
    each(&sent, NotificationCommand::Snooze { until }).await
}

/// When something comes back: in an hour, tomorrow morning, or in the morning of the day a week from now.
fn later(visit: &Visit, until: &str) -> jiff::Timestamp {
    let clock = visit.clock();
    let hour = clock.now.checked_add(1.hour()).unwrap_or(clock.now);
    let days = match until {
        "tomorrow" => 1,
        "week" => 7,
        _ => return hour,
    };
    let day = clock.now.to_zoned(clock.zone).date().saturating_add(days.days());
    day.at(MORNING, 0, 0, 0).to_zoned(visit.clock().zone).map_or(hour, |morning| morning.timestamp())
}
