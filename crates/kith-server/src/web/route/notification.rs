//! The reader's notifications.

use axum::response::{Html, IntoResponse, Redirect};

use super::form::Sent;
use super::miss::Page;
use super::visit::Visit;
use crate::web::page::{self, NotificationsPage};
use crate::web::shell::Section;
use crate::web::words::t;

/// Notifications of a page.
const LIMIT: usize = 50;

pub(super) async fn list(visit: Visit) -> Page {
    let found = visit.engine.notifications(&visit.caller, None, visit.param("cursor"), LIMIT).await?;
    let page = NotificationsPage { items: found.items, next: found.next_cursor };
    let shell = visit.shell(t("Inbox"), Section::Inbox).await?;
    Ok(Html(page::notifications(&shell, &page).into_string()).into_response())
}

pub(super) async fn read_all(sent: Sent) -> Page {
    sent.visit.engine.read_all_notifications(&sent.visit.caller).await?;
    Ok(Redirect::to("/notifications").into_response())
}
