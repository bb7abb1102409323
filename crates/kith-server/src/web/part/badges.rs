//! What goes on with an account just now: unread, open tasks, how fast inquiries come (the glossary's activity badges).

use kith_api::view::WorkRow;
use kith_template::{html, plural, say};
use maud::Markup;

use super::icon::Icon;
use crate::web::number::number;

/// The three badges of a row.
pub(crate) fn signals(row: &WorkRow) -> Markup {
    let unread = say!("{n} unread: inquiries that nobody has answered", n = row.unread);
    let tasks = plural!(row.tasks, "{n} open task", "{n} open tasks");
    let (week, usual) = (row.inquiries_week, number(row.inquiries_usual, 1));
    let velocity = if row.inquiries_rising {
        say!("{week} inquiries in 7 days, {usual} in a usual week, rising")
    } else {
        say!("{week} inquiries in 7 days, {usual} in a usual week")
    };
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
