//! What somebody should do about the account: changes that wait, tasks, cases, held orders, the review, missing fields.

use std::collections::HashMap;

use kith_api::view::{ChangeView, OnboardingView, OrderView, TaskView};
use kith_template::{html, plural, say};
use maud::Markup;

use super::{AccountPage, AccountTab};
use crate::web::clock::date;
use crate::web::number::{money, phrase, words};
use crate::web::part::icon::Icon;
use crate::web::shell::Shell;
use crate::web::words::{t, told};

/// What is open besides changes and alerts; read on the overview only.
#[derive(Debug, Clone, Default)]
pub struct Work {
    /// Open tasks, newest first.
    pub tasks: Vec<TaskView>,
    /// Onboarding cases that are open.
    pub cases: Vec<OnboardingView>,
    /// Orders that are held.
    pub held: Vec<OrderView>,
    /// The reader may open and close tasks.
    pub may_task: bool,
    /// Why a task was not opened, by field.
    pub faults: HashMap<String, String>,
    /// What was typed for it.
    pub typed: HashMap<String, String>,
}

/// The card; left out when there is nothing to do and nothing can be added.
pub(super) fn open_work(shell: &Shell, page: &AccountPage) -> Markup {
    let review = &page.account.review;
    let due = review.next_review_on.as_deref().map(|day| (day, shell.clock.days_until(day)));
    let soon = due.is_some_and(|(_, days)| days.is_some_and(|days| days <= 14));
    let missing = &page.account.missing_fields;
    let work = &page.work;
    html! {
        section #open-work .card data-part aria-labelledby="to-do" {
            header { h2 #to-do { "Open work" } span .sm .muted .push { (summary(page)) } }
            ul .list {
                @for change in &page.open_changes { (waiting(shell, change)) }
                @for order in &work.held { (held(order)) }
                @for case in &work.cases { (case_line(case)) }
                @for task in &work.tasks { (task_line(shell, page, task)) }
                @if let (true, Some((day, _))) = (soon || review.overdue, due) {
                    li {
                        span .dot .bad[review.overdue] .warn[!review.overdue] {}
                        a .grow href="/reviews" { "Account review" }
                        span .sm .b .bad[review.overdue] { @if review.overdue { "was due " } @else { "due " } (date(day)) }
                    }
                }
                @if !missing.is_empty() {
                    li {
                        span .dot .o .muted {}
                        a .grow .stack .x href=(page.href(AccountTab::Master).done()) {
                            span .b { (missing.len()) @if missing.len() == 1 { " field is missing" } @else { " fields are missing" } }
                            span .sm .muted { (missing.iter().map(|field| phrase(field)).collect::<Vec<_>>().join(", ")) }
                        }
                    }
                }
            }
            @if work.may_task { (new_task(shell, page)) }
        }
    }
}

/// `1 approval, 2 tasks`.
fn summary(page: &AccountPage) -> String {
    let counts =
        [page.open_changes.len(), page.work.held.len(), page.work.cases.len(), page.work.tasks.len()];
    let [changes, held, cases, tasks] = counts;
    let told = [
        plural!(changes, "{n} approval", "{n} approvals"),
        plural!(held, "{n} held order", "{n} held orders"),
        plural!(cases, "{n} case", "{n} cases"),
        plural!(tasks, "{n} task", "{n} tasks"),
    ];
    let said = told.into_iter().zip(counts).filter(|(_, count)| *count > 0).map(|(text, _)| text);
    let said: Vec<String> = said.collect();
    if said.is_empty() { t("nothing waits").to_owned() } else { said.join(", ") }
}

fn waiting(shell: &Shell, change: &ChangeView) -> Markup {
    let brief = match change.steps.iter().position(|step| step.state == "waiting") {
        Some(at) => {
            let role = change.steps.get(at).map(|step| phrase(&step.role)).unwrap_or_default();
            say!("With {role}, step {step} of {all}", step = at + 1, all = change.steps.len())
        }
        None => words(&change.state),
    };
    html! {
        li {
            span .dot .warn {}
            a .grow .stack .x href=(format!("/changes/{}", change.id)) {
                span .b { (told(&change.title)) }
                span .sm .muted { (brief) }
            }
            span .sm .warn .b { (shell.clock.age_mark(Some(&change.submitted_at))) }
        }
    }
}

fn held(order: &OrderView) -> Markup {
    let why = order.reasons.first().map(|reason| reason.text.as_str()).unwrap_or(t("It waits for a person."));
    html! {
        li {
            span .dot .bad {}
            a .grow .stack .x href=(format!("/orders/{}", order.id)) {
                span .b { "Order " (order.order_no) " is held" }
                span .sm .muted { (told(why)) }
            }
            @if let Some(total) = &order.total { span .sm .b .num { (money(total)) } }
        }
    }
}

fn case_line(case: &OnboardingView) -> Markup {
    html! {
        li {
            span .dot .warn[!case.paused] .muted[case.paused] {}
            a .grow .stack .x href=(format!("/onboarding/{}", case.id)) {
                span .b { "Onboarding" }
                span .sm .muted { @if case.paused { "Waits for the customer" } @else { "Under way" } }
            }
        }
    }
}

fn task_line(shell: &Shell, page: &AccountPage, task: &TaskView) -> Markup {
    let title = task.title.clone().unwrap_or_else(|| words(&task.kind));
    html! {
        li {
            @if page.work.may_task {
                form method="post" action=(format!("/tasks/{}/done", task.id)) {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    input type="hidden" name="back" value=(format!("/accounts/{}", page.account.id));
                    button .done-box type="submit" aria-label=(say!("Done: {title}")) title="Done" { (Icon::Check.small()) }
                }
            } @else { span .dot .o .muted {} }
            span .grow .stack .x {
                span { (title) }
                @if let Some(name) = &task.assignee_name { span .sm .muted { (name) } }
            }
            @if let Some(due) = &task.due { span .sm .nowrap .b[task.overdue] .bad[task.overdue] .muted[!task.overdue] { (date(due)) } }
        }
    }
}

fn new_task(shell: &Shell, page: &AccountPage) -> Markup {
    let typed = |name: &str| page.work.typed.get(name).map_or("", String::as_str);
    let fault = |name: &str| page.work.faults.get(name);
    let said = |name: &str| html! { @if let Some(fault) = fault(name) { p .sm .bad role="alert" id=(format!("task-{name}-fault")) { (fault) } } };
    html! {
        details #new-task .body .new-task open[!page.work.faults.is_empty()] {
            summary .sm .muted data-key="t" { "Add a task" }
            form .stack .t method="post" action=(format!("/accounts/{}/tasks", page.account.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                label .vh for="task-title" { "What is to be done" }
                input #task-title .field name="title" required maxlength="300" autocomplete="off" placeholder="What is to be done?"
                    value=(typed("title")) aria-invalid=[fault("title").map(|_| "true")] aria-describedby=[fault("title").map(|_| "task-title-fault")];
                (said("title"))
                .row .wrap {
                    label .sm for="task-due" { "By" }
                    input #task-due .field .short name="due" type="date" value=(typed("due")) aria-invalid=[fault("due").map(|_| "true")] aria-describedby=[fault("due").map(|_| "task-due-fault")];
                    button .btn .push type="submit" { "Add task" }
                }
                (said("due"))
            }
        }
    }
}
