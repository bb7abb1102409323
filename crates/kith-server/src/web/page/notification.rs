//! What the reader should know.

use kith_api::view::NotificationView;
use kith_template::html;
use maud::Markup;

use crate::web::link::Link;
use crate::web::number::words;
use crate::web::part::icon::Icon;
use crate::web::part::note::empty;
use crate::web::part::pager::pager;
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::{t, told};

/// The reader's notifications.
#[derive(Debug, Clone, Default)]
pub struct NotificationsPage {
    /// Newest first.
    pub items: Vec<NotificationView>,
    /// Cursor of the next page.
    pub next: Option<String>,
}

/// Where a notification leads.
fn target(about: &str) -> Option<String> {
    match about.split_once('_')?.0 {
        "chg" => Some(format!("/changes/{about}")),
        "acc" => Some(format!("/accounts/{about}")),
        "ctr" => Some(format!("/contracts/{about}")),
        "tsk" => Some("/tasks".to_owned()),
        "dlg" => Some("/settings/approvals".to_owned()),
        _ => None,
    }
}

/// The inbox.
#[must_use]
pub fn notifications(shell: &Shell, page: &NotificationsPage) -> Markup {
    let frame = Frame { above: &[], here: t("Inbox"), kind: "notifications", account: None, wide: false };
    let next = page.next.as_deref().map(|cursor| Link::to("/notifications").with("cursor", cursor).done());
    let unread = page.items.iter().any(|item| item.read_at.is_none());
    let content = html! {
        .head {
            .stack .x { h1 { "Inbox" } p .muted { "What you should know." } }
            @if unread {
                form .push method="post" action="/notifications/read" {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    button .btn type="submit" { (Icon::Check.show()) "Mark all as read" }
                }
            }
        }
        .card {
            @if page.items.is_empty() {
                (empty(Icon::Passed, t("Nothing here"), &html! { "Reminders and news of your changes appear here." }))
            } @else {
                ul .list {
                    @for item in &page.items {
                        li {
                            span .grow .stack .x {
                                span .row .wrap .gap1 {
                                    b { (words(&item.kind)) }
                                    @if item.read_at.is_none() { span .pill .warn { "New" } }
                                }
                                @match target(&item.about) {
                                    Some(href) => a .ul href=(href) { (told(&item.text)) },
                                    None => span { (told(&item.text)) },
                                }
                            }
                            span .sm .muted .nowrap { (shell.clock.age_mark(Some(&item.sent_at))) }
                        }
                    }
                }
            }
        }
        (pager(next.as_deref(), None, t("More")))
    };
    framed(shell, &frame, &content)
}
