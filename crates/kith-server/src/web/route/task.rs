//! The page of tasks.

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::access::Grant;
use kith_domain::command::Command;
use kith_domain::task::Command as TaskCommand;
use kith_domain::value::TaskId;
use kith_engine::{Answer, Request, TaskRequest};

use super::form::Sent;
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::web::page::{self, TasksPage};
use crate::web::shell::Section;
use crate::web::words::t;

/// Tasks of a page.
const LIMIT: usize = 50;

pub(super) async fn list(visit: Visit) -> Page {
    draw(&visit, None).await
}

async fn draw(visit: &Visit, fault: Option<String>) -> Page {
    let show = match visit.text("show") {
        "" => "mine",
        other => other,
    };
    let me = visit.caller.principal.user().map(|user| user.to_string()).filter(|_| show == "mine");
    let state = if show == "done" { "done" } else { "open" };
    let request = TaskRequest {
        account: None,
        state: Some(state.to_owned()),
        assignee: me,
        cursor: visit.param("cursor"),
        limit: LIMIT,
    };
    let found = visit.engine.tasks(&visit.caller, request).await??;
    let page = TasksPage {
        items: found.items,
        show: show.to_owned(),
        next: found.next_cursor,
        may_close: visit.caller.principal.may(Grant::NotesWrite, None),
        fault,
    };
    let shell = visit.shell(t("Tasks"), Section::Tasks).await?;
    Ok(Html(page::tasks(&shell, &page).into_string()).into_response())
}

pub(super) async fn done(Path(id): Path<String>, sent: Sent) -> Page {
    let id: TaskId = id.parse().map_err(|_| Miss::not_found())?;
    let Sent { visit, form } = sent;
    let request = Request::from(Command::Task { id, command: TaskCommand::Finish });
    // Back to the account where it was ticked off, nowhere else.
    let back = Some(form.text("back")).filter(|back| back.starts_with("/accounts/acc_")).unwrap_or("/tasks");
    match visit.engine.execute(&visit.caller, request).await?.answer {
        Answer::Refused(refusal) => draw(&visit, Some(sentence(&refusal))).await,
        Answer::Done(_) | Answer::Waiting(_) => Ok(Redirect::to(back).into_response()),
    }
}
