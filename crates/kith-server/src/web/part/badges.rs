//! What goes on with an account just now: unread, open tasks, how fast inquiries come (the glossary's activity badges).

use kith_api::view::WorkRow;
use maud::{Markup, html};

use super::icon::Icon;
use crate::web::number::number;

/// The three badges of a row.
pub(crate) fn signals(row: &WorkRow) -> Markup {
    let unread = format!("{} unread: inquiries that nobody has answered", row.unread);
    let tasks = format!("{} open {}", row.tasks, if row.tasks == 1 { "task" } else { "tasks" });
    let rising = if row.inquiries_rising { ", rising" } else { "" };
    let velocity = format!(
        "{} inquiries in 7 days, {} in a usual week{rising}",
        row.inquiries_week,
        number(row.inquiries_usual, 1)
    );
    html! {
        span .row .signals {
            span .bdg .on[row.unread > 0] title=(unread) { (Icon::Mail.small()) span aria-hidden="true" { (row.unread) } span .vh { (unread) } }
            span .bdg .on[row.tasks > 0] title=(tasks) { (Icon::Changes.small()) span aria-hidden="true" { (row.tasks) } span .vh { (tasks) } }
            span .bdg .hot[row.inquiries_rising] .on[row.inquiries_week > 0 && !row.inquiries_rising] title=(velocity) {
                (Icon::Activity.small()) span aria-hidden="true" { (row.inquiries_week) @if row.inquiries_rising { " ↑" } } span .vh { (velocity) }
            }
        }
    }
}
