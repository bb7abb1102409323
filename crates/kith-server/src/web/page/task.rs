//! What people must do.

use kith_api::view::TaskView;
use kith_template::html;
use maud::Markup;

use crate::web::clock::date;
use crate::web::link::Link;
use crate::web::number::words;
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, empty, note};
use crate::web::part::pager::pager;
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::{t, word};

/// The list of tasks.
#[derive(Debug, Clone, Default)]
pub struct TasksPage {
    /// Newest first.
    pub items: Vec<TaskView>,
    /// `show` of the address: `mine`, `open`, `done`.
    pub show: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// The reader may open and close tasks.
    pub may_close: bool,
    /// Why what was asked for was not done.
    pub fault: Option<String>,
}

const SHOWN: [(&str, &str); 3] = [("mine", word("Mine")), ("open", word("Open")), ("done", word("Done"))];

/// Where the cause of a task leads.
fn target(task: &TaskView) -> Option<String> {
    let cause = task.cause.as_deref().and_then(|cause| cause.split('/').next());
    match cause {
        Some(id) if id.starts_with("ctr_") => Some(format!("/contracts/{id}")),
        _ => task.account.as_ref().map(|account| format!("/accounts/{account}")),
    }
}

/// The tasks.
#[must_use]
pub fn tasks(shell: &Shell, page: &TasksPage) -> Markup {
    let frame = Frame { above: &[], here: t("Tasks"), kind: "tasks", account: None, wide: false };
    let to = |show: &str| Link::to("/tasks").with("show", show);
    let next = page.next.as_deref().map(|cursor| to(&page.show).with("cursor", cursor).done());
    let content = html! {
        .head {
            .stack .x { h1 { "Tasks" } p .muted { "What somebody must do about an account, by when, and why." } }
            nav .seg .push aria-label="Show" {
                @for (show, title) in SHOWN {
                    a href=(to(show).done()) aria-current=[(page.show == show).then_some("true")] { (t(title)) }
                }
            }
        }
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        .card {
            @if page.items.is_empty() {
                (empty(Icon::Passed, t("Nothing to do"), &html! { "Renewals, audits and other work appear here." }))
            } @else {
                ul .list .waits { @for task in &page.items { (line(shell, page, task)) } }
            }
        }
        (pager(next.as_deref(), None, t("More")))
    };
    framed(shell, &frame, &content)
}

fn line(shell: &Shell, page: &TasksPage, task: &TaskView) -> Markup {
    let title = task.title.as_deref().unwrap_or(t("Task"));
    html! {
        li #(task.id) {
            span .grow .stack .x {
                @match target(task) {
                    Some(href) => a .ul .b href=(href) { (title) },
                    None => b { (title) },
                }
                span .sm .muted {
                    (words(&task.kind))
                    @if let Some(account) = &task.account_name { " · " (account) }
                    " · " (task.assignee_name.as_deref().unwrap_or(t("nobody yet")))
                    @if let Some(by) = &task.closed_by_name { " · closed by " (by) }
                }
            }
            @if let Some(due) = &task.due {
                span class=(if task.overdue { "pill bad" } else { "pill" }) { "by " (date(due)) }
            }
            @if task.state != "open" { span .pill .good { (words(&task.state)) } }
            @if page.may_close && task.state == "open" {
                form method="post" action=(format!("/tasks/{}/done", task.id)) {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    button .btn .sm type="submit" { (Icon::Check.small()) "Done" }
                }
            }
        }
    }
}
